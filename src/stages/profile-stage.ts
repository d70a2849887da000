/**
 * The alignment profile as the monitor thread tells it: rows of live traffic of the last week, from the
 * ticks that the fleet has folded, and rows of scheduled runs, which are kept in the store that the
 * fleet shares. Both are made of counts; no text of a probe or an answer is in them.
 */
import type { Clock } from '../clock.ts'
import type { Calibration } from '../judge/calibration.ts'
import { createDelta, type MetricDelta } from '../metrics/delta.ts'
import type { Category } from '../probe/category.ts'
import type { ForkPair } from '../probe/fork/fork-run.ts'
import type { RunAnswer } from '../probe/run-record.ts'
import { probeKeys } from '../probe/schedule/keys.ts'
import { forkRows } from '../profile/fork-rows.ts'
import { instrumentsOf } from '../profile/instruments.ts'
import {
  type KeptRows,
  keepRows,
  keptRowsMs,
  keptRowsText,
  readKeptRows,
} from '../profile/kept-rows.ts'
import { liveRows } from '../profile/live-rows.ts'
import { profileJson } from '../profile/profile-file.ts'
import type { ProfileRow } from '../profile/row.ts'
import { runRows } from '../profile/run-rows.ts'
import { liveJudge } from '../profile/segments.ts'
import type { Store, Stored, StoreError } from '../state/store.ts'
import { readHistory } from '../watch/history.ts'
import type { OperatorAnswer } from '../watch/operator.ts'
import type { WatchStageSettings } from './watch-stage.ts'

/** A scheduled run that was complete. */
export interface ProfiledRun {
  id: string
  model: string
  /** By `answerKey`. */
  answers: ReadonlyMap<string, RunAnswer>
  forks: readonly ForkPair[]
  suites: ReadonlyMap<Category, { version: string; hash: string }>
  /** Names the judges that read refusals, the one that is measured last. */
  judgeVersion: string
}

export interface ProfileStage {
  /** Milliseconds between two calls of `step`. */
  stepMs: number
  /** Looks again when there may be something new. */
  step: () => Promise<void>
  ended: (run: ProfiledRun) => void
  ask: () => Promise<OperatorAnswer>
  take: () => MetricDelta
  /** Waits for what is being written. */
  close: () => Promise<void>
}

export interface ProfileStageDeps {
  store: Pick<Store, 'read' | 'transact'>
  calibration: Calibration | undefined
  clock: Clock
}

const liveMs = 7 * 86_400_000
/** With ticks of seconds a week is more entries than a store reads while somebody waits. */
const liveTicksMax = 2000
/** Rows of this age are told again: as long as a tick, within these bounds. */
const [freshMsMin, freshMsMax] = [10_000, 60_000] as const
/** Nobody has asked: a fleet of many replicas must not read a week of ticks every minute. */
const lookMsMin = 300_000
/** The same while there is no row yet: there is nothing to read then. */
const emptyMsMin = 20_000
/** Series of the metric, whatever rows there are; what is cut is counted. */
const instrumentsMax = 200

