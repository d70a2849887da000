/** Weights as a file: rounded, in one order, without a time or a path. */
import { createHash } from 'node:crypto'
import type { RefusalFile, RefusalWeights } from '../judge/learned-model.ts'
import { termBuckets } from '../judge/model/hashed-terms.ts'
import type { LayerFile } from '../judge/model/linear-layer.ts'
import type { ExpectedModel, ModelFile, ModelSource } from '../judge/model/linear-model.ts'
import type { Labelled } from './example.ts'
import type { LinearFit } from './logistic-regression.ts'

const byteMax = 127
const round = (value: number): number => Math.round(value * 1e4) / 1e4 || 0

const quantise = (fit: LinearFit, buckets: number): LayerFile['terms'] => {
  let largest = 0
  for (const weight of fit.terms.values()) largest = Math.max(largest, Math.abs(weight))
  const scale = largest === 0 ? 1 : Math.ceil((largest / byteMax) * 1e6) / 1e6
  const table = new Int8Array(buckets)
  for (const [bucket, weight] of fit.terms) table[bucket] = Math.round(weight / scale)
  return { scale, bytes: Buffer.from(table.buffer).toString('base64') }
}

export const layerFileOf = (
  fit: LinearFit,
  names: readonly string[],
  buckets: number,
): LayerFile => {
  const features: Record<string, number> = {}
  names.forEach((name, i) => {
    features[name] = round(fit.dense[i] ?? 0)
  })
  return { bias: round(fit.bias), features, terms: quantise(fit, buckets) }
}

/** What a file says of itself beside its weights. */
const headOf = (
  used: readonly Labelled[],
  sources: readonly ModelSource[],
  expected: ExpectedModel,
) => {
  const positive = used.filter((example) => example.positive).length
  return {
    kind: expected.kind,
    reading: expected.reading,
    sources: [...sources].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
    examples: { positive, negative: used.length - positive },
  }
}

const withVersion = <Content>(content: Content): Content & { version: string } => {
  const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12)
  return { ...content, version }
}

export const modelFileOf = (
  fit: LinearFit,
  used: readonly Labelled[],
  sources: readonly ModelSource[],
  expected: ExpectedModel,
): ModelFile =>
  withVersion({
    ...headOf(used, sources, expected),
    ...layerFileOf(fit, expected.names, termBuckets),
  })

export const refusalFileOf = (
  weights: RefusalWeights,
  used: readonly Labelled[],
  sources: readonly ModelSource[],
  expected: ExpectedModel,
): RefusalFile => withVersion({ ...headOf(used, sources, expected), ...weights })

/** Rows of numbers stand on one line each: a line for every number would be most of the file. */
export const modelText = (file: ModelFile | RefusalFile): string => {
  const rows: string[] = []
  const text = JSON.stringify(
    file,
    (_, value: unknown) => {
      if (!Array.isArray(value) || typeof value[0] !== 'number') return value
      rows.push(JSON.stringify(value))
      return `row ${rows.length - 1}`
    },
    2,
  )
  return `${text.replace(/"row (\d+)"/g, (_, index: string) => rows[Number(index)] ?? '[]')}\n`
}
