/** What a linear model reads: named measurements, and buckets of hashed terms with their values. */

export interface FeatureVector {
  /** In the order of the names the extractor publishes. */
  dense: Float64Array
  /** Distinct buckets and the value of each. */
  terms: ReadonlyMap<number, number>
}
