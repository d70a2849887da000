/**
 * Runs the detectors over live traffic: takes judged exchanges, keeps this replica's part of every
 * tick, writes it to the shared store, folds what is due and hands gauges over. It waits for the
 * store, never the pipeline for it: while the store is away samples go on being counted within
 * bounds, figures are marked partial, and what was held is written when it is back.
 */
import type { Clock } from '../clock.ts'
import type { Baseline } from '../drift/baseline.ts'
import { countDropped } from '../drift/behaviour-counts.ts'
import { learnedNullAlpha, thresholdFor } from '../drift/budget.ts'
import type { DetectorSpec, SeriesIdentity } from '../drift/detector-spec.ts'
import { evidenceRatio } from '../drift/e-detector.ts'
import { createEvidenceHistory, type EvidenceHistory } from '../drift/evidence-history.ts'
import { emptyFleet, type FleetState, type ModelSeries } from '../drift/fleet-state.ts'
import type { FoldedFleet } from '../drift/fold.ts'
import { type LivePair, refusalGap } from '../drift/live-pairing.ts'
import { liveDetectors } from '../drift/nulls.ts'
import { handOverTo } from '../drift/tick-part.ts'
import type { TickRecord } from '../drift/tick-record.ts'
import { ToolNames } from '../drift/tool-names.ts'
import { meanBits, type ToolWatch, watchTools } from '../drift/tool-watch.ts'
import type { AdmissionOutcome, LostReason } from '../exchange/drift-sample.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Admission, AdmissionRequest } from '../sample/admission.ts'
import type { ToolAdmission } from '../sample/tool-admission.ts'
import type { Store, Stored, StoreError } from '../state/store.ts'
import { emptyIndex } from './baseline-index.ts'
import { createFleetStore, type FleetStore, type FleetView } from './fleet-store.ts'
import { createHeldTicks } from './held-ticks.ts'
import {
  bookKey,
  createBook,
  createLiveStreams,
  type DetectorBook,
  type WatchedSample,
} from './live-streams.ts'
import { flushMsOf, ticksPerHorizon, type WatchSettings } from './settings.ts'
import { createTicks, openTicks } from './ticks.ts'
import { toolModels } from './tool-models.ts'

/** What happened, for counters; no value is a text of a user. */
export interface WatchEvents {
  admission(outcome: AdmissionOutcome): void
  paired(pair: LivePair): void
  /** Samples that reached no detector: their tick had been folded, or was held too long. */
  lost(reason: LostReason, samples: number): void
  storeFailed(error: StoreError): void
  badEntry(): void
  clockJumped(): void
  folded(opened: number, tick: FoldedTick): void
}

/** What a fold of this replica changed, with the detectors as they were then. */
export interface FoldedTick {
  tick: number
  tickMs: number
  threshold: number
  folded: FoldedFleet
  before: FleetState
  specs: readonly DetectorSpec[]
}

export interface WatchOptions {
  settings: WatchSettings
  languages: readonly string[]
  requestSets: boolean
  judgeVersion: string
  store: Store
  /** This replica's name in the store; another one after every start. */
  writer: string
  admission: Admission
  toolAdmission: ToolAdmission
  clock: Clock
  events: WatchEvents
}

/** What is known now, for gauges and answers. */
export interface WatchReport {
  threshold: number
  alpha: number
  /** Undefined before the store answered first. */
  view: FleetView | undefined
  baseline: Baseline | undefined
  specs: readonly DetectorSpec[]
  /** Ticks of the last week (or the last 168), oldest first. */
  recent: readonly TickRecord[]
  /** True while what is shown may miss samples: the store is away or lost something, or a fold is overdue. */
  partial: boolean
}

export interface WatchedTools extends ToolWatch {
  /** It counts for a detector. */
  admitted: boolean
}

