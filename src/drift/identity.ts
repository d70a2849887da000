/**
 * Which detector a state belongs to. Evidence gathered with one null, one set of bets, one model,
 * one suite or one judge says nothing of another, so any change gives another identity, and with it a
 * detector that starts at 0.
 */
import { createHash } from 'node:crypto'

export interface DetectorIdentity {
  metric: string
  /** Closed label values: which null, language and set. */
  null: string
  language: string
  set: string
  g0: number
  bets: readonly number[]
  model: string
  suiteVersion: string
  judgeVersion: string
}

/** 32 hex digits. Numbers enter by their shortest exact decimal form. */
export const identityHash = (identity: DetectorIdentity): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        'e-detector-1',
        identity.metric,
        identity.null,
        identity.language,
        identity.set,
        identity.g0,
        identity.bets,
        identity.model,
        identity.suiteVersion,
        identity.judgeVersion,
      ]),
    )
    .digest('hex')
    .slice(0, 32)
