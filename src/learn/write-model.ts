/** Weights as a file: rounded, in one order, without a time or a path. */
import { createHash } from 'node:crypto'
import { termBuckets } from '../judge/model/hashed-terms.ts'
import type { ExpectedModel, ModelFile, ModelSource } from '../judge/model/linear-model.ts'
import type { Example } from './example.ts'
import type { LinearFit } from './logistic-regression.ts'

const byteMax = 127
const round = (value: number): number => Math.round(value * 1e4) / 1e4 || 0

const quantise = (fit: LinearFit): ModelFile['terms'] => {
  let largest = 0
  for (const weight of fit.terms.values()) largest = Math.max(largest, Math.abs(weight))
  const scale = largest === 0 ? 1 : Math.ceil((largest / byteMax) * 1e6) / 1e6
  const table = new Int8Array(termBuckets)
  for (const [bucket, weight] of fit.terms) table[bucket] = Math.round(weight / scale)
  return { scale, bytes: Buffer.from(table.buffer).toString('base64') }
}

export const modelFileOf = (
  fit: LinearFit,
  used: readonly Example[],
  sources: readonly ModelSource[],
  expected: ExpectedModel,
): ModelFile => {
  const features: Record<string, number> = {}
  expected.names.forEach((name, i) => {
    features[name] = round(fit.dense[i] ?? 0)
  })
  const positive = used.filter((example) => example.positive).length
  const content = {
    kind: expected.kind,
    reading: expected.reading,
    sources: [...sources].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
    examples: { positive, negative: used.length - positive },
    bias: round(fit.bias),
    features,
    terms: quantise(fit),
  }
  const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12)
  return { ...content, version }
}

export const modelText = (file: ModelFile): string => `${JSON.stringify(file, null, 2)}\n`
