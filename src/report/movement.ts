/**
 * Why the refusal rate of a language moved against a reference: by who asks what (mix) or by how the same
 * cells are answered (behaviour): Kitagawa's split, and for behaviour an interval, from the rate that the
 * recent answers would have had under the reference's own mix.
 */
import { differenceOf } from '../aggregate/newcombe.ts'
import { splitChange, standardisedRate, unmatchedMax } from '../aggregate/refusal-change.ts'
import { type Interval, wilson } from '../aggregate/wilson.ts'
import { type BehaviourCounts, cellName } from '../drift/behaviour-counts.ts'

export const movementReadings = ['mix', 'behaviour', 'both', 'none', 'unknown'] as const
export type MovementReading = (typeof movementReadings)[number]

/** Below this many points nothing is said to have moved. Ours. */
export const movedPointsMin = 2
/** On either side, as for the gauges. */
const samplesMin = 100

export interface Movement {
  reference: { n: number; refused: number }
  recent: { n: number; refused: number }
  /** All in points of the refusal rate; undefined: too few samples, or too many in cells of one side. */
  change: { whole: number; mix: number; behaviour: number; unmatched: number } | undefined
  /** Recent rate under the reference's mix, less the reference's rate; in points. */
  withinCells: Interval | undefined
  reading: MovementReading
}

type Rates = Map<string, { refused: number; n: number }>

const ratesOf = ({ cells }: BehaviourCounts, language: string, set: string): Rates => {
  const rates: Rates = new Map()
  for (const [key, { judged, refused }] of cells) {
    const name = cellName(key)
    if (name.language !== language || name.set !== set || judged === 0) continue
    rates.set(name.cell, { refused, n: judged })
  }
  return rates
}

const total = (rates: Rates): { n: number; refused: number } => {
  let n = 0
  let refused = 0
  for (const cell of rates.values()) {
    n += cell.n
    refused += cell.refused
  }
  return { n, refused }
}

export const movementOf = (
  reference: BehaviourCounts,
  recent: BehaviourCounts,
  language: string,
  set: string,
): Movement => {
  const before = ratesOf(reference, language, set)
  const after = ratesOf(recent, language, set)
  const old = total(before)
  const now = total(after)
  const sides = { reference: old, recent: now }
  const split = Math.min(old.n, now.n) < samplesMin ? undefined : splitChange(before, after)
  if (split === undefined || split.unmatched > unmatchedMax) {
    return { ...sides, change: undefined, withinCells: undefined, reading: 'unknown' }
  }
  const weights = new Map(Array.from(before, ([cell, { n }]) => [cell, n / old.n]))
  const standardised = standardisedRate(after, weights)
  const base = wilson(old.refused, old.n)
  const within =
    standardised === undefined || base === undefined
      ? undefined
      : inPoints(differenceOf(standardised.rate, base))
  const { mix, behaviour, unmatched } = split
  return {
    ...sides,
    change: { whole: mix + behaviour, mix, behaviour, unmatched },
    withinCells: within,
    reading: readingOf(mix, behaviour, within),
  }
}

const inPoints = ({ est, lo, hi }: Interval): Interval => ({
  est: 100 * est,
  lo: 100 * lo,
  hi: 100 * hi,
})

const readingOf = (
  mix: number,
  behaviour: number,
  within: Interval | undefined,
): MovementReading => {
  if (within === undefined) return 'unknown'
  const behaved = (within.lo > 0 || within.hi < 0) && Math.abs(behaviour) >= movedPointsMin
  const mixed = Math.abs(mix) >= movedPointsMin
  if (behaved && mixed) {
    // What is less than a third of the other is not named beside it.
    if (3 * Math.abs(mix) < Math.abs(behaviour)) return 'behaviour'
    return 3 * Math.abs(behaviour) < Math.abs(mix) ? 'mix' : 'both'
  }
  if (behaved) return 'behaviour'
  return mixed ? 'mix' : 'none'
}
