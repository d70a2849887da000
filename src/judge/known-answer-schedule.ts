/**
 * Asks a judge the known answers, one at a time: quickly until it has proved itself, after a wrong
 * verdict and while it is quarantined, slowly otherwise. What comes back goes into the watch.
 */
import type { VerdictClass } from '../exchange/verdict.ts'
import { knownAnswers, wrongKeyAnswers } from './known-answers/items.ts'
import type { KnownAnswer } from './known-answers/known-answer.ts'
import type { KnownAnswerOutcome, KnownAnswerWatch } from './known-answers.ts'

export interface KnownAnswerScheduleOptions {
  watch: KnownAnswerWatch
  /** Never rejects; at most one runs at a time. */
  ask(item: KnownAnswer): Promise<VerdictClass | 'error'>
  /** Milliseconds between two items, over all that spend together. */
  quickMs: number
  steadyMs: number
  /** Replicas that spend together: each asks so much less often. */
  sharers(): number
  /** Where in the round to begin, so that they do not all ask the same. */
  first: number
  /** Monotonic and epoch milliseconds. */
  monotonic(): number
  now(): number
  settled(item: KnownAnswer, outcome: KnownAnswerOutcome): void
}

export interface KnownAnswerSchedule {
  /** Asks the next item when it is due. */
  tick(): void
}

/** So many wrong among the last ones: look closer. A language that is known to be bad is no news. */
const recentMax = 8
const recentWrong = 2
/** Coprime with the number of items: languages and classes come mixed, and each once per round. */
const strides = [31, 37, 41, 43]
const plainPerWrongKey = 15

export function createKnownAnswerSchedule(
  options: KnownAnswerScheduleOptions,
): KnownAnswerSchedule {
  const { watch } = options
  const monotonic = (): number => options.monotonic()
  const items = inOrder()
  const doubtful: KnownAnswer[] = []
  let next = options.first
  let turn = 0
  let running = false
  let dueAt = monotonic()
  let recent: boolean[] = []

  const pauseMs = (): number => {
    const close =
      watch.standing().state !== 'trusted' || recent.filter(Boolean).length >= recentWrong
    const { quickMs, steadyMs } = options
    return options.sharers() * (close ? Math.min(quickMs, steadyMs) : steadyMs)
  }
  const ask = async (item: KnownAnswer): Promise<void> => {
    try {
      const verdict = await options.ask(item)
      const news = watch.standingIn(item.language).state !== 'quarantined'
      const outcome = watch.record(item, verdict, options.now())
      recent = [...recent, news && isWrong(outcome)].slice(-recentMax)
      options.settled(item, outcome)
    } finally {
      running = false
      dueAt = monotonic() + pauseMs()
    }
  }

  /** Every other item is of a language that is quarantined, so that it can earn trust again. */
  const pick = (): KnownAnswer | undefined => {
    turn++
    if (turn % 2 === 0) {
      if (doubtful.length === 0) {
        doubtful.push(
          ...items.filter(
            ({ kind, language }) =>
              kind === 'plain' && watch.standingIn(language).state === 'quarantined',
          ),
        )
      }
      const item = doubtful.shift()
      if (item !== undefined) return item
    }
    const item = items[next % items.length]
    next++
    return item
  }

  return {
    tick() {
      if (running || monotonic() < dueAt) return
      const item = pick()
      if (item === undefined) return
      running = true
      void ask(item)
    },
  }
}

const isWrong = (outcome: KnownAnswerOutcome): boolean =>
  outcome === 'wrong' || outcome === 'wrong_key'

function inOrder(): KnownAnswer[] {
  const count = knownAnswers.length
  const stride = strides.find((one) => count % one !== 0) ?? 1
  const order: KnownAnswer[] = []
  for (let i = 0; i < count; i++) {
    const item = knownAnswers[(i * stride) % count]
    if (item !== undefined) order.push(item)
    const trap = wrongKeyAnswers[Math.floor(i / plainPerWrongKey) % wrongKeyAnswers.length]
    if (i % plainPerWrongKey === 0 && trap !== undefined) order.push(trap)
  }
  return order
}
