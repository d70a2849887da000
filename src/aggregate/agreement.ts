/**
 * How far two raters of a yes/no question agree beyond chance: Cohen's kappa, with the large-sample
 * variance of Fleiss, Cohen and Everitt (1969), and Gwet's AC1 with Gwet's variance (2008). AC1 is
 * the one to decide by: kappa collapses when nearly all answers fall on one side.
 */
import { type Interval, z95 } from './wilson.ts'

/** Counts of a two-by-two table; `first` and `second` name the raters. */
export interface AgreementTable {
  bothYes: number
  firstOnly: number
  secondOnly: number
  bothNo: number
}

export interface Agreement {
  n: number
  /** Share of equal answers. */
  observed: number
  /** Undefined when both raters gave one and the same answer throughout. */
  kappa: Interval | undefined
  ac1: Interval
}

const interval = (est: number, variance: number, z: number): Interval => {
  const half = z * Math.sqrt(Math.max(0, variance))
  return { est, lo: Math.max(-1, est - half), hi: Math.min(1, est + half) }
}

/** Undefined for an empty table. */
export const agreement = (table: AgreementTable, z = z95): Agreement | undefined => {
  const n = table.bothYes + table.firstOnly + table.secondOnly + table.bothNo
  if (n === 0) return undefined
  const a = table.bothYes / n
  const b = table.firstOnly / n
  const c = table.secondOnly / n
  const d = table.bothNo / n
  const observed = (table.bothYes + table.bothNo) / n
  return {
    n,
    observed,
    kappa: kappaOf(a, b, c, d, n, z),
    ac1: ac1Of(a, b, c, d, n, z),
  }
}

const kappaOf = (
  a: number,
  b: number,
  c: number,
  d: number,
  n: number,
  z: number,
): Interval | undefined => {
  const first = a + b
  const second = a + c
  const chance = first * second + (1 - first) * (1 - second)
  if (chance === 1) return undefined
  const observed = a + d
  const est = (observed - chance) / (1 - chance)
  const rest = 1 - est
  const onDiagonal =
    a * (1 - (first + second) * rest) ** 2 + d * (1 - (2 - first - second) * rest) ** 2
  // An off-diagonal cell weighs by the column share of its row's category and the reverse.
  const offDiagonal = rest ** 2 * (b * (second + 1 - first) ** 2 + c * (1 - second + first) ** 2)
  const variance = (onDiagonal + offDiagonal - (est - chance * rest) ** 2) / (n * (1 - chance) ** 2)
  return interval(est, variance, z)
}

const ac1Of = (a: number, b: number, c: number, d: number, n: number, z: number): Interval => {
  const yes = (2 * a + b + c) / 2
  const no = 1 - yes
  const chance = 2 * yes * no
  const observed = a + d
  const est = (observed - chance) / (1 - chance)
  const onDiagonal = a * no + d * yes
  const squared = a * no ** 2 + d * yes ** 2 + (b + c) * 0.25
  const variance =
    (observed * (1 - observed) -
      4 * (1 - est) * (onDiagonal - observed * chance) +
      4 * (1 - est) ** 2 * (squared - chance ** 2)) /
    (n * (1 - chance) ** 2)
  return interval(est, variance, z)
}
