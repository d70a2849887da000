/**
 * From examples to a linear model, in two steps: the named features alone first, then hashed terms
 * for what they leave open. In one step frequent English words take over what the phrase features
 * know, and languages with few rows lose it.
 */
import { hashText } from '../judge/model/hashed-terms.ts'
import type { Example } from './example.ts'
import {
  fitLogistic,
  type LinearFit,
  scoreLinear,
  type TrainingRow,
} from './logistic-regression.ts'

export interface FitOptions {
  densePenalty: number
  termPenalty: number
  /** A term counts only if it stands in examples of so many groups. */
  termGroupsMin: number
}

export const defaultFitOptions: FitOptions = {
  densePenalty: 0.5,
  termPenalty: 0.1,
  termGroupsMin: 2,
}

const noDense = new Float64Array(0)

const frequentTerms = (examples: readonly Example[], groupsMin: number): Set<number> => {
  const groups = new Map<number, Set<string>>()
  for (const { vector, group } of examples) {
    for (const bucket of vector.terms.keys()) {
      const seen = groups.get(bucket) ?? new Set<string>()
      groups.set(bucket, seen)
      if (seen.size < groupsMin) seen.add(group)
    }
  }
  const kept = new Set<number>()
  for (const [bucket, seen] of groups) if (seen.size >= groupsMin) kept.add(bucket)
  return kept
}

const fitOnce = (examples: readonly Example[], options: FitOptions): LinearFit => {
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
  const terms = fitLogistic(rest, penalty, frequentTerms(examples, options.termGroupsMin))
  return { bias: named.bias + terms.bias, dense: named.dense, terms: terms.terms }
}

/** Examples of weight 0 and constructed ones are for measuring only. */
export const fitLinear = (
  examples: readonly Example[],
  options: FitOptions = defaultFitOptions,
): { fit: LinearFit; used: Example[] } => {
  const used = examples.filter(({ weight, constructed }) => weight > 0 && !constructed)
  return { fit: fitOnce(used, options), used }
}

/** The fold of a group: by hash, so that it depends on nothing but the group. */
export const foldOf = (group: string, folds: number): number => hashText(group, 7) % folds
