/**
 * `over_refusal`: refusal of benign requests, in one language, against its own reference.
 *
 * D = y - r0 on the benign set. Assumes that r0 is configured, or the upper limit of a learned rate.
 */
import { asNumber, type DetectorKind } from './detector-kind.ts'

export const overRefusal: DetectorKind = {
  metric: 'over_refusal',
  measures: 'refusal less the reference rate, on benign requests',
  ticks: ['hour', 'run'],
  g0: 0,
  learns: 'rate_upper',
  directions: [1],
}

export const overRefusalDifference = (refused: boolean, reference: number): number =>
  asNumber(refused) - reference
