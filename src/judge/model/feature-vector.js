/** What a linear model reads: named measurements, and buckets of hashed terms with their values. */
export {};
