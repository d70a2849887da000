/**
 * Nulls learned from a pinned reference period, each a one-sided confidence limit: what was seen is
 * an estimate, and a detector that takes it as exact loses its bound.
 *
 * Each limit errs with probability at most alpha, and that is what a learned null adds to the bound
 * on false pages. Rates: Clopper and Pearson. Mean differences: capital of a bettor against the mean
 * (Waudby-Smith and Ramdas 2024), which like the detector assumes only that D lies in [-1, 1] and has
 * one conditional mean. Scores: order statistics, whatever their distribution. Below 1,000 reference
 * samples nothing is learned.
 */
import { lowerRateLimit, upperRateLimit } from '../aggregate/clopper-pearson.ts'
import type { ScoreHistogram } from '../aggregate/score-histogram.ts'

export const referenceMin = 1000

export type Learned = { ok: true; value: number } | { ok: false; reason: 'few_references' }

const tooFew: Learned = { ok: false, reason: 'few_references' }

/** r0 of a detector of falling rates. */
export const learnLowerRate = (successes: number, trials: number, alpha: number): Learned =>
  trials < referenceMin ? tooFew : { ok: true, value: lowerRateLimit(successes, trials, alpha) }

/** r0 of a detector of rising rates. */
export const learnUpperRate = (successes: number, trials: number, alpha: number): Learned =>
  trials < referenceMin ? tooFew : { ok: true, value: upperRateLimit(successes, trials, alpha) }

const stepsPerUnit = 1000

/**
 * Reference differences, counted in steps of 1/1000, each rounded up: the limit can only get wider.
 * Mergeable and at most 2,001 entries.
 */
export class DifferenceCounts {
  readonly #counts = new Map<number, number>()
  #total = 0

  add(difference: number, times = 1): void {
    if (!(difference >= -1 && difference <= 1)) {
      throw new RangeError(`DifferenceCounts: ${difference} is outside of [-1, 1]`)
    }
    if (!(Number.isSafeInteger(times) && times >= 0)) {
      throw new RangeError(`DifferenceCounts: ${times} times`)
    }
    // 1e-9: 0.185 * 1000 is 185.00000000000003 or so, and no step higher.
    const step = Math.ceil(difference * stepsPerUnit - 1e-9)
    this.#counts.set(step, (this.#counts.get(step) ?? 0) + times)
    this.#total += times
  }

  get total(): number {
    return this.#total
  }

  /** [difference, times] */
  *entries(): Generator<[number, number]> {
    for (const [step, times] of this.#counts) yield [step / stepsPerUnit, times]
  }
}

/** Shares of the capital put at risk: one of them fits any n from 1e3 to 1e7. */
const shares: readonly number[] = Array.from({ length: 18 }, (_, i) => 0.9 * 0.7 ** i)

/** ln of the mean capital of bettors that D is below `mean`; rises with `mean`. */
const logCapital = (counts: readonly [number, number][], mean: number): number => {
  const logs = shares.map((share) => {
    const stake = share / (1 - mean)
    let log = 0
    for (const [difference, times] of counts) log += times * Math.log1p(stake * (mean - difference))
    return log
  })
  const top = Math.max(...logs)
  let sum = 0
  for (const log of logs) sum += Math.exp(log - top)
  return top + Math.log(sum / logs.length)
}

/** Upper limit of the mean difference; 1 when not even the largest can be excluded. */
export const upperMeanLimit = (counts: DifferenceCounts, alpha: number): number => {
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`upperMeanLimit: alpha ${alpha}`)
  const entries = [...counts.entries()]
  const needed = -Math.log(alpha)
  let low = -1
  let high = 1
  while (high - low > 1e-6) {
    const middle = (low + high) / 2
    if (logCapital(entries, middle) >= needed) high = middle
    else low = middle
  }
  return high
}

/** g0 of a gap detector: never above the breach null, which is policy. */
export const learnGap = (counts: DifferenceCounts, alpha: number, breachNull: number): Learned =>
  counts.total < referenceMin
    ? tooFew
    : { ok: true, value: Math.min(breachNull, upperMeanLimit(counts, alpha)) }

/**
 * How many of n reference scores may lie above a limit: 1 % of them, or fewer where that is not enough
 * to say with confidence 1 - alpha that at most `g0` exceed it. Undefined when even none is too many.
 */
const exceedancesMax = (n: number, alpha: number, g0: number): number | undefined => {
  const fits = (above: number): boolean => upperRateLimit(above, n, alpha) <= g0
  let high = Math.floor(n * 0.01)
  if (fits(high)) return high
  if (!fits(0)) return undefined
  let low = 0
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle
  }
  return low
}

/**
 * The score limit of a detector that counts exceedances: the reference's own 99th percentile, or
 * higher where that is not enough to say with confidence 1 - alpha that at most `g0` exceed it.
 */
export const learnScoreLimit = (scores: readonly number[], alpha: number, g0: number): Learned => {
  const n = scores.length
  if (n < referenceMin) return tooFew
  const above = exceedancesMax(n, alpha, g0)
  const limit = above === undefined ? undefined : scores.toSorted((a, b) => a - b)[n - 1 - above]
  return limit === undefined ? tooFew : { ok: true, value: limit }
}

export type LearnedLimit = Learned | { ok: false; reason: 'beyond_histogram' }

/**
 * The same from counted scores: the upper edge of the bin that holds the exact limit, so it is higher
 * by less than a bin, and no more scores exceed it. Unknown where that bin has no edge.
 */
export const learnScoreLimitFromHistogram = (
  scores: ScoreHistogram,
  alpha: number,
  g0: number,
): LearnedLimit => {
  const n = scores.total
  if (n < referenceMin) return tooFew
  let above = exceedancesMax(n, alpha, g0)
  if (above === undefined) return tooFew
  // From the highest score down.
  for (const [edge, times] of scores.edges().reverse()) {
    if (times > above) {
      return edge === Number.POSITIVE_INFINITY
        ? { ok: false, reason: 'beyond_histogram' }
        : { ok: true, value: edge }
    }
    above -= times
  }
  throw new RangeError('learnScoreLimitFromHistogram: more exceedances than scores')
}
