/**
 * A rate as it would be under a reference mix: direct standardisation over cells.
 *
 * Assumes that the weights are known and sum to 1. In the standard error each cell's rate gets one
 * success and one failure added, so that a small cell of rate 0 or 1 does not look certain.
 */
export interface WeightedCell {
  weight: number
  successes: number
  trials: number
}

/** Undefined when a cell of positive weight has no trial: its rate is unknown, not 0. */
export const standardise = (
  cells: readonly WeightedCell[],
): { rate: number; se: number } | undefined => {
  let rate = 0
  let variance = 0
  let weighed = false
  for (const { weight, successes, trials } of cells) {
    if (!(weight >= 0)) throw new RangeError(`standardise: a weight of ${weight}`)
    if (weight === 0) continue
    if (trials === 0) return undefined
    weighed = true
    rate += (weight * successes) / trials
    const p = (successes + 1) / (trials + 2)
    variance += (weight ** 2 * p * (1 - p)) / trials
  }
  return weighed ? { rate, se: Math.sqrt(variance) } : undefined
}
