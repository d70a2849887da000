/**
 * A trained linear model as it is stored and as it scores. The file is JSON: numbers of named
 * features in the open, weights of hashed terms as one signed byte each. A file of another kind or
 * shape is refused with the reason in words; one whose features are read differently today (a phrase
 * was added) still scores, but says that it is stale.
 */
import type { FeatureVector } from './feature-vector.ts'
import { termBuckets } from './hashed-terms.ts'
import { finiteIn, mapOf, textIn } from './model-fields.ts'

/** Where a model comes from; no times and no paths, so that equal inputs give equal bytes. */
export interface ModelSource {
  sha256: string
  rows: number
}

export interface ModelFile {
  kind: string
  /** First 12 hex digits of the SHA-256 of everything else in the file. */
  version: string
  /** Hash of how features are read: phrase sets, word lists, revision. */
  reading: string
  sources: readonly ModelSource[]
  examples: { positive: number; negative: number }
  bias: number
  features: Readonly<Record<string, number>>
  /** Weight of a bucket = byte * scale. */
  terms: { scale: number; bytes: string }
}

export interface LinearModel {
  readonly version: string
  /** Log-odds of the positive class. */
  score(vector: FeatureVector): number
}

export type ParsedModel =
  | { ok: true; model: LinearModel; file: ModelFile; stale: boolean }
  | { ok: false; why: string }

const parseSources = (value: unknown): ModelSource[] => {
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    const fields = mapOf(item)
    const sha256 = textIn(fields, 'sha256')
    const rows = finiteIn(fields, 'rows')
    return sha256 === undefined || rows === undefined ? [] : [{ sha256, rows }]
  })
}

const parseFile = (value: unknown): ModelFile | undefined => {
  const fields = mapOf(value)
  const kind = textIn(fields, 'kind')
  const version = textIn(fields, 'version')
  const reading = textIn(fields, 'reading')
  const bias = finiteIn(fields, 'bias')
  const terms = mapOf(fields.get('terms'))
  const scale = finiteIn(terms, 'scale')
  const bytes = textIn(terms, 'bytes')
  const examples = mapOf(fields.get('examples'))
  const features: [string, number][] = []
  const named = mapOf(fields.get('features'))
  for (const name of named.keys()) {
    const weight = finiteIn(named, name)
    if (weight === undefined) return undefined
    features.push([name, weight])
  }
  if (kind === undefined || version === undefined || reading === undefined) return undefined
  if (bias === undefined || scale === undefined || bytes === undefined) return undefined
  return {
    kind,
    version,
    reading,
    sources: parseSources(fields.get('sources')),
    examples: {
      positive: finiteIn(examples, 'positive') ?? 0,
      negative: finiteIn(examples, 'negative') ?? 0,
    },
    bias,
    features: Object.fromEntries(features),
    terms: { scale, bytes },
  }
}

export interface ExpectedModel {
  kind: string
  reading: string
  /** Names of the dense features in the order of the vector. */
  names: readonly string[]
}

/** Reads a parsed JSON value as a model of the expected kind. */
export const parseModel = (value: unknown, expected: ExpectedModel): ParsedModel => {
  const file = parseFile(value)
  if (file === undefined) return { ok: false, why: 'not a file of model weights' }
  if (file.kind !== expected.kind) {
    return { ok: false, why: `weights of a ${file.kind}, not of a ${expected.kind}` }
  }
  const bytes = Buffer.from(file.terms.bytes, 'base64')
  if (bytes.length !== termBuckets) return { ok: false, why: 'table of terms has a wrong size' }
  const table = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  const known = new Map(Object.entries(file.features))
  const dense = Float64Array.from(expected.names, (name) => known.get(name) ?? 0)
  const { scale } = file.terms
  const { bias, version } = file
  const score = (vector: FeatureVector): number => {
    let sum = bias
    for (let i = 0; i < dense.length; i++) sum += (dense[i] ?? 0) * (vector.dense[i] ?? 0)
    let fromTerms = 0
    for (const [bucket, value] of vector.terms) fromTerms += value * (table[bucket] ?? 0)
    return sum + scale * fromTerms
  }
  const stale = file.reading !== expected.reading
  // Another reading is another instrument, so the version tells.
  const named = stale ? `${version}-${expected.reading}` : version
  return { ok: true, model: { version: named, score }, file, stale }
}
