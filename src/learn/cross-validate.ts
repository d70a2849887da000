/**
 * What a model says of rows it has not seen: the rows are split by group (all answers to one prompt
 * together), and each part is scored by a fit on the other parts. Constructed labels are measured
 * beside the others, never among them.
 */
import { agreement } from '../aggregate/agreement.ts'
import { type Interval, wilson } from '../aggregate/wilson.ts'
import type { Example, Labelled } from './example.ts'
import { foldOf } from './fold.ts'

export interface BinaryFigures {
  n: number
  kappa: Interval | null
  ac1: Interval | null
  sensitivity: Interval | null
  specificity: Interval | null
  positive_rate: { human: number | null; model: number | null }
}

export interface Scored {
  example: Labelled
  /** Log-odds of the positive class by the fit that has not seen the example. */
  score: number
}

export const figuresOf = (scored: readonly Scored[]): BinaryFigures => {
  const table = { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 }
  for (const { example, score } of scored) {
    const says = score > 0
    if (example.positive) table[says ? 'bothYes' : 'firstOnly']++
    else table[says ? 'secondOnly' : 'bothNo']++
  }
  const n = scored.length
  const found = agreement(table)
  return {
    n,
    kappa: found?.kappa ?? null,
    ac1: found?.ac1 ?? null,
    sensitivity: wilson(table.bothYes, table.bothYes + table.firstOnly) ?? null,
    specificity: wilson(table.bothNo, table.bothNo + table.secondOnly) ?? null,
    positive_rate: {
      human: n === 0 ? null : (table.bothYes + table.firstOnly) / n,
      model: n === 0 ? null : (table.bothYes + table.secondOnly) / n,
    },
  }
}

/** `fit` makes of examples what scores others. */
export const crossValidate = <Vector>(
  examples: readonly Example<Vector>[],
  folds: number,
  fit: (rest: readonly Example<Vector>[]) => (vector: Vector) => number,
): Scored[] => {
  const scored: Scored[] = []
  for (let fold = 0; fold < folds; fold++) {
    const held = examples.filter(({ group }) => foldOf(group, folds) === fold)
    const rest = examples.filter(({ group }) => foldOf(group, folds) !== fold)
    if (held.length === 0) continue
    const score = fit(rest)
    for (const example of held) scored.push({ example, score: score(example.vector) })
  }
  return scored
}

/** Figures by the value of `keyOf`; rows without one are left out. Sorted by name. */
export const figuresBy = (
  scored: readonly Scored[],
  keyOf: (example: Labelled) => string | undefined,
): [string, BinaryFigures][] => {
  const groups = new Map<string, Scored[]>()
  for (const row of scored) {
    const key = keyOf(row.example)
    if (key === undefined || key === '') continue
    const group = groups.get(key) ?? []
    groups.set(key, group)
    group.push(row)
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, rows]) => [name, figuresOf(rows)])
}
