/**
 * `repeat_flip`: near-duplicate prompts of one user that got another verdict (retry until it
 * complies).
 *
 * D = 1{verdict flips} - r0. Assumes that r0 is configured, or the upper limit of a learned rate, and
 * that at most three samples of a user and day come in: one user who retries all day is no drift.
 */
import { asNumber, type DetectorKind } from './detector-kind.ts'

export const repeatFlip: DetectorKind = {
  metric: 'repeat_flip',
  measures: 'changed verdicts between near-duplicate prompts less the reference rate',
  ticks: ['hour'],
  g0: 0,
  learns: 'rate_upper',
  directions: [1],
}

export const flipDifference = (flipped: boolean, reference: number): number =>
  asNumber(flipped) - reference
