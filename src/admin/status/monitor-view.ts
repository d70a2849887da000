/**
 * What the monitor thread answers to the page, within a deadline: detectors with their evidence over
 * time, baselines, probes. Many readers share one question. While the monitor is away the last answer
 * is shown with its age, and never as if it were of now.
 */
import type { Clock } from '../../clock.ts'
import { arrayAt, countAt, isJsonObject, stringAt, valueAt } from '../../decode/untrusted-json.ts'
import type { EvidencePoint } from '../../drift/evidence-history.ts'
import type { OperatorAccess } from '../operator-routes.ts'

export interface DetectorRow {
  id: string
  /** Ticks of live traffic, or runs of the probes. */
  kind: 'live' | 'probe'
  metric: string
  null: string
  language: string
  set: string
  g0: number | undefined
  reference: number | undefined
  /** Where the null comes from; undefined: not said. */
  source: string | undefined
  ratio: number
  differences: number
  /** Ticks or runs with data. */
  active: number
  episodes: number
  /** Tick or run that opened the open episode. */
  openSince: number | undefined
  threshold: number | undefined
  points: readonly EvidencePoint[]
}

export interface ProbesView {
  version: string | undefined
  leads: boolean
  running: boolean
  stopped: { reason: string; at: string | undefined } | undefined
  completeRuns: number | undefined
  lastDue: string | undefined
  nextDue: string | undefined
}

export interface MonitorView {
  /** When it was answered, epoch milliseconds. */
  at: number
  threshold: number | undefined
  partial: boolean
  foldedTick: number | undefined
  tickMs: number | undefined
  judgeVersion: string | undefined
  detectors: readonly DetectorRow[]
  /** Undefined: the store did not say. */
  baselines: readonly { name: string; active: boolean }[] | undefined
  /** Undefined: no probes are configured. */
  probes: ProbesView | undefined
}

export type MonitorAnswer =
  | { kind: 'answered'; view: MonitorView }
  /** Detectors are switched off. */
  | { kind: 'off' }
  /** `last`: what it said before, if it ever did. */
  | { kind: 'silent'; reason: string; last: MonitorView | undefined }

export interface MonitorReaderOptions {
  ask: OperatorAccess['ask']
  clock: Clock
  /** Answers of this age are shown again. */
  freshMs?: number
  deadlineMs?: number
}

const freshDefaultMs = 1000
const deadlineDefaultMs = 1500

export function createMonitorReader(options: MonitorReaderOptions): () => Promise<MonitorAnswer> {
  const { clock, freshMs = freshDefaultMs, deadlineMs = deadlineDefaultMs } = options
  let last: MonitorView | undefined
  let kept: { at: number; answer: MonitorAnswer } | undefined
  let running: Promise<MonitorAnswer> | undefined
  const read = async (): Promise<MonitorAnswer> => {
    const answer = await within(deadlineMs, askAll(options.ask, clock))
    if (answer.kind === 'answered') last = answer.view
    const told = answer.kind === 'silent' ? { ...answer, last } : answer
    kept = { at: clock.monotonic(), answer: told }
    return told
  }
  return () => {
    if (kept !== undefined && clock.monotonic() - kept.at < freshMs) {
      return Promise.resolve(kept.answer)
    }
    running ??= read().finally(() => {
      running = undefined
    })
    return running
  }
}

const silent = (reason: string): MonitorAnswer => ({ kind: 'silent', reason, last: undefined })

async function within(deadlineMs: number, answer: Promise<MonitorAnswer>): Promise<MonitorAnswer> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<MonitorAnswer>((resolve) => {
    timer = setTimeout(() => resolve(silent('no answer in time')), deadlineMs)
  })
  try {
    return await Promise.race([answer.catch(() => silent('the question failed')), late])
  } finally {
    clearTimeout(timer)
  }
}

async function askAll(ask: OperatorAccess['ask'], clock: Clock): Promise<MonitorAnswer> {
  const [own, histories, baselines, probes, runHistories] = await Promise.all([
    ask({ kind: 'detectors' }),
    ask({ kind: 'detector_histories' }),
    ask({ kind: 'baseline_list' }),
    ask({ kind: 'probes_show' }),
    ask({ kind: 'probe_histories' }),
  ])
  if (!own.ok) return own.failure === 'not_found' ? { kind: 'off' } : silent(own.reason)
  const live = detectorRows(own.body, 'live', historiesOf(histories))
  const ofRuns = probes.ok ? detectorRows(probes.body, 'probe', historiesOf(runHistories)) : []
  const listed = baselines.ok ? arrayAt(baselines.body, 'baselines') : undefined
  return {
    kind: 'answered',
    view: {
      at: clock.now(),
      threshold: numberAt(own.body, 'threshold'),
      partial: valueAt(own.body, 'partial') === true,
      foldedTick: countAt(own.body, 'folded_tick'),
      tickMs: countAt(own.body, 'tick_ms'),
      judgeVersion: stringAt(own.body, 'judge_version'),
      detectors: [...live, ...ofRuns],
      baselines: listed?.map((one) => ({
        name: stringAt(one, 'name') ?? '',
        active: valueAt(one, 'active') === true,
      })),
      probes: probes.ok ? probesOf(probes.body) : undefined,
    },
  }
}

type Histories = ReadonlyMap<unknown, unknown>

const historiesOf = (answer: Awaited<ReturnType<OperatorAccess['ask']>>): Histories => {
  const found = answer.ok ? valueAt(answer.body, 'histories') : undefined
  return found instanceof Map ? found : new Map()
}

const numberAt = (value: unknown, key: string): number | undefined => {
  const found = valueAt(value, key)
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

const pointsOf = (value: unknown): EvidencePoint[] =>
  (Array.isArray(value) ? value : []).flatMap((point: unknown) => {
    const tick = countAt(point, 'tick')
    const ratio = numberAt(point, 'ratio')
    return tick === undefined || ratio === undefined ? [] : [{ tick, ratio }]
  })

function detectorRows(
  body: unknown,
  kind: DetectorRow['kind'],
  histories: Histories,
): DetectorRow[] {
  const threshold = numberAt(body, 'threshold')
  return (arrayAt(body, 'detectors') ?? []).filter(isJsonObject).map((row) => {
    const id = stringAt(row, 'id') ?? ''
    return {
      id,
      kind,
      metric: stringAt(row, 'metric') ?? '',
      null: stringAt(row, 'null') ?? '',
      language: stringAt(row, 'language') ?? '',
      set: stringAt(row, 'set') ?? '',
      g0: numberAt(row, 'g0'),
      reference: numberAt(row, 'reference'),
      source: stringAt(row, 'source'),
      ratio: numberAt(row, 'evidence_ratio') ?? 0,
      differences: countAt(row, 'differences') ?? 0,
      active: countAt(row, kind === 'live' ? 'active_ticks' : 'runs') ?? 0,
      episodes: countAt(row, 'episodes') ?? 0,
      openSince: countAt(row, kind === 'live' ? 'open_since_tick' : 'open_since_run'),
      threshold,
      points: pointsOf(histories.get(id)),
    }
  })
}

function probesOf(body: unknown): ProbesView {
  const stopped = valueAt(body, 'stopped')
  const reason = stringAt(stopped, 'reason')
  return {
    version: stringAt(body, 'version'),
    leads: valueAt(body, 'leads') === true,
    running: valueAt(body, 'running') === true,
    stopped: reason === undefined ? undefined : { reason, at: stringAt(stopped, 'at') },
    completeRuns: countAt(body, 'complete_runs'),
    lastDue: stringAt(body, 'last_due'),
    nextDue: stringAt(body, 'next_due'),
  }
}
