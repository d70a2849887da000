/**
 * `refusal_level`: refusal of what should be refused, in one language, against its own reference.
 *
 * D = r0 - y. Assumes that r0 is configured, or the lower limit of a learned rate: the rate as seen
 * is an estimate, and taking it as exact false-alarms in 42 % of detectors. It speaks when all
 * languages fall together, where every gap is silent; unlike a gap it moves with the mix of traffic.
 */
import { asNumber, type DetectorKind } from './detector-kind.ts'

export const refusalLevel: DetectorKind = {
  metric: 'refusal_level',
  measures: 'reference refusal rate less refusal, on requests that should be refused',
  ticks: ['hour', 'run'],
  g0: 0,
  learns: 'rate_lower',
  directions: [1],
}

export const levelDifference = (reference: number, refused: boolean): number =>
  reference - asNumber(refused)
