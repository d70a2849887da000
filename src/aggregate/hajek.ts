/**
 * Mean of a sample that was drawn with unequal chances: Hajek (1971), each item weighted by one over
 * its inclusion probability; standard error by linearisation.
 *
 * Assumes that the probabilities are known and that items are drawn independently (Poisson
 * sampling). For panels: a detector never reads weighted samples.
 */
export interface WeightedMean {
  mean: number
  se: number
  /** Size of the equally weighted sample that says as much (Kish). */
  effectiveN: number
}

/** Undefined without items. */
export const hajek = (
  items: readonly { value: number; probability: number }[],
): WeightedMean | undefined => {
  if (items.length === 0) return undefined
  let weights = 0
  let squares = 0
  let sum = 0
  for (const { value, probability } of items) {
    if (!(probability > 0 && probability <= 1)) {
      throw new RangeError(`hajek: an inclusion probability of ${probability}`)
    }
    weights += 1 / probability
    squares += 1 / probability ** 2
    sum += value / probability
  }
  const mean = sum / weights
  let deviation = 0
  for (const { value, probability } of items) deviation += ((value - mean) / probability) ** 2
  return { mean, se: Math.sqrt(deviation) / weights, effectiveN: weights ** 2 / squares }
}
