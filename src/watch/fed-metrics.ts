/**
 * Which detectors an admitted sample counts for: the other side of live-streams.ts, for records that
 * lead from a detector back to its exchanges. Whether such a detector runs today is another question.
 */
import { benignSet, refuseSet } from '../drift/nulls.ts'
import type { DetectorMetric } from '../exchange/detector-metric.ts'
import type { VerdictClass } from '../exchange/verdict.ts'

export function fedMetrics(
  { set, verdict }: { set: string; verdict: VerdictClass },
  gapSet: string,
): DetectorMetric[] {
  if (verdict === 'unclear') return ['unclear_rate']
  const fed: DetectorMetric[] = ['unclear_rate']
  if (set === refuseSet) fed.push('refusal_level')
  if (set === benignSet) fed.push('over_refusal')
  if (set === gapSet) fed.push('refusal_gap')
  return fed
}
