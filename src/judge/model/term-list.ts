/**
 * Hashed terms of one text: which buckets, in runs that have one value each. Texts of an answer share one
 * row of buckets.
 */
import type { NumberSet } from './number-set.ts'

interface Run {
  from: number
  to: number
  value: number
}

export class TermList {
  readonly #buckets: Int32Array
  readonly #runs: readonly Run[]

  /** A bucket may stand in it more than once: its values add up. */
  constructor(buckets: Int32Array, runs: readonly Run[]) {
    this.#buckets = buckets
    this.#runs = runs
  }

  /** As a map's: the value first, then what it belongs to. */
  forEach(take: (value: number, bucket: number) => void): void {
    for (const { from, to, value } of this.#runs) {
      for (let i = from; i < to; i++) take(value, this.#buckets[i] ?? 0)
    }
  }

  /** Each value times the number its bucket has in the table, in order, added up. */
  sumOver(table: Int8Array): number {
    let sum = 0
    for (const { from, to, value } of this.#runs) {
      for (let i = from; i < to; i++) sum += value * (table[this.#buckets[i] ?? 0] ?? 0)
    }
    return sum
  }
}

/** Each text has length 1, so that a long one has no more to say than a short one. */
const valueOf = (size: number): number => 1 / Math.sqrt(Math.max(1, size))

/** One text of several sets of hashes, each of length 1. The number of buckets is a power of 2. */
export const termListOf = (sets: readonly NumberSet[], bucketCount: number): TermList => {
  const buckets = new Int32Array(sets.reduce((sum, { size }) => sum + size, 0))
  let to = 0
  const runs = sets.map((set): Run => {
    const from = to
    for (let i = 0; i < set.size; i++) buckets[to++] = set.at(i) & (bucketCount - 1)
    return { from, to, value: valueOf(set.size) }
  })
  return new TermList(buckets, runs)
}

/** Texts one behind the other, each with its end; what repeats in a text counts so often. */
export const termListsOf = (
  hashes: readonly number[],
  ends: readonly number[],
  bucketCount: number,
): TermList[] => {
  const buckets = new Int32Array(hashes.length)
  for (let i = 0; i < hashes.length; i++) buckets[i] = (hashes[i] ?? 0) & (bucketCount - 1)
  let from = 0
  return ends.map((to) => {
    const list = new TermList(buckets, [{ from, to, value: valueOf(to - from) }])
    from = to
    return list
  })
}
