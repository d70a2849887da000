/**
 * Evidence as the monitor thread keeps it: makes records of what the pipeline, the watch, the probes and
 * operators do, and hands them to the writer. Nothing of it is awaited: the disk may be as slow or as
 * full as it likes.
 */
import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { DetectorSpec } from '../drift/detector-spec.ts'
import { evidenceRatio } from '../drift/e-detector.ts'
import { gapSet } from '../drift/nulls.ts'
import { realDisk } from '../evidence/disk.ts'
import type { NewRecord } from '../evidence/record.ts'
import { createEvidenceWriter } from '../evidence/writer.ts'
import { redactionKinds } from '../exchange/probe-run.ts'
import { createDelta, type MetricDelta } from '../metrics/delta.ts'
import { addCounts, type RedactionCounts } from '../probe/fork/redact.ts'
import type { ProbeOperatorRequest } from '../probe/schedule/operator.ts'
import { packageVersion } from '../version.ts'
import type { OperatorAnswer, OperatorRequest } from '../watch/operator.ts'
import type { FoldedTick } from '../watch/watch.ts'
import {
  createExchangeRecords,
  probeRecords,
  type RecordedExchange,
  type RecordedRun,
} from './evidence-records.ts'
import type { EvidenceStageSettings } from './evidence-settings.ts'
import { redactText } from './evidence-text.ts'

export interface EvidenceDeps {
  secret: Uint8Array
  judgeVersion: string
  clock: Clock
}

/** A run of probes with what it opened. */
export interface EndedRun extends RecordedRun {
  outcome: string
  notAsked: number
  suiteVersion: string
  judgeVersion: string
  opened: readonly string[]
  specs: readonly DetectorSpec[]
  threshold: number
}

export interface EvidenceStage {
  exchange(recorded: RecordedExchange): void
  folded(tick: FoldedTick): void
  probesEnded(run: EndedRun): void
  /** After an operator's wish was met. */
  asked(
    request: OperatorRequest | ProbeOperatorRequest,
    answer: OperatorAnswer,
    specs: readonly DetectorSpec[],
  ): void
  /** Milliseconds between two calls of `step`. */
  stepMs: number
  step(): Promise<void>
  take(): MetricDelta
  close(): Promise<void>
}

const dayMs = 86_400_000

export function startEvidence(
  { evidence, tenantHeader, requestSets, after }: EvidenceStageSettings,
  { secret, judgeVersion, clock }: EvidenceDeps,
): EvidenceStage {
  const delta = createDelta()
  const writer = createEvidenceWriter({
    folder: evidence.folder,
    writer: randomBytes(4).toString('hex'),
    disk: realDisk,
    clock,
    bytesMax: evidence.bytesMax,
    ageMaxMs: evidence.ageMaxDays * dayMs,
    segmentBytes: evidence.segmentBytes,
    events: {
      written: (kind) => delta.inc('holdfast_evidence_records_total', { kind }),
      dropped: (reason, count) => delta.inc('holdfast_evidence_dropped_total', { reason }, count),
      failed: (error) => delta.inc('holdfast_evidence_write_errors_total', { error }),
      removed: (count) => delta.inc('holdfast_evidence_removed_segments_total', {}, count),
    },
  })
  const recordOf = createExchangeRecords({
    secret,
    tenantHeader,
    gapSet: gapSet(requestSets),
  })
  const textOf = ({ exchange: { answer }, labels: { prompt } }: RecordedExchange) => {
    if (evidence.text === 'none') return undefined
    const said = answer.text === '' ? answer.refusal : answer.text
    const [asked, answered] = [prompt, said].map((text) => redactText(text, evidence.textBytesMax))
    if (asked === undefined || answered === undefined) return undefined
    const redactions: RedactionCounts = {}
    for (const { counts } of [asked, answered]) addCounts(redactions, counts)
    for (const kind of redactionKinds) {
      const count = redactions[kind] ?? 0
      if (count > 0) delta.inc('holdfast_evidence_redactions_total', { kind }, count)
    }
    const cut = asked.cut || answered.cut
    return { prompt: asked.text, answer: answered.text, cut, redactions: { ...redactions } }
  }
  const monitor = {
    kind: 'monitor',
    holdfast_version: packageVersion,
    judge_version: words(judgeVersion),
  } as const
  writer.append({ ...monitor, event: 'started', ...(after === undefined ? {} : { after }) })
  return {
    exchange: (recorded) => writer.append(recordOf(recorded, textOf(recorded))),
    folded(tick) {
      for (const record of foldRecords(tick)) writer.append(record)
    },
    probesEnded(run) {
      for (const record of runRecords(run)) writer.append(record)
    },
    asked(request, answer, specs) {
      const record = operatorRecord(request, answer, specs)
      if (record !== undefined) writer.append(record)
    },
    stepMs: evidence.flushMs,
    step: () => writer.step(),
    take() {
      const { up, queued, bytes } = writer.state()
      const one = (value: number | undefined) =>
        value === undefined ? [] : [{ labels: {}, value }]
      delta.replace('holdfast_evidence_up', one(up ? 1 : 0))
      delta.replace('holdfast_evidence_queued', one(queued))
      delta.replace('holdfast_evidence_bytes', one(bytes))
      return delta.take()
    },
    async close() {
      writer.append({ ...monitor, event: 'stopped' })
      await writer.close()
    },
  }
}

