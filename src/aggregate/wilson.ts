/** Wilson's score interval for a rate (Wilson 1927). */

export interface Interval {
  est: number
  lo: number
  hi: number
}

/** Two-sided 95 % quantile of the normal distribution, as statistics of this project use it. */
export const z95 = 1.959963984540054

/** Undefined without any trial: no rate is known then. */
export const wilson = (successes: number, trials: number, z = z95): Interval | undefined => {
  if (!(successes >= 0 && successes <= trials)) {
    throw new RangeError(`wilson: ${successes} successes of ${trials}`)
  }
  if (trials === 0) return undefined
  const p = successes / trials
  const z2 = z * z
  const centre = (successes + z2 / 2) / (trials + z2)
  const half = (z * Math.sqrt(successes * (1 - p) + z2 / 4)) / (trials + z2)
  return {
    est: p,
    lo: successes === 0 ? 0 : Math.max(0, centre - half),
    hi: successes === trials ? 1 : Math.min(1, centre + half),
  }
}
