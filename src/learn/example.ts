/** One labelled text as training and measuring see it. */

export interface Labelled {
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

export interface Example<Vector> extends Labelled {
  vector: Vector
}

/** Examples of weight 0 and constructed ones are for measuring only. */
export const fitted = <E extends Labelled>(examples: readonly E[]): E[] =>
  examples.filter(({ weight, constructed }) => weight > 0 && !constructed)
