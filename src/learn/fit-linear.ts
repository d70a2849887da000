/**
 * From examples to a linear model, in two steps: the named features alone first, then hashed terms
 * for what they leave open. In one step frequent English words take over what the phrase features
 * know, and languages with few rows lose it.
 */
import type { FeatureVector } from '../judge/model/feature-vector.ts'
import { type Example, fitted } from './example.ts'
import {
  fitLogistic,
  type LinearFit,
  scoreLinear,
  type TrainableVector,
  type TrainingRow,
} from './logistic-regression.ts'

export interface FitOptions {
  densePenalty: number
  termPenalty: number
  /** A term counts only if it stands in examples of so many groups. */
  termGroupsMin: number
  /** Steps of the second fit; until it has converged when absent. */
  termIterations?: number
}

export const defaultFitOptions: FitOptions = {
  densePenalty: 0.5,
  termPenalty: 0.1,
  termGroupsMin: 2,
}

const noDense = new Float64Array(0)

interface Grouped {
  vector: TrainableVector
  group: string
}

/** Buckets that stand in rows of at least so many groups. */
export const frequentTerms = (rows: readonly Grouped[], groupsMin: number): Set<number> => {
  const numbers = new Map<string, number>()
  /** Row by row of `groupsMin` places: the first groups of each bucket, 0 where there is none yet. */
  let seen = new Int32Array(0)
  const kept = new Set<number>()
  const add = (bucket: number, group: number): void => {
    const from = bucket * groupsMin
    if (from >= seen.length) {
      const grown = new Int32Array(2 * (from + groupsMin))
      grown.set(seen)
      seen = grown
    }
    for (let at = from; at < from + groupsMin; at++) {
      if (seen[at] === group) return
      if (seen[at] !== 0) continue
      seen[at] = group
      if (at === from + groupsMin - 1) kept.add(bucket)
      return
    }
  }
  for (const { vector, group } of rows) {
    const number = numbers.get(group) ?? numbers.size + 1
    numbers.set(group, number)
    vector.terms.forEach((_, bucket) => {
      add(bucket, number)
    })
  }
  return kept
}

export const fitInTwoSteps = (
  examples: readonly (Grouped & { positive: boolean; weight: number })[],
  options: FitOptions,
): LinearFit => {
  const penalty = { dense: options.densePenalty, terms: options.termPenalty }
  const rows = examples.map(({ vector, positive, weight }) => ({
    vector,
    target: positive ? 1 : 0,
    weight,
  }))
  const named = fitLogistic(rows, penalty, new Set())
  const rest = rows.map(
    (row): TrainingRow => ({
      ...row,
      vector: { dense: noDense, terms: row.vector.terms },
      offset: scoreLinear(named, { dense: row.vector.dense, terms: new Map() }),
    }),
  )
  const terms = fitLogistic(
    rest,
    penalty,
    frequentTerms(examples, options.termGroupsMin),
    options.termIterations,
  )
  return { bias: named.bias + terms.bias, dense: named.dense, terms: terms.terms }
}

export const fitLinear = (
  examples: readonly Example<FeatureVector>[],
  options: FitOptions = defaultFitOptions,
): { fit: LinearFit; used: Example<FeatureVector>[] } => {
  const used = fitted(examples)
  return { fit: fitInTwoSteps(used, options), used }
}
