/**
 * Seeded random numbers for simulations and permutations: xoshiro128** (Blackman and Vigna 2018),
 * its state filled by splitmix32. The same seed gives the same numbers on every machine. Not for
 * secrets.
 */

export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number
  /** A whole number from 0 to n - 1. */
  below(n: number): number
  poisson(mean: number): number
}

const splitmix = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return z ^ (z >>> 15)
  }
}

export const createRandom = (seed: number, stream = 0): Random => {
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(stream)) {
    throw new RangeError(`createRandom: seed ${seed}, stream ${stream}`)
  }
  const high = Math.floor(seed / 2 ** 32)
  const fill = splitmix((seed | 0) ^ Math.imul(high | 0, 0x85ebca6b))
  const fillStream = splitmix(Math.imul(stream | 0, 0xc2b2ae35) + 1)
  let a = fill() ^ fillStream()
  let b = fill() ^ fillStream()
  let c = fill() ^ fillStream()
  let d = (fill() ^ fillStream()) | 1

  const uniform = (): number => {
    const five = Math.imul(b, 5)
    const out = Math.imul((five << 7) | (five >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return (out >>> 0) / 2 ** 32
  }

  /** By multiplication for parts of at most 30: a sum of Poisson numbers is one. */
  const poisson = (mean: number): number => {
    let left = mean
    let drawn = 0
    while (left > 0) {
      const limit = Math.exp(-Math.min(30, left))
      left -= 30
      for (let product = uniform(); product > limit; product *= uniform()) drawn++
    }
    return drawn
  }
  return { uniform, below: (n) => Math.floor(uniform() * n), poisson }
}
