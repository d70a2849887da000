/** What a report is made from, read and checked already. */
import type { Claim } from '../claims/claim.ts'
import type { EvidenceRecord } from '../evidence/record.ts'
import type { Calibration } from '../judge/calibration.ts'
import type { RunRecord } from '../probe/run-record.ts'
import type { InteractionCounts } from '../profile/interaction-rows.ts'
import type { ProfileRow } from '../profile/row.ts'
import type { History } from '../watch/history.ts'

/** A file that went in, for who wants to make the same report again. */
export interface InputFile {
  name: string
  sha256: string
  holds: string
}

export interface ReportInput {
  /** Epoch milliseconds; `to` is not included. */
  from: number
  to: number
  files: readonly InputFile[]
  /** Of the period, and of some time before it for what had begun already. Undefined: none was given. */
  history: { history: History; origin: string } | undefined
  /** What a running process has counted since its start. Undefined: none was asked. */
  interaction: { counts: InteractionCounts; origin: string } | undefined
  runs: readonly RunRecord[]
  /** Rows that others made: stress tests, profiles of other places. */
  rows: readonly ProfileRow[]
  calibrations: readonly Calibration[]
  claims: readonly Claim[]
  /** Episodes, pins, deployments and starts; undefined: evidence was not given. */
  evidence: readonly EvidenceRecord[] | undefined
  /** As it was typed, for the part that says how to make it again. */
  command: string
}

export const ticksOf = (
  { from, to }: Pick<ReportInput, 'from' | 'to'>,
  tickMs: number,
): { first: number; last: number } => ({
  first: Math.ceil(from / tickMs),
  last: Math.ceil(to / tickMs) - 1,
})
