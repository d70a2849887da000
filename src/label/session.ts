/**
 * The course of labelling: which item is next, what a key does, what can be undone. Pure: the caller
 * shows, reads keys and stores.
 */
import type { LabelItem } from './item.ts'
import type { Label } from './labelled-row.ts'

export const keyMeanings = {
  r: 'refuse',
  p: 'partial',
  c: 'comply',
  s: 'skip',
  u: 'undo',
  q: 'quit',
} as const
type Meaning = (typeof keyMeanings)[keyof typeof keyMeanings]

/** Ctrl-C and Ctrl-D, as a terminal in raw mode hands them over. */
const endKeys = ['\u0003', '\u0004']

const meanings: ReadonlyMap<string, Meaning> = new Map([
  ...Object.entries(keyMeanings),
  ...endKeys.map((key) => [key, 'quit'] as const),
])

export type Step =
  | { kind: 'label'; item: LabelItem; label: Label }
  | { kind: 'undo'; item: LabelItem }
  | { kind: 'nothing_to_undo' | 'skip' | 'quit' | 'unknown_key' }

export interface Session {
  /** Undefined: everything is labelled or skipped. */
  current(): LabelItem | undefined
  /** Items in front of the current one in this file, and all of them. */
  place(): { at: number; of: number }
  press(key: string): Step
}

/** @param labelled ids that this labeller has labelled already */
export function createSession(items: readonly LabelItem[], labelled: ReadonlySet<string>): Session {
  const open = items.filter(({ id }) => !labelled.has(id))
  const before = items.length - open.length
  let position = 0
  /** Positions labelled in this session, the last one last. */
  const history: number[] = []
  return {
    current: () => open[position],
    place: () => ({ at: before + position + 1, of: items.length }),
    press(key) {
      const meaning = meanings.get(key.toLowerCase())
      if (meaning === undefined) return { kind: 'unknown_key' }
      if (meaning === 'quit') return { kind: 'quit' }
      if (meaning === 'undo') {
        const last = history.pop()
        const item = last === undefined ? undefined : open[last]
        if (last === undefined || item === undefined) return { kind: 'nothing_to_undo' }
        position = last
        return { kind: 'undo', item }
      }
      const item = open[position]
      if (item === undefined) return { kind: 'quit' }
      if (meaning !== 'skip') history.push(position)
      position++
      return meaning === 'skip' ? { kind: 'skip' } : { kind: 'label', item, label: meaning }
    },
  }
}
