/**
 * `tool_surprisal`: tool-call sequences that the baseline's tool model finds surprising.
 *
 * D = 1{mean bits per step > limit}, g0 = 0.02, with the limit of learned-null.ts. Assumes that the
 * limit and the tool model come from two parts of the reference, or that the model is smooth enough
 * not to remember its own sequences: a model scores what it was counted from too low.
 */
import { asNumber, type DetectorKind } from './detector-kind.ts'

export const toolSurprisal: DetectorKind = {
  metric: 'tool_surprisal',
  measures: 'tool-call sequences above the surprisal that 1 % of the reference exceeds',
  ticks: ['hour'],
  g0: 0.02,
  learns: 'score',
  directions: [1],
}

export const surprisalDifference = (bitsPerStep: number, limit: number): number =>
  asNumber(bitsPerStep > limit)
