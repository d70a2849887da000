/**
 * A linear layer as it is stored and as it scores: weights of named features in the open, weights of
 * hashed terms as one signed byte each.
 */
import { finiteIn, mapOf, textIn } from './model-fields.ts'
import type { TermList } from './term-list.ts'

export interface LayerFile {
  bias: number
  features: Readonly<Record<string, number>>
  /** Weight of a bucket = byte * scale. */
  terms: { scale: number; bytes: string }
}

export interface LinearLayer {
  bias: number
  /** In the order of the names it was read with. */
  named: Float64Array
  scale: number
  table: Int8Array
}

export const scoreLayer = (layer: LinearLayer, dense: Float64Array, terms: TermList): number => {
  const { named, table } = layer
  let sum = layer.bias
  for (let i = 0; i < named.length; i++) sum += (named[i] ?? 0) * (dense[i] ?? 0)
  return sum + layer.scale * terms.sumOver(table)
}

/** Undefined when the value is no layer of this size. */
export const layerOf = (
  value: unknown,
  names: readonly string[],
  buckets: number,
): LinearLayer | undefined => {
  const fields = mapOf(value)
  const terms = mapOf(fields.get('terms'))
  const named = mapOf(fields.get('features'))
  const bias = finiteIn(fields, 'bias')
  const scale = finiteIn(terms, 'scale')
  const bytes = Buffer.from(textIn(terms, 'bytes') ?? '', 'base64')
  if (bias === undefined || scale === undefined || bytes.length !== buckets) return undefined
  for (const name of named.keys()) if (finiteIn(named, name) === undefined) return undefined
  return {
    bias,
    scale,
    table: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    named: Float64Array.from(names, (name) => finiteIn(named, name) ?? 0),
  }
}
