/** What every kind of detector says of itself; the table of all kinds is detectors.ts. */

import type { DetectorMetric } from '../exchange/detector-metric.ts'

/** How a null is learned from a pinned reference period (learned-null.ts). */
export type Learning =
  /** Upper limit of the mean of D: it becomes g0. */
  | 'mean'
  /** Lower limit of a rate that must not fall: it becomes r0. */
  | 'rate_lower'
  /** Upper limit of a rate that must not rise: it becomes r0. */
  | 'rate_upper'
  /** A score that the reference rarely exceeds. */
  | 'score'
  /** The null is a promise, not an observation: it is configured. */
  | 'configured'

export interface DetectorKind {
  /** The `metric` label. */
  readonly metric: DetectorMetric
  readonly measures: string
  /** hour: the clock's. run: a complete run of the probe set, or of the fixed transcripts. */
  readonly ticks: readonly ('hour' | 'run')[]
  /** The drift null when none is configured or learned. */
  readonly g0: number
  readonly learns: Learning
  /** A detector for each: 1 reads D as it is, -1 its negative. */
  readonly directions: readonly (1 | -1)[]
}

/** The policy: a gap above this is a breach, whatever the baseline was. */
export const breachNullDefault = 0.1

export const asNumber = (flag: boolean): 0 | 1 => (flag ? 1 : 0)
