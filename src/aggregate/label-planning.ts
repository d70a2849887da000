/**
 * How many labels give limits of a wanted half-width, by Wilson for one rate and Newcombe for a gap.
 *
 * Assumes that the rate stays near the one planned with; limits are not symmetric, and the wider
 * side is the one held. A rate seen in few labels should come with one success and one failure added.
 */
import { newcombe } from './newcombe.ts'
import { type Interval, wilson } from './wilson.ts'

const nMax = 10_000_000

const halfWidth = ({ est, lo, hi }: Interval): number => Math.max(est - lo, hi - est)

/** The least n in [1, nMax] that fits, for a condition that stays true once it is. */
const least = (fits: (n: number) => boolean): number => {
  let high = 1
  while (high < nMax && !fits(high)) high *= 2
  let low = Math.floor(high / 2)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (fits(middle)) high = middle
    else low = middle
  }
  return high
}

export const labelsForRate = (rate: number, half: number): number =>
  least((n) => {
    const interval = wilson(rate * n, n)
    return interval !== undefined && halfWidth(interval) <= half
  })

/** Labels of each of the two. */
export const labelsForGap = (first: number, second: number, half: number): number =>
  least((n) => {
    const arm = (rate: number) => ({ successes: rate * n, trials: n })
    const interval = newcombe(arm(first), arm(second))
    return interval !== undefined && halfWidth(interval) <= half
  })