const wordLengthMax = 256
const words = (text: string): string => text.slice(0, wordLengthMax)

const detectorFields = (spec: DetectorSpec | undefined) =>
  spec === undefined
    ? {}
    : {
        metric: spec.metric,
        null: spec.null,
        language: spec.language,
        set: spec.set,
        g0: spec.wager.g0,
      }

const iso = (ms: number): string => new Date(ms).toISOString()

/** ln M / ln A; undefined beyond what a number holds. */
const ratioOf = (evidence: number | undefined, threshold: number) => {
  const ratio = Math.log(evidence ?? Number.NaN) / Math.log(threshold)
  return Number.isFinite(ratio) ? { evidence_ratio: Math.max(0, ratio) } : {}
}

function foldRecords({ tick, tickMs, threshold, folded, before, specs }: FoldedTick): NewRecord[] {
  const episode = (id: string, event: 'opened' | 'closed'): NewRecord => {
    const state = folded.fleet.detectors.get(id)
    const since = event === 'opened' ? undefined : before.detectors.get(id)?.episode?.openedAt
    return {
      kind: 'episode',
      event,
      detector: id,
      ...detectorFields(specs.find((spec) => spec.id === id)),
      threshold,
      ...(event === 'opened'
        ? ratioOf(folded.reached.get(id), threshold)
        : state === undefined
          ? {}
          : { evidence_ratio: evidenceRatio(state, threshold) }),
      ...(state === undefined
        ? {}
        : { differences: state.differences, active_ticks: state.activeTicks }),
      tick_from: iso(tick * tickMs),
      tick_to: iso((tick + 1) * tickMs),
      ...(since === undefined ? {} : { opened_at: iso(since * tickMs) }),
    }
  }
  const { series } = folded.fleet
  return [
    ...folded.opened.map((id) => episode(id, 'opened')),
    ...folded.closed.map((id) => episode(id, 'closed')),
    ...(folded.modelChanged
      ? [
          {
            kind: 'deployment',
            event: 'seen',
            version: words(series.model),
            series: series.number,
          } as const,
        ]
      : []),
  ]
}

function runRecords(run: EndedRun): NewRecord[] {
  const errors = run.scored.filter(({ outcome }) => outcome.score === 'error').length
  return [
    ...probeRecords(run),
    {
      kind: 'probe_run',
      run: run.id,
      outcome: run.outcome,
      suite_version: words(run.suiteVersion),
      judge_version: words(run.judgeVersion),
      asked: run.scored.length,
      not_asked: run.notAsked,
      errors,
    },
    ...run.opened.map(
      (id): NewRecord => ({
        kind: 'episode',
        event: 'opened',
        detector: id,
        ...detectorFields(run.specs.find((spec) => spec.id === id)),
        threshold: run.threshold,
        run: run.id,
      }),
    ),
  ]
}

/** Undefined: nothing was changed. */
function operatorRecord(
  request: OperatorRequest | ProbeOperatorRequest,
  answer: OperatorAnswer,
  specs: readonly DetectorSpec[],
): NewRecord | undefined {
  if (!answer.ok) return undefined
  const { kind } = request
  if (kind === 'acknowledge' || kind === 'probes_acknowledge') {
    const spec = specs.find(({ id }) => id === request.detector)
    const { detector } = request
    return { kind: 'episode', event: 'acknowledged', detector, ...detectorFields(spec) }
  }
  if (kind === 'baseline_pin') {
    return { kind: 'baseline', event: 'pinned', name: request.name, ...pinned(answer.body) }
  }
  if (kind === 'baseline_use') return { kind: 'baseline', event: 'used', name: request.name }
  if (kind === 'baseline_drop') return { kind: 'baseline', event: 'dropped', name: request.name }
  if (kind === 'deployment') {
    return { kind: 'deployment', event: 'announced', version: request.version }
  }
  return undefined
}

/** As the operator was told. */
function pinned(body: unknown) {
  const fields = new Map(typeof body === 'object' && body !== null ? Object.entries(body) : [])
  const word = (name: string): Record<string, string> => {
    const value: unknown = fields.get(name)
    return typeof value === 'string' ? { [name]: value } : {}
  }
  return { ...word('hash'), ...word('from'), ...word('to') }
}