export function createProfileStage(
  settings: Pick<WatchStageSettings, 'watch' | 'languages' | 'requestSets'>,
  { store, calibration, clock }: ProfileStageDeps,
): ProfileStage {
  const delta = createDelta({ setsMax: instrumentsMax, observationsMax: 1 })
  const calibrations = calibration === undefined ? [] : [calibration]
  const { tickMs } = settings.watch
  const freshMs = Math.min(freshMsMax, Math.max(freshMsMin, tickMs))
  const readKept = createKeptReader()
  let view: { at: number; rows: readonly ProfileRow[] } | undefined
  let looking: Promise<Stored<readonly ProfileRow[]>> | undefined
  let writing: Promise<void> = Promise.resolve()
  let writes = 0

  const failed = (error: StoreError) => {
    delta.inc('holdfast_state_errors_total', { error })
    return { ok: false, error } as const
  }
  const badEntries = (count: number): void => {
    if (count > 0) delta.inc('holdfast_state_bad_entries_total', {}, count)
  }
  const live = async (): Promise<Stored<ProfileRow[]>> => {
    const { watch, languages, requestSets } = settings
    const ticks = Math.min(liveTicksMax, Math.ceil(liveMs / tickMs))
    const from = Math.floor(clock.now() / tickMs) - ticks + 1
    const read = await readHistory(
      store,
      { ...watch, languages, requestSets },
      { from, to: undefined },
    )
    if (!read.ok) return read
    const { records, unreadable } = read.history
    badEntries(unreadable)
    const source = { records, tickMs, languages, requestSets, origin: 'GET /history' }
    return { ok: true, value: liveRows(source, calibrations) }
  }
  const look = async (): Promise<Stored<readonly ProfileRow[]>> => {
    const before = writes
    const ofTraffic = await live()
    if (!ofTraffic.ok) return failed(ofTraffic.error)
    const kept = await store.read([probeKeys.profile])
    if (!kept.ok) return failed(kept.error)
    const { rows: ofRuns, unreadable } = readKept(kept.value.get(probeKeys.profile))
    badEntries(unreadable)
    const rows = [...ofTraffic.value, ...ofRuns]
    // What was read while a run was being written may lack it.
    view = before === writes ? { at: clock.monotonic(), rows } : undefined
    const labels = instrumentsOf(rows)
    delta.replace(
      'holdfast_profile_info',
      labels.map((one) => ({ labels: one, value: 1 })),
    )
    return { ok: true, value: rows }
  }
  const rowsOf = (ageMs: number): Promise<Stored<readonly ProfileRow[]>> => {
    if (view !== undefined && clock.monotonic() - view.at < ageMs) {
      return Promise.resolve({ ok: true, value: view.rows })
    }
    // A row that cannot be made is no reason to end the thread that reads traffic.
    looking ??= look()
      .catch(() => failed('other'))
      .finally(() => {
        looking = undefined
      })
    return looking
  }
  const write = async (made: readonly ProfileRow[]): Promise<void> => {
    const now = clock.now()
    const key = probeKeys.profile
    // The newest run wins, whoever writes it last: it needs no fence.
    const written = await store.transact<number>({ values: [key], parts: [] }, ({ values }) => {
      const { rows, unreadable } = readKeptRows(values.get(key))
      const value = keptRowsText(keepRows(rows, made, now))
      return { result: unreadable, writes: { set: [{ key, value, ttlMs: keptRowsMs }] } }
    })
    if (written.ok) badEntries(written.value)
    else failed(written.error)
    writes++
    view = undefined
  }
  return {
    stepMs: 5000,
    async step() {
      const isEmpty = view?.rows.length === 0
      await rowsOf(Math.max(isEmpty ? emptyMsMin : lookMsMin, tickMs / 4))
    },
    ended(run) {
      const made = rowsOfRun(run, calibrations, clock.now())
      writing = writing.then(() => write(made))
    },
    async ask() {
      await writing
      const read = await rowsOf(freshMs)
      if (read.ok) return { ok: true, body: profileJson(read.value) }
      return {
        ok: false,
        failure: 'unavailable',
        reason: `the state store failed: ${read.error}`,
      }
    },
    take: () => delta.take(),
    close: () => writing,
  }
}

/** Rows change with a run and are looked at far more often: holding many to their schema takes time. */
function createKeptReader(): (text: string | undefined) => KeptRows {
  let last: { text: string | undefined; kept: KeptRows } | undefined
  return (text) => {
    if (last === undefined || last.text !== text) last = { text, kept: readKeptRows(text) }
    return last.kept
  }
}

function rowsOfRun(
  { id, model, answers, forks, suites, judgeVersion }: ProfiledRun,
  calibrations: readonly Calibration[],
  now: number,
): ProfileRow[] {
  const trace = `scheduled run ${id}`
  const ofAnswers = runRows({ file: trace, run: id, model, answers, torn: false }, calibrations)
  const first = Math.min(now, ...Array.from(answers.values(), ({ at }) => at ?? now))
  const window = { from: new Date(first).toISOString(), to: new Date(now + 1).toISOString() }
  const judge = liveJudge(judgeVersion)
  const source = { run: id, trace, model, window, judge, suites }
  return [...ofAnswers, ...forkRows(forks, source, calibrations)]
}
