/**
 * Interval of a difference of two quantities from their own limits, by square-and-add.
 *
 * Assumes independent estimates. For two rates with Wilson limits it is Newcombe (1998), "Interval
 * estimation for the difference between independent proportions", method 10; with other limits the
 * same sum is MOVER (Zou and Donner 2008). Limits need not be symmetric.
 */
import { type Interval, wilson, z95 } from './wilson.ts'

/** first - second. A positive dependence of the two makes it wider than needed. */
export const differenceOf = (first: Interval, second: Interval): Interval => {
  const est = first.est - second.est
  return {
    est,
    lo: est - Math.hypot(first.est - first.lo, second.hi - second.est),
    hi: est + Math.hypot(first.hi - first.est, second.est - second.lo),
  }
}

/** Weighted sum of independent estimates; undefined without any. Weights are not negative. */
export const weightedSumOf = (
  parts: readonly { weight: number; interval: Interval }[],
): Interval | undefined => {
  if (parts.length === 0) return undefined
  let est = 0
  let below = 0
  let above = 0
  for (const { weight, interval } of parts) {
    if (!(weight >= 0)) throw new RangeError(`weightedSumOf: a weight of ${weight}`)
    est += weight * interval.est
    below += (weight * (interval.est - interval.lo)) ** 2
    above += (weight * (interval.hi - interval.est)) ** 2
  }
  return { est, lo: est - Math.sqrt(below), hi: est + Math.sqrt(above) }
}

/** Gap of two rates. Undefined when one of them has no trial. */
export const newcombe = (
  first: { successes: number; trials: number },
  second: { successes: number; trials: number },
  z = z95,
): Interval | undefined => {
  const a = wilson(first.successes, first.trials, z)
  const b = wilson(second.successes, second.trials, z)
  return a === undefined || b === undefined ? undefined : differenceOf(a, b)
}
