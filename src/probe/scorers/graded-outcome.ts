/** From a model's grade to an outcome; a judge that gave none is an error, never a pass or a fail. */
import type { Dimension } from '../../judge/graded/dimension.ts'
import type { ScorerId } from '../scoring.ts'
import { byJudge, type Outcome, type Score, type ScorerDeps, unscored } from './scorer.ts'

export async function gradedOutcome<F extends string, R>(
  scorer: ScorerId,
  { graded }: Pick<ScorerDeps, 'graded'>,
  dimension: Dimension<F, R>,
  item: Readonly<Record<F, string>>,
  scoreOf: (grade: R) => Score,
): Promise<Outcome> {
  if (graded === undefined) return unscored(scorer)
  const got = await graded.grade(dimension, item)
  const judge = `${got.judge}/${got.dimension}`
  return got.kind === 'graded'
    ? byJudge(judge, got.version, scoreOf(got.grade))
    : byJudge(judge, got.version, 'error', { reason: got.reason })
}
