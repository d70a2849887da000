/**
 * How far two raters agree beyond chance over any number of categories, such as grades of 0, 1 and 2:
 * Cohen's kappa with the variance of Fleiss, Cohen and Everitt (1969), and Gwet's AC1 with Gwet's
 * variance (2008, "Computing inter-rater reliability and its variance in the presence of high
 * agreement"). With two categories both are those of agreement.ts.
 *
 * Assumes that rated things are independent. Both are nominal: a grade of 0 against 2 is no worse than
 * one of 1 against 2. AC1 is the one to decide by, as agreement.ts says.
 */
import type { Agreement } from './agreement.ts'
import { type Interval, z95 } from './wilson.ts'

/** Places of the two ratings of one thing among the categories. */
export type RatedPair = readonly [first: number, second: number]

const interval = (est: number, variance: number, z: number): Interval => {
  const half = z * Math.sqrt(Math.max(0, variance))
  return { est, lo: Math.max(-1, est - half), hi: Math.min(1, est + half) }
}

interface Shares {
  n: number
  categories: number
  /** Row by row: [first][second]. */
  cells: Float64Array
  first: Float64Array
  second: Float64Array
  /** On the diagonal. */
  observed: number
}

function sharesOf(pairs: readonly RatedPair[], categories: number): Shares {
  const cells = new Float64Array(categories * categories)
  const first = new Float64Array(categories)
  const second = new Float64Array(categories)
  const part = 1 / pairs.length
  let observed = 0
  for (const [a, b] of pairs) {
    if (!(a >= 0 && a < categories && b >= 0 && b < categories)) {
      throw new RangeError(`categoryAgreement: ${a} and ${b} of ${categories} categories`)
    }
    cells[a * categories + b] = (cells[a * categories + b] ?? 0) + part
    first[a] = (first[a] ?? 0) + part
    second[b] = (second[b] ?? 0) + part
    if (a === b) observed += part
  }
  return { n: pairs.length, categories, cells, first, second, observed }
}

/** Undefined without pairs. `kappa` is undefined when both raters gave one and the same rating throughout. */
export const categoryAgreement = (
  pairs: readonly RatedPair[],
  categories: number,
  z = z95,
): Agreement | undefined => {
  if (pairs.length === 0) return undefined
  const shares = sharesOf(pairs, categories)
  const { n, observed } = shares
  return { n, observed, kappa: kappaOf(shares, z), ac1: ac1Of(shares, z) }
}

function kappaOf(shares: Shares, z: number): Interval | undefined {
  const { n, categories, cells, first, second, observed } = shares
  let chance = 0
  for (let k = 0; k < categories; k++) chance += (first[k] ?? 0) * (second[k] ?? 0)
  if (chance > 1 - 1e-12) return undefined
  const est = (observed - chance) / (1 - chance)
  const rest = 1 - est
  let spread = 0
  for (let k = 0; k < categories; k++) {
    for (let l = 0; l < categories; l++) {
      const share = cells[k * categories + l] ?? 0
      // An off-diagonal cell weighs by the column share of its row's category and the reverse.
      const weight =
        k === l
          ? (1 - ((first[k] ?? 0) + (second[k] ?? 0)) * rest) ** 2
          : (rest * ((second[k] ?? 0) + (first[l] ?? 0))) ** 2
      spread += share * weight
    }
  }
  return interval(est, (spread - (est - chance * rest) ** 2) / (n * (1 - chance) ** 2), z)
}

function ac1Of(shares: Shares, z: number): Interval {
  const { n, categories, cells, first, second, observed } = shares
  const mean = (k: number): number => ((first[k] ?? 0) + (second[k] ?? 0)) / 2
  let chance = 0
  let onDiagonal = 0
  let squared = 0
  for (let k = 0; k < categories; k++) {
    chance += (mean(k) * (1 - mean(k))) / (categories - 1)
    onDiagonal += ((cells[k * categories + k] ?? 0) * (1 - mean(k))) / (categories - 1)
    for (let l = 0; l < categories; l++) {
      const share = cells[k * categories + l] ?? 0
      squared += (share * (1 - (mean(k) + mean(l)) / 2) ** 2) / (categories - 1) ** 2
    }
  }
  const est = (observed - chance) / (1 - chance)
  const variance =
    (observed * (1 - observed) -
      4 * (1 - est) * (onDiagonal - observed * chance) +
      4 * (1 - est) ** 2 * (squared - chance ** 2)) /
    (n * (1 - chance) ** 2)
  return interval(est, variance, z)
}
