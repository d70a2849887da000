/**
 * Everything that looks random in the simulator: a hash of a seed and of what it is drawn for. The
 * same seed and the same parts give the same draw on every machine and in any order of requests.
 */
import { createHash } from 'node:crypto'

const digest = (seed: number, parts: readonly string[]): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([seed, ...parts]))
    .digest()

/** Uniform in [0, 1), with 48 bits. */
export const uniform = (seed: number, ...parts: readonly string[]): number =>
  digest(seed, parts).readUIntBE(0, 6) / 2 ** 48

/** Lower-case hex of up to 64 digits. */
export const hexId = (length: number, seed: number, ...parts: readonly string[]): string =>
  digest(seed, parts).toString('hex').slice(0, length)

/** One of a list that is not empty. */
export function pick<T>(list: readonly T[], seed: number, ...parts: readonly string[]): T {
  const at = Math.floor(uniform(seed, ...parts) * list.length)
  const chosen = list[at]
  if (chosen === undefined) throw new Error('pick needs a list that is not empty')
  return chosen
}

export interface Dice {
  /** Uniform in [0, 1). */
  next(): number
  chance(probability: number): boolean
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number
  one<T>(list: readonly T[]): T
}

/** A sequence of draws, for plans with many steps. */
export function dice(seed: number, ...parts: readonly string[]): Dice {
  let drawn = 0
  const next = (): number => uniform(seed, ...parts, String(drawn++))
  return {
    next,
    chance: (probability) => next() < probability,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    one: (list) => pick(list, seed, ...parts, String(drawn++)),
  }
}
