/**
 * Paired yes/no answers to one question under two conditions: the exact test of McNemar (1947), and
 * the interval of the paired difference by Newcombe (1998), "Improved confidence intervals for the
 * difference between binomial proportions based on paired data", method 10.
 *
 * Assumes independent pairs. Concordant pairs do not enter the test.
 */
import { type Interval, wilson, z95 } from './wilson.ts'

export interface PairedCounts {
  bothYes: number
  firstOnly: number
  secondOnly: number
  bothNo: number
}

/** Two-sided exact p of equal rates, from the discordant pairs; at most 1. */
export const mcnemarP = (firstOnly: number, secondOnly: number): number => {
  const n = firstOnly + secondOnly
  const fewer = Math.min(firstOnly, secondOnly)
  if (!(fewer >= 0 && Number.isInteger(firstOnly) && Number.isInteger(secondOnly))) {
    throw new RangeError(`mcnemarP: ${firstOnly} and ${secondOnly} pairs`)
  }
  if (firstOnly === secondOnly) return 1
  // Terms relative to the largest, summed from it down: no overflow for any n.
  let term = 1
  let sum = 0
  for (let i = fewer; i >= 0; i--) {
    sum += term
    term *= i / (n - i + 1)
    if (term < sum * Number.EPSILON) break
  }
  return Math.min(1, 2 * sum * binomialWeight(n, fewer))
}

/** C(n, k) / 2^n: by products while they fit a double, above that by logarithms. */
const binomialWeight = (n: number, k: number): number => {
  if (n < 1000) {
    let choose = 1
    for (let i = 1; i <= k; i++) choose *= (n - k + i) / i
    return choose * 2 ** -n
  }
  let log = 0
  for (let i = 1; i <= k; i++) log += Math.log((n - k + i) / i)
  return Math.exp(log - n * Math.LN2)
}

/** Correlation of the two answers, continuity-corrected towards 0 as method 10 asks. */
const phiOf = ({ bothYes, firstOnly, secondOnly, bothNo }: PairedCounts): number => {
  const product =
    (bothYes + firstOnly) * (secondOnly + bothNo) * (bothYes + secondOnly) * (firstOnly + bothNo)
  if (product === 0) return 0
  const n = bothYes + firstOnly + secondOnly + bothNo
  const cross = bothYes * bothNo - firstOnly * secondOnly
  return (cross > 0 ? Math.max(cross - n / 2, 0) : cross) / Math.sqrt(product)
}

/** Rate of the first less rate of the second. Undefined without pairs. */
export const pairedDifference = (pairs: PairedCounts, z = z95): Interval | undefined => {
  const { bothYes, firstOnly, secondOnly, bothNo } = pairs
  const n = bothYes + firstOnly + secondOnly + bothNo
  const first = wilson(bothYes + firstOnly, n, z)
  const second = wilson(bothYes + secondOnly, n, z)
  if (first === undefined || second === undefined) return undefined
  const est = (firstOnly - secondOnly) / n
  const phi = phiOf(pairs)
  const reach = (a: number, b: number): number =>
    Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b))
  return {
    est,
    lo: est - reach(first.est - first.lo, second.hi - second.est),
    hi: est + reach(first.hi - first.est, second.est - second.lo),
  }
}
