/** Orders and choices that hang on a seed and names alone: the same on every machine. */
import { createHash } from 'node:crypto'

const digestOf = (seed: number, parts: readonly string[]): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([seed, ...parts]))
    .digest()

/** Uniform in [0, 1), with 48 bits. */
export const seededUnit = (seed: number, ...parts: readonly string[]): number =>
  digestOf(seed, parts).readUIntBE(0, 6) / 2 ** 48

/** A new list in the order of the names' hashes. */
export function seededOrder<T>(
  items: readonly T[],
  nameOf: (item: T, index: number) => string,
  seed: number,
  purpose: string,
): T[] {
  return items
    .map((item, i) => ({ item, key: seededUnit(seed, purpose, nameOf(item, i)) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

export function seededPick<T>(
  list: readonly T[],
  seed: number,
  ...parts: readonly string[]
): T | undefined {
  return list[Math.floor(seededUnit(seed, ...parts) * list.length)]
}
