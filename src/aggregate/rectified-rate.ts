/**
 * A rate from a cheap verdict on every item and a better one on some: prediction-powered, with the
 * power tuning of PPI++ (Angelopoulos, Duchi and Zrnic 2023), Hajek weights for unequal chances, and
 * strata whose sizes are known (Cochran 1977, 5A).
 *
 * In each stratum: lambda times the cheap rate over all items, plus the weighted mean of (better -
 * lambda cheap) over those with both, weights scaled to the known size, so that a share which was
 * drawn and never came back is made up for within its stratum. Both verdicts are 0 or 1, so sums
 * over four cells are all there is to keep.
 *
 * Limits: normal, for independent items. The variance is that of the drawing plus p(1-p)/N for the
 * items themselves. Two imaginary items, one error of each kind, are added to each stratum's sample,
 * as Bonett and Price (2012) do for paired rates: without them ten items without an error would give
 * an interval of no width. Their part vanishes as the share that was graded nears one.
 */
import { type Interval, z95 } from './wilson.ts'

/** Items with both verdicts: 1 / inclusion probability, summed, and its squares. */
export interface WeightSums {
  weights: number
  squares: number
}

export interface StratumSums {
  /** All items, by the cheap verdict 0 and 1. */
  eligible: readonly [number, number]
  /** `graded[cheap][better]`. */
  graded: readonly [readonly [WeightSums, WeightSums], readonly [WeightSums, WeightSums]]
}

export interface RectifiedRate extends Interval {
  /** Size of the equally weighted sample that says as much (Kish), over all strata. */
  effectiveN: number
}

/** Below so many, a tuned weight follows the noise of the sample. */
const tunedFrom = 30
const imaginary = 2

/** Undefined without any item that has both verdicts. */
export const rectifiedRate = (
  strata: readonly StratumSums[],
  z = z95,
): RectifiedRate | undefined => {
  const parts = strata.map(partOf).filter((part) => part !== undefined)
  const total = parts.reduce((sum, { size }) => sum + size, 0)
  const graded = parts.filter(({ effectiveN }) => effectiveN > 0)
  if (graded.length === 0) return undefined
  let est = 0
  let centre = 0
  let variance = 0
  for (const part of parts) {
    const share = part.size / total
    est += share * part.est
    centre += share * part.centre
    variance += share ** 2 * part.variance
  }
  est = clip(est)
  const p = (est * total + 2) / (total + 4)
  const half = z * Math.sqrt(variance + (p * (1 - p)) / total)
  const shares = graded.reduce((sum, { size }) => sum + size, 0)
  const squares = graded.reduce((sum, { size, effectiveN }) => sum + size ** 2 / effectiveN, 0)
  return {
    est,
    lo: Math.min(est, clip(centre - half)),
    hi: Math.max(est, clip(centre + half)),
    effectiveN: shares ** 2 / squares,
  }
}

const clip = (value: number): number => Math.min(1, Math.max(0, value))

interface Part {
  size: number
  effectiveN: number
  est: number
  /** The estimate with the imaginary items, where the limits are centred. */
  centre: number
  variance: number
}

/** Undefined for a stratum without items. */
function partOf({ eligible, graded }: StratumSums): Part | undefined {
  const size = eligible[0] + eligible[1]
  if (size === 0) return undefined
  const cheap = eligible[1] / size
  const [[none, missed], [invented, both]] = graded
  const weights = none.weights + missed.weights + invented.weights + both.weights
  const squares = none.squares + missed.squares + invented.squares + both.squares
  // Not one item graded: the cheap verdict stands, with the width of knowing nothing of its errors.
  const effectiveN = weights === 0 ? 0 : weights ** 2 / squares
  const perItem = weights === 0 ? 0 : 1 / weights
  const [p01, p10, p11] = [missed, invented, both].map((cell) => cell.weights * perItem)
  const shares = { p01: p01 ?? 0, p10: p10 ?? 0, p11: p11 ?? 0 }
  const lambda = effectiveN < tunedFrom ? 1 : tuned(shares, effectiveN)
  const error = shares.p01 - lambda * shares.p10 + (1 - lambda) * shares.p11
  const square = shares.p01 + lambda ** 2 * shares.p10 + (1 - lambda) ** 2 * shares.p11
  const n = effectiveN + imaginary
  const mean = (effectiveN * error + 1 - lambda) / n
  const spread = (effectiveN * square + 1 + lambda ** 2) / n - mean ** 2
  const undrawn = Math.max(0, 1 - effectiveN / size)
  const est = lambda * cheap + error
  return {
    size,
    effectiveN,
    est,
    centre: est + undrawn * (mean - error),
    variance: (undrawn * spread) / n,
  }
}

/** The weight of the cheap verdict that makes the variance least, the imaginary items included. */
function tuned(shares: { p01: number; p10: number; p11: number }, effectiveN: number): number {
  const n = effectiveN + imaginary
  const p01 = (effectiveN * shares.p01 + 1) / n
  const p10 = (effectiveN * shares.p10 + 1) / n
  const p11 = (effectiveN * shares.p11) / n
  const cheap = p10 + p11
  const covariance = p11 - cheap * (p01 + p11)
  return clip(covariance / (cheap * (1 - cheap)))
}
