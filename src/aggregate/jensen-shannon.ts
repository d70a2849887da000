/**
 * Jensen-Shannon divergence (Lin 1991) of two sets of counts over the same cells.
 *
 * Assumes nothing, and decides nothing: with few counts it is large by chance alone, by an amount
 * that depends on cells and counts. Whether it is a change is for a test to say (g-test.ts, or a
 * permutation test over whole conversations).
 */

export type Counts = ReadonlyMap<string, number>

const totalOf = (counts: Counts): number => {
  let total = 0
  for (const count of counts.values()) {
    if (!(count >= 0 && count < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`a count of ${count}`)
    }
    total += count
  }
  return total
}

/** a ln(a / b), 0 for a = 0. */
const term = (a: number, b: number): number => (a === 0 ? 0 : a * Math.log(a / b))

/**
 * In nats, with the mixture at `weight` of the first and the rest of the second; undefined when a
 * side has no counts.
 */
const divergence = (
  first: Counts,
  second: Counts,
  weightOf: (n: number, m: number) => number,
): number | undefined => {
  const n = totalOf(first)
  const m = totalOf(second)
  if (n === 0 || m === 0) return undefined
  const weight = weightOf(n, m)
  let sum = 0
  const add = (p: number, q: number): void => {
    const mixed = weight * p + (1 - weight) * q
    sum += weight * term(p, mixed) + (1 - weight) * term(q, mixed)
  }
  for (const [cell, count] of first) add(count / n, (second.get(cell) ?? 0) / m)
  for (const [cell, count] of second) if (!first.has(cell)) add(0, count / m)
  // Rounding leaves equal shares at some -1e-17.
  return Math.max(0, sum)
}

/** In bits, both sides of equal weight: from 0, same shares, to 1, no cell in common. */
export const jensenShannonBits = (first: Counts, second: Counts): number | undefined => {
  const nats = divergence(first, second, () => 0.5)
  return nats === undefined ? undefined : nats / Math.LN2
}

/** In nats, each side weighted by its counts: times 2 (n + m) it is the G statistic. */
export const weightedDivergence = (first: Counts, second: Counts): number | undefined =>
  divergence(first, second, (n, m) => n / (n + m))
