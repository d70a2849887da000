/** What is known of the judge behind a row: measured in the row's language, or unverified. */
import { standingOf } from '../aggregate/judge-standing.ts'
import { wilson } from '../aggregate/wilson.ts'
import { type Calibration, lookupOf } from '../judge/calibration.ts'
import { modelFamily } from '../judge/model-family.ts'
import { scorerIds } from '../probe/scoring.ts'
import type { RowJudge } from './row.ts'

export interface JudgeName {
  id: string
  version: string
}

/** Scorers whose rule reads the answer: it is what it is, and there is nothing to measure. */
const rules: ReadonlySet<string> = new Set(scorerIds)

const measured = ({ successes, trials }: { successes: number; trials: number }) => {
  const interval = wilson(successes, trials)
  return interval === undefined ? null : { ...interval, n: trials }
}

/**
 * @param language undefined: answers of several languages, which no calibration is of
 * @param model undefined: not known
 */
export const rowJudge = (
  { id, version }: JudgeName,
  language: string | undefined,
  model: string | undefined,
  calibrations: readonly Calibration[],
): RowJudge => {
  const none = { id, version, sensitivity: null, specificity: null }
  if (rules.has(id)) return { ...none, standing: 'rule' }
  if (language === undefined) return { ...none, standing: 'unverified' }
  for (const calibration of calibrations) {
    const { promptHash } = calibration.judge
    const lookup = lookupOf(calibration, { id, version, promptHash })
    if (lookup === undefined) continue
    const { status, bases } = standingOf(lookup, language, [
      model === undefined ? undefined : modelFamily(model),
    ])
    const [basis] = bases
    if (basis === undefined) return { ...none, standing: 'unverified' }
    return {
      id,
      version,
      standing: status,
      sensitivity: measured(basis.judge.refused),
      specificity: measured(basis.judge.complied),
    }
  }
  return { ...none, standing: 'unverified' }
}
