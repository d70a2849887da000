/**
 * Prompts that a user asks again: counted by whether the verdict changed, and fed to the flip detector
 * at most a few times per user and day, so that one user who retries all day is one voice.
 */

import { LruMap } from '../enrich/lru-map.ts'
import type { NearDuplicates } from '../enrich/near-duplicate.ts'

export interface RepeatedPrompt {
  userKey: string | undefined
  prompt: string
  /** Undefined: the verdict was unclear. */
  refused: boolean | undefined
  /** Epoch milliseconds. */
  at: number
}

export interface RepeatedPrompts {
  /** @returns whether a flip was looked for and found; undefined when there is nothing to say. */
  observe(asked: RepeatedPrompt): { consistent: boolean | undefined; feeds: boolean } | undefined
}

const dayMs = 86_400_000

export const createRepeatedPrompts = (
  nearDuplicates: NearDuplicates,
  perUserDay: number,
  usersMax: number,
): RepeatedPrompts => {
  const fed = new LruMap<{ day: number; count: number }>(usersMax)
  const mayFeed = (userKey: string, at: number): boolean => {
    const day = Math.floor(at / dayMs)
    const known = fed.get(userKey)
    const count = known?.day === day ? known.count : 0
    if (count >= perUserDay) return false
    fed.set(userKey, { day, count: count + 1 })
    return true
  }
  return {
    observe({ userKey, prompt, refused, at }) {
      if (userKey === undefined) return undefined
      const repeat = nearDuplicates.observe({ userKey, prompt, refused, at })
      if (repeat === undefined || repeat.near === 0) return undefined
      const { consistent } = repeat
      return { consistent, feeds: consistent !== undefined && mayFeed(userKey, at) }
    },
  }
}