export interface Watch {
  observe(sample: WatchedSample, request: AdmissionRequest, model: string): AdmissionOutcome
  /** An exchange that ended without a verdict: what a report calls not looked at. */
  dropped(stage: string, reason: string): void
  /** A near-duplicate prompt of one user: whether its verdict was another one. */
  flip(flipped: boolean): void
  /** @param calls of the whole trajectory, the answer's included */
  observeTools(exchange: Exchange, conversationKey: string, calls: number): WatchedTools
  /** Writes, folds and reads as is due. One call at a time; a call while one runs does nothing. */
  step(): Promise<void>
  report(): WatchReport
  fleet: FleetStore
  /** Evidence of the ticks that this replica saw since it started. */
  history: Pick<EvidenceHistory, 'all'>
  /** Reads the store again, after a change of it. */
  refresh(): Promise<void>
  /** Writes what is held. */
  close(): Promise<void>
}

const heldTicksMax = 48
const recentTicksMax = 168
const freshMs = 3_600_000
const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 86_400_000

export const createWatch = (options: WatchOptions): Watch => {
  const { settings, languages, requestSets, judgeVersion, store, clock, events } = options
  const { tickMs, graceMs, detectorsMax, falsePages } = settings
  const budget = { detectors: detectorsMax, ticks: ticksPerHorizon(tickMs), falsePages }
  const threshold = thresholdFor(budget)
  const alpha = learnedNullAlpha(budget)
  const fleet = createFleetStore({
    store,
    writer: options.writer,
    judgeVersion,
    fold: {
      threshold,
      quietTicks: settings.episodeQuietTicks,
      forgetTicks: Math.ceil(ticksPerHorizon(tickMs)),
      gapDetector: (language, set) => book.get(bookKey(refusalGap.metric, language, set)),
    },
    partTtlMs: Math.max(hourMs, 2 * heldTicksMax * tickMs),
    historyTtlMs: settings.historyDays * dayMs,
    onBadEntry: () => events.badEntry(),
  })
  const ticks = createTicks({
    clock,
    tickMs,
    // Replicas do not all come at once.
    graceMs: graceMs * (1 + jitterOf(options.writer)),
    onJump: () => events.clockJumped(),
  })
  const held = createHeldTicks(options.writer, heldTicksMax, (samples) =>
    events.lost('held_too_long', samples),
  )
  const streams = createLiveStreams({ languages, requestSets, windowMs: freshMs })
  // Within the grace after a loss every replica has looked, and put back what it knows.
  const refreshMs = Math.max(flushMsOf(tickMs), Math.min(minuteMs, tickMs, graceMs / 2))

  let view: FleetView | undefined
  let viewedAt = Number.NEGATIVE_INFINITY
  let baseline: Baseline | undefined
  /** The baseline that the detectors were built with. */
  let builtWith: Baseline | undefined
  let specs: readonly DetectorSpec[] = []
  let book: DetectorBook = new Map()
  let recent: TickRecord[] = []
  const history = createEvidenceHistory()
  const openNames = new ToolNames()
  let models = toolModels(undefined, [], openNames)
  let foldedThrough = Number.NEGATIVE_INFINITY
  let failing = false
  /** Until then others may still put back what the store has lost; nothing is folded on less. */
  let restoringUntil = Number.NEGATIVE_INFINITY
  let running: Promise<void> | undefined

  const use = (next: FleetView): void => {
    const changed =
      view === undefined ||
      view.fleet.series.number !== next.fleet.series.number ||
      baseline !== builtWith
    view = next
    const { foldedTick, receipts } = next.fleet
    const late = held.settle(foldedTick, receipts)
    if (late > 0) events.lost('late', late)
    if (changed) rebuild(next)
    if (foldedTick !== undefined) {
      const { detectors } = next.fleet
      const ratioOf = ({ id }: DetectorSpec): number => {
        const state = detectors.get(id)
        return state === undefined ? 0 : evidenceRatio(state, threshold)
      }
      history.record(foldedTick, new Map(specs.map((spec) => [spec.id, ratioOf(spec)])))
    }
  }
  const remember = (records: readonly TickRecord[]): void => {
    recent = [...recent, ...records].slice(-recentTicksMax)
    models = toolModels(baseline, recent, openNames)
  }
  const rebuild = ({ fleet: { series } }: FleetView): void => {
    builtWith = baseline
    specs = liveDetectors({
      languages,
      requestSets,
      configured: settings.nulls,
      baseline,
      alpha,
      series: seriesIdentity(series, judgeVersion),
    })
    book = createBook(specs)
    models = toolModels(baseline, recent, openNames)
  }
  rebuild({ fleet: emptyFleet, index: emptyIndex, restored: false })

  /** Whether it went well; counts a failure. */
  const isDone = <T>(result: Stored<T>): result is { ok: true; value: T } => {
    if (!result.ok) events.storeFailed(result.error)
    return result.ok
  }
  const refresh = async (): Promise<boolean> => {
    const read = await fleet.view()
    if (!isDone(read)) return false
    const next = read.value
    viewedAt = clock.monotonic()
    if (next.restored) {
      restoringUntil = viewedAt + graceMs
      foldedThrough = Number.NEGATIVE_INFINITY
    }
    // Nobody tells of a part that the store has lost since: within the grace it is there again.
    held.rewrite()
    const { active } = next.index
    if (active !== baseline?.name) {
      const pinned = active === undefined ? undefined : await fleet.baseline(active)
      if (pinned !== undefined && !isDone(pinned)) return false
      baseline = pinned?.value
    }
    use(next)
    return await readRecent(next.fleet.foldedTick)
  }
  const readRecent = async (foldedTick: number | undefined): Promise<boolean> => {
    if (foldedTick === undefined) return true
    const from = Math.max((recent.at(-1)?.tick ?? 0) + 1, foldedTick - recentTicksMax + 1)
    if (from > foldedTick) return true
    const read = await fleet.history(from, foldedTick)
    if (!isDone(read)) return false
    if (read.value.length > 0) remember(read.value)
    return true
  }
  const flush = async (): Promise<boolean> => {
    for (const unwritten of held.unwritten()) {
      if (!isDone(await fleet.writePart(unwritten.tick, unwritten.part))) return false
      unwritten.done()
    }
    return true
  }
  /** Ticks that somebody has a part of; undefined when the store does not say. */
  const ticksToFold = async (closable: number): Promise<number[] | undefined> => {
    const open = openTicks(view?.fleet.foldedTick, closable, heldTicksMax)
    const found = new Set(open.filter((tick) => held.has(tick)))
    const look = async (ticks: readonly number[]): Promise<boolean> => {
      for (const tick of ticks) {
        if (found.has(tick)) continue
        const has = await fleet.hasParts(tick)
        if (!isDone(has)) return false
        if (has.value) found.add(tick)
      }
      return true
    }
    if (!(await look(open.filter((tick) => tick > foldedThrough)))) return undefined
    // Folding passes over the ticks before, so they are looked at once more: a clock that is ahead
    // has seen them empty too early.
    const last = Math.max(...found)
    const before = open.filter((tick) => tick <= foldedThrough && tick < last)
    return (await look(before)) ? [...found].sort((a, b) => a - b) : undefined
  }
  const foldThrough = async (closable: number): Promise<boolean> => {
    const due = await ticksToFold(closable)
    if (due === undefined) return false
    let byOthers = false
    for (const tick of due) {
      const result = await fleet.fold(tick, held.part(tick))
      if (!isDone(result)) return false
      const { kind } = result.value
      if (kind === 'lost' || kind === 'claimed') return await refresh()
      if (result.value.kind !== 'folded' || view === undefined) {
        byOthers = true
        continue
      }
      const { folded } = result.value
      const { fleet: next, behaviour, opened, paired } = folded
      events.folded(opened.length, { tick, tickMs, threshold, folded, before: view.fleet, specs })
      for (const pair of paired) events.paired(pair)
      remember([{ tick, judgeVersion, series: next.series.number, behaviour }])
      use({ ...view, fleet: next })
    }
    foldedThrough = closable
    return byOthers ? await refresh() : true
  }
  const isDue = (closable: number | undefined): closable is number =>
    closable !== undefined &&
    closable > foldedThrough &&
    clock.monotonic() >= restoringUntil &&
    // After an outage the others get their time to write what they held.
    (store.upForMs() ?? 0) >= graceMs
  const handOver = (): void => {
    const leftovers = streams.handOver(clock.now())
    if (leftovers.size > 0) handOverTo(open(), leftovers)
  }
  const run = async (): Promise<void> => {
    handOver()
    const closable = ticks.closable(view?.fleet.foldedTick)
    const due = isDue(closable)
    const isStale = view === undefined || clock.monotonic() - viewedAt >= refreshMs
    const isRead = !(isStale || due) || (await refresh())
    const isWritten = await flush()
    const isFolded = !due || view === undefined || !isDue(closable) || (await foldThrough(closable))
    // A store that is only read answers every other call: one figure for the whole round.
    failing = !(isRead && isWritten && isFolded)
  }
  const open = () => held.open(ticks.current(view?.fleet.foldedTick))

  return {
    fleet,
    history,
    async refresh() {
      await refresh()
    },
    observe(sample, request, model) {
      const part = open()
      streams.mix(sample.language, sample.depth, model, part)
      const outcome = options.admission.admit(request)
      events.admission(outcome)
      if (outcome !== 'admitted') return outcome
      for (const pair of streams.add(sample, book, part)) events.paired(pair)
      return outcome
    },
    dropped: (stage, reason) => countDropped(open().behaviour, stage, reason),
    flip: (flipped) => streams.flip(flipped, book, open()),
    observeTools(exchange, conversationKey, calls) {
      const seen = watchTools(exchange, models.names, models.baseline)
      if (seen.steps.length === 0) return { ...seen, admitted: false }
      const part = open()
      for (const [before, after] of seen.steps) part.behaviour.tools.add(before, after)
      if (!options.toolAdmission.admits(conversationKey, calls)) {
        return { ...seen, admitted: false }
      }
      const usual = models.recent === undefined ? undefined : meanBits(seen.steps, models.recent)
      if (usual !== undefined) part.behaviour.surprisal.add(usual)
      streams.tools(seen.surprisalBits, book, part)
      return { ...seen, admitted: seen.surprisalBits !== undefined }
    },
    step() {
      running ??= run().finally(() => {
        running = undefined
      })
      return running
    },
    report: () => ({
      threshold,
      alpha,
      view,
      baseline,
      specs,
      recent,
      partial:
        failing ||
        !store.isUp() ||
        view === undefined ||
        view.index.active !== baseline?.name ||
        clock.monotonic() < restoringUntil ||
        isOverdue(ticks.closable(view.fleet.foldedTick), foldedThrough),
    }),
    async close() {
      await running
      await flush()
    },
  }
}

/** Two ticks behind: nobody folds. */
const isOverdue = (closable: number | undefined, foldedThrough: number): boolean =>
  closable !== undefined && Number.isFinite(foldedThrough) && closable - foldedThrough > 2

/** In [0, 1/4), the same for one writer. */
const jitterOf = (writer: string): number => {
  let hash = 0
  for (const char of writer) hash = (hash * 31 + char.charCodeAt(0)) % 1000
  return hash / 4000
}

const seriesIdentity = (series: ModelSeries, judgeVersion: string): SeriesIdentity => ({
  // The number alone: a name that becomes known later is no change.
  model: `series ${Math.max(1, series.number)}`,
  suiteVersion: 'live',
  judgeVersion,
})
