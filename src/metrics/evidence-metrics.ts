/** Metrics of the evidence store (docs/evidence.md); gauges are absent where none is configured. */
import { evidenceDrops, evidenceErrors, evidenceKinds } from '../exchange/evidence.ts'
import { redactionKinds } from '../exchange/probe-run.ts'
import type { MetricDefinition } from './domains.ts'

export const evidenceMetrics = {
  holdfast_evidence_up: {
    type: 'gauge',
    help: '1 while evidence can be written; 0 while the disk refuses it and the next attempt is awaited.',
    labels: {},
    absent: true,
  },
  holdfast_evidence_records_total: {
    type: 'counter',
    help: 'Records that are on the disk and synced.',
    labels: { kind: evidenceKinds },
  },
  holdfast_evidence_dropped_total: {
    type: 'counter',
    help: 'Records that were not written. disk: the disk refused them for longer than the queue holds; forgotten: removed on request.',
    labels: { reason: evidenceDrops },
  },
  holdfast_evidence_write_errors_total: {
    type: 'counter',
    help: 'Operations of the file system that failed, by its code.',
    labels: { error: evidenceErrors },
  },
  holdfast_evidence_removed_segments_total: {
    type: 'counter',
    help: 'Segments removed because of their age or the size of the folder.',
    labels: {},
  },
  holdfast_evidence_redactions_total: {
    type: 'counter',
    help: 'Personal fields taken out of texts before they were queued, by kind.',
    labels: { kind: redactionKinds },
  },
  holdfast_evidence_queued: {
    type: 'gauge',
    help: 'Records that are not synced yet: what a crash would cost now.',
    labels: {},
    absent: true,
  },
  holdfast_evidence_bytes: {
    type: 'gauge',
    help: 'All segments of the folder together; bounded by evidence.bytes_max.',
    labels: {},
    absent: true,
  },
} as const satisfies Record<string, MetricDefinition>
