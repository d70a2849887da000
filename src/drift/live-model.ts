/**
 * What live pairing makes of given volumes: how many differences a day, and their distribution.
 *
 * Assumes Poisson arrivals without daily rhythm, spread evenly over `cells` cells, and independent
 * verdicts. Between two differences either one sample of the language meets the n English ones that
 * came before it, or one English sample meets the m of the language that waited; n and m are
 * geometric. What finds nothing within an hour is left out. A model for planning: the simulation is
 * what it is checked against.
 */
import { type JudgeRates, judgedRate, type Outcomes } from './growth.ts'

export interface LiveVolumes {
  englishPerDay: number
  otherPerDay: number
  /** Cells (set x format x depth) that the traffic really falls into. */
  cells: number
}

export interface LiveModel {
  differencesPerDay: number
  outcomes: Outcomes
}

/** Larger groups have a mean that hardly varies: they are counted as this many. */
const groupMax = 40

/** P(k of n) for each k. */
const binomialShares = (n: number, rate: number): number[] => {
  let shares = [1]
  for (let i = 0; i < n; i++) {
    const next = new Array<number>(shares.length + 1).fill(0)
    for (const [k, share] of shares.entries()) {
      next[k] = (next[k] ?? 0) + share * (1 - rate)
      next[k + 1] = (next[k + 1] ?? 0) + share * rate
    }
    shares = next
  }
  return shares
}

/** One sample of one side against the mean of a geometric number of the other. */
const groupOutcomes = (
  single: number,
  group: number,
  stop: number,
  cap: number,
  sign: 1 | -1,
  weight: number,
): Outcomes => {
  const outcomes: { difference: number; probability: number }[] = []
  let left = 1
  for (let n = 1; n <= cap; n++) {
    const share = n === cap ? left : left * stop
    left -= share
    for (const [k, probability] of binomialShares(n, group).entries()) {
      const base = weight * share * probability * single
      const other = weight * share * probability * (1 - single)
      outcomes.push({ difference: sign * (k / n - 1), probability: base })
      outcomes.push({ difference: sign * (k / n), probability: other })
    }
  }
  return outcomes
}

export const liveModel = (
  { englishPerDay, otherPerDay, cells }: LiveVolumes,
  english: number,
  gap: number,
  judge: JudgeRates,
): LiveModel => {
  if (!(englishPerDay > 0 && otherPerDay > 0 && cells >= 1)) {
    throw new RangeError(`liveModel: ${englishPerDay}, ${otherPerDay}, ${cells}`)
  }
  const a = judgedRate(english, judge)
  const b = judgedRate(english - gap, judge)
  const other = otherPerDay / (otherPerDay + englishPerDay)
  const perHour = (perDay: number): number =>
    Math.max(1, Math.min(groupMax, Math.round(perDay / 24 / cells)))
  // Within an hour before or after a sample of the language some English has to come.
  const met = 1 - Math.exp((-2 * englishPerDay) / 24 / cells)
  const perArrival = 1 / (1 + other / (1 - other) + (1 - other) / other)
  return {
    differencesPerDay: (englishPerDay + otherPerDay) * perArrival * met,
    outcomes: [
      ...groupOutcomes(b, a, other, perHour(englishPerDay), 1, 1 - other),
      ...groupOutcomes(a, b, 1 - other, perHour(otherPerDay), -1, other),
    ],
  }
}
