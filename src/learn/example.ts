/** One labelled text as training and measuring see it. */
import type { FeatureVector } from '../judge/model/feature-vector.ts'

export interface Example {
  vector: FeatureVector
  positive: boolean
  weight: number
  /** Examples of one group never stand on both sides of a split. */
  group: string
  /** The label follows from how the row was made; nobody has read it. Measured only. */
  constructed: boolean
  set: string
  model: string | undefined
  language: string | undefined
}
