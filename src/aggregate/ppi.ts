/**
 * A mean from a few labels and many predictions: PPI++ (Angelopoulos, Duchi and Zrnic 2023), the
 * mean with power tuning.
 *
 * Assumes that the labelled items are a random sample of the same items as the unlabelled ones. Of
 * the predictions nothing is assumed: useless ones get a weight near 0 and cost nothing. The limits
 * are those of a large sample; below some 50 labels read them with care.
 */
import { type Interval, z95 } from './wilson.ts'

export interface PpiInput {
  /** What people said of the labelled items, and what the judge said of the same, in one order. */
  labels: readonly number[]
  predictions: readonly number[]
  /** What the judge said of the items without a label. */
  unlabelled: readonly number[]
}

export interface PpiMean extends Interval {
  /** Weight of the predictions in [0, 1]. */
  lambda: number
}

const meanOf = (values: readonly number[]): number => {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** Divided by n - ddof. */
const varianceOf = (values: readonly number[], ddof: 0 | 1): number => {
  const mean = meanOf(values)
  let sum = 0
  for (const value of values) sum += (value - mean) ** 2
  return sum / (values.length - ddof)
}

const covarianceOf = (a: readonly number[], b: readonly number[]): number => {
  const meanA = meanOf(a)
  const meanB = meanOf(b)
  let sum = 0
  for (const [i, value] of a.entries()) sum += (value - meanA) * ((b[i] ?? 0) - meanB)
  return sum / a.length
}

/** The weight that makes the variance least, held in [0, 1]. */
const tuned = ({ labels, predictions, unlabelled }: PpiInput): number => {
  const variance = varianceOf([...predictions, ...unlabelled], 1)
  if (variance === 0) return 0
  const ratio = labels.length / unlabelled.length
  const weight = covarianceOf(labels, predictions) / ((1 + ratio) * variance)
  return Math.min(1, Math.max(0, weight))
}

/** Undefined below two labels or without unlabelled items. `lambda` undefined: tuned. */
export const ppiMean = (input: PpiInput, lambda?: number, z = z95): PpiMean | undefined => {
  const { labels, predictions, unlabelled } = input
  if (labels.length !== predictions.length) {
    throw new RangeError(`ppiMean: ${labels.length} labels, ${predictions.length} predictions`)
  }
  if (labels.length < 2 || unlabelled.length === 0) return undefined
  const weight = lambda ?? tuned(input)
  const rectified = labels.map((label, i) => label - weight * (predictions[i] ?? 0))
  const est = weight * meanOf(unlabelled) + meanOf(rectified)
  const half =
    z *
    Math.sqrt(
      (weight ** 2 * varianceOf(unlabelled, 0)) / unlabelled.length +
        varianceOf(rectified, 0) / rectified.length,
    )
  return { est, lo: est - half, hi: est + half, lambda: weight }
}
