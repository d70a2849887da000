/**
 * One detector that runs: its labels, its null, and the identity its evidence is kept under. Built
 * from the configuration, the baseline in force and the model's series; a change of any of them is
 * another identity, and with it a detector that starts at 0.
 */
import type { DetectorMetric, DetectorSet, NullKind } from '../exchange/detector-metric.ts'
import { createWager, defaultBets, type Wager } from './e-detector.ts'
import { type DetectorIdentity, identityHash } from './identity.ts'

export interface DetectorSpec {
  readonly id: string
  readonly metric: DetectorMetric
  readonly null: NullKind
  readonly language: string
  readonly set: DetectorSet
  readonly wager: Wager
  /** The rate or score that D is taken against (r0, a surprisal limit); undefined: D needs none. */
  readonly reference: number | undefined
  /** Where the null comes from. */
  readonly source: 'configured' | 'learned'
}

/** What all detectors of a configuration share. */
export interface SeriesIdentity {
  model: string
  suiteVersion: string
  judgeVersion: string
}

export interface SpecRequest {
  metric: DetectorMetric
  null: NullKind
  language: string
  set: DetectorSet
  g0: number
  reference?: number | undefined
  source: 'configured' | 'learned'
}

export const createSpec = (request: SpecRequest, series: SeriesIdentity): DetectorSpec => {
  const { metric, language, set, g0, reference, source } = request
  const identity: DetectorIdentity = {
    // The reference is a part of the null: r0 moves D as g0 moves the bet.
    metric: reference === undefined ? metric : `${metric}:${reference}`,
    null: request.null,
    language,
    set,
    g0,
    bets: defaultBets,
    ...series,
  }
  return {
    id: identityHash(identity),
    metric,
    null: request.null,
    language,
    set,
    wager: createWager(g0),
    reference,
    source,
  }
}
