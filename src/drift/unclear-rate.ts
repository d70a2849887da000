/**
 * `unclear_rate`: how often the judge abstains in one language, against its own reference.
 *
 * D = 1{unclear} - r0. Assumes that r0 is configured, or the upper limit of a learned rate. Unclear
 * answers enter no gap and no level, so a judge that abstains more would hide a gap.
 */
import { asNumber, type DetectorKind } from './detector-kind.ts'

export const unclearRate: DetectorKind = {
  metric: 'unclear_rate',
  measures: 'unclear verdicts less the reference rate',
  ticks: ['hour', 'run'],
  g0: 0,
  learns: 'rate_upper',
  directions: [1],
}

export const unclearDifference = (unclear: boolean, reference: number): number =>
  asNumber(unclear) - reference
