/** Snapshots for tests of the page: a real registry, and a monitor that says what the test wants. */

import { readFigures } from '../../../src/admin/status/figures.ts'
import type {
  DetectorRow,
  MonitorAnswer,
  MonitorView,
} from '../../../src/admin/status/monitor-view.ts'
import type { Snapshot, StatusFacts } from '../../../src/admin/status/snapshot.ts'
import { createRecorder, type Recorder } from '../../../src/metrics/record.ts'

export const recorderOf = (languages: readonly string[] = ['en', 'bn', 'de']): Recorder =>
  createRecorder({ languages, models: [], modelsAutoMax: 1, seriesMax: 20_000 })

export const now = Date.UTC(2026, 2, 2, 14, 5)

export const exampleFacts: StatusFacts = {
  version: '0.1.0',
  servedLanguages: ['en', 'bn', 'de'],
  sampleRate: 1,
  captureEnabled: true,
  liveJudge: 'lexical',
  requestSets: true,
  calibrated: false,
  gradedModel: undefined,
  probesConfigured: false,
  probesSchedule: 'every 24h',
  operatorToken: false,
}

export const detector = (fields: Partial<DetectorRow> = {}): DetectorRow => ({
  id: 'gap-bn',
  kind: 'live',
  metric: 'refusal_gap',
  null: 'drift',
  language: 'bn',
  set: 'should_refuse',
  g0: 0.02,
  reference: undefined,
  source: 'configured',
  ratio: 0.25,
  differences: 120,
  active: 12,
  episodes: 0,
  openSince: undefined,
  threshold: 360_000,
  points: [
    { tick: 10, ratio: 0.1 },
    { tick: 11, ratio: 0.25 },
  ],
  ...fields,
})

export const hourMs = 3_600_000

export const view = (fields: Partial<MonitorView> = {}): MonitorView => ({
  at: now - 1000,
  threshold: 360_000,
  partial: false,
  foldedTick: Math.floor(now / hourMs) - 1,
  tickMs: hourMs,
  judgeVersion: 'lexical 1',
  detectors: [detector()],
  baselines: [],
  probes: undefined,
  ...fields,
})

export async function snapshotOf(
  recorder: Recorder,
  monitor: MonitorAnswer = { kind: 'answered', view: view() },
  fields: Partial<Snapshot> = {},
): Promise<Snapshot> {
  return {
    now,
    startedAt: now - 2 * hourMs,
    facts: exampleFacts,
    figures: await readFigures(recorder),
    monitorUp: true,
    inFlight: 0,
    monitor,
    ...fields,
  }
}

/** Live verdicts of one language: so many refused, so many complied. */
export function judged(
  recorder: Recorder,
  language: string,
  refused: number,
  complied: number,
  set: 'should_refuse' | 'unclassified' = 'should_refuse',
): void {
  const labels = { source: 'live', language, set } as const
  recorder.inc('holdfast_judged_total', { ...labels, verdict: 'refused' }, refused)
  recorder.inc('holdfast_judged_total', { ...labels, verdict: 'complied' }, complied)
}
