/** The evidence store as plain settings, for the thread that writes it. */
import type { EvidenceConfig } from '../config/evidence-schema.ts'
import type { Config } from '../config/schema.ts'
import type { RestartReason } from '../metrics/catalogue.ts'
import type { MetricDelta } from '../metrics/delta.ts'

/** Plain data: it crosses to the thread, and is given again when the thread is started again. */
export interface EvidenceStageSettings {
  evidence: EvidenceConfig & { folder: string }
  tenantHeader: string | undefined
  requestSets: boolean
  /** What ended the thread before. */
  after?: RestartReason
}

/** Undefined: nothing is recorded. */
export function evidenceSettings({
  evidence,
  identity,
  judge,
}: Config): EvidenceStageSettings | undefined {
  const { folder } = evidence
  if (folder === undefined) return undefined
  return {
    evidence: { ...evidence, folder },
    tenantHeader: identity.tenantHeader?.toLowerCase(),
    requestSets: judge.requestSets,
  }
}

/** What the traffic thread applies when the monitor is gone: nobody knows these any more. */
export const evidenceGone: MetricDelta = {
  counts: [],
  observations: [],
  lost: [],
  gauges: (
    ['holdfast_evidence_up', 'holdfast_evidence_queued', 'holdfast_evidence_bytes'] as const
  ).map((name) => ({ name, rows: [] })),
}
