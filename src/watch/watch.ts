/**
 * Runs the detectors over live traffic: takes judged exchanges, keeps this replica's part of every
 * tick, writes it to the shared store, folds what is due and hands gauges over. It waits for the
 * store, never the pipeline for it: while the store is away samples go on being counted within
 * bounds, figures are marked partial, and what was held is written when it is back.
 */
import type { Clock } from '../clock.ts'
import type { Baseline } from '../drift/baseline.ts'
import { learnedNullAlpha, thresholdFor } from '../drift/budget.ts'
import type { DetectorSpec, SeriesIdentity } from '../drift/detector-spec.ts'
import { emptyFleet, type ModelSeries } from '../drift/fleet-state.ts'
import type { LivePair } from '../drift/live-pairing.ts'
import { liveDetectors } from '../drift/nulls.ts'
import type { TickRecord } from '../drift/tick-record.ts'
import { ToolNames } from '../drift/tool-names.ts'
import { meanBits, type ToolWatch, watchTools } from '../drift/tool-watch.ts'
import type { AdmissionOutcome, LostReason } from '../exchange/drift-sample.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Admission, AdmissionRequest } from '../sample/admission.ts'
import type { ToolAdmission } from '../sample/tool-admission.ts'
import type { Store, StoreError } from '../state/store.ts'
import { emptyIndex } from './baseline-index.ts'
import { createFleetStore, type FleetStore, type FleetView } from './fleet-store.ts'
import { createHeldTicks } from './held-ticks.ts'
import {
  createBook,
  createLiveStreams,
  type DetectorBook,
  type WatchedSample,
} from './live-streams.ts'
import { flushMsOf, ticksPerHorizon, type WatchSettings } from './settings.ts'
import { createTicks } from './ticks.ts'
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
  folded(opened: number): void
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
  /** True while what is shown may miss samples: the store is away, or a fold is overdue. */
  partial: boolean
}

export interface Watch {
  observe(sample: WatchedSample, request: AdmissionRequest, model: string): AdmissionOutcome
  /** A near-duplicate prompt of one user: whether its verdict was another one. */
  flip(flipped: boolean): void
  /** @param calls of the whole trajectory, the answer's included */
  observeTools(exchange: Exchange, conversationKey: string, calls: number): ToolWatch
  /** Writes, folds and reads as is due. One call at a time; a call while one runs does nothing. */
  step(): Promise<void>
  report(): WatchReport
  fleet: FleetStore
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
  const refreshMs = Math.max(flushMsOf(tickMs), Math.min(minuteMs, tickMs))

  let view: FleetView | undefined
  let viewedAt = Number.NEGATIVE_INFINITY
  let baseline: Baseline | undefined
  let specs: readonly DetectorSpec[] = []
  let book: DetectorBook = new Map()
  let recent: TickRecord[] = []
  const openNames = new ToolNames()
  let models = toolModels(undefined, [], openNames)
  let foldedThrough = Number.NEGATIVE_INFINITY
  let failing = false
  let running: Promise<void> | undefined

  const use = (next: FleetView): void => {
    const changed =
      view === undefined ||
      view.fleet.series.number !== next.fleet.series.number ||
      view.index.active !== next.index.active
    view = next
    const { foldedTick, receipts } = next.fleet
    const late = held.settle(foldedTick, receipts)
    if (late > 0) events.lost('late', late)
    if (changed) rebuild(next)
  }
  const remember = (records: readonly TickRecord[]): void => {
    recent = [...recent, ...records].slice(-recentTicksMax)
    models = toolModels(baseline, recent, openNames)
  }
  const rebuild = ({ fleet: { series } }: FleetView): void => {
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
  rebuild({ fleet: emptyFleet, index: emptyIndex })

  /** Counts a failure; undefined then. */
  const take = <T>(result: { ok: true; value: T } | { ok: false; error: StoreError }) => {
    failing = !result.ok
    if (result.ok) return result.value
    events.storeFailed(result.error)
    return undefined
  }
  const refresh = async (): Promise<void> => {
    const next = take(await fleet.view())
    if (next === undefined) return
    viewedAt = clock.monotonic()
    if (next.index.active !== baseline?.name) {
      const { active } = next.index
      const read = active === undefined ? undefined : take(await fleet.baseline(active))
      if (active !== undefined && failing) return
      baseline = read
    }
    use(next)
    await readRecent(next.fleet.foldedTick)
  }
  const readRecent = async (foldedTick: number | undefined): Promise<void> => {
    if (foldedTick === undefined) return
    const from = Math.max((recent.at(-1)?.tick ?? 0) + 1, foldedTick - recentTicksMax + 1)
    if (from > foldedTick) return
    const read = take(await fleet.history(from, foldedTick))
    if (read !== undefined && read.length > 0) remember(read)
  }
  const flush = async (): Promise<void> => {
    for (const unwritten of held.unwritten()) {
      const result = await fleet.writePart(unwritten.tick, unwritten.part)
      take(result)
      if (!result.ok) return
      unwritten.done()
    }
  }
  const foldThrough = async (closable: number): Promise<void> => {
    const folded = view?.fleet.foldedTick ?? Number.NEGATIVE_INFINITY
    let byOthers = false
    for (let tick = Math.max(folded, closable - heldTicksMax) + 1; tick <= closable; tick++) {
      if (!held.has(tick)) {
        if (tick <= foldedThrough) continue
        const has = take(await fleet.hasParts(tick))
        if (has === undefined) return
        if (!has) continue
      }
      const result = await fleet.fold(tick)
      const done = take(result)
      if (!result.ok) return
      if (done === undefined || view === undefined) {
        byOthers = true
        continue
      }
      events.folded(done.opened.length)
      const { behaviour } = done
      remember([{ tick, judgeVersion, series: done.fleet.series.number, behaviour }])
      use({ ...view, fleet: done.fleet })
    }
    foldedThrough = closable
    if (byOthers) await refresh()
  }
  const isDue = (closable: number | undefined): closable is number =>
    closable !== undefined &&
    closable > foldedThrough &&
    // After an outage the others get their time to write what they held.
    (store.upForMs() ?? 0) >= graceMs
  const run = async (): Promise<void> => {
    const closable = ticks.closable()
    const due = isDue(closable)
    if (view === undefined || due || clock.monotonic() - viewedAt >= refreshMs) await refresh()
    await flush()
    if (due && view !== undefined) await foldThrough(closable)
  }
  const open = () => held.open(ticks.current(view?.fleet.foldedTick))

  return {
    fleet,
    refresh,
    observe(sample, request, model) {
      const part = open()
      streams.mix(sample.language, sample.depth, model, part)
      const outcome = options.admission.admit(request)
      events.admission(outcome)
      if (outcome !== 'admitted') return outcome
      for (const pair of streams.add(sample, book, part)) events.paired(pair)
      return outcome
    },
    flip: (flipped) => streams.flip(flipped, book, open()),
    observeTools(exchange, conversationKey, calls) {
      const seen = watchTools(exchange, models.names, models.baseline)
      if (seen.steps.length === 0) return seen
      const part = open()
      for (const [before, after] of seen.steps) part.behaviour.tools.add(before, after)
      if (!options.toolAdmission.admits(conversationKey, calls)) return seen
      const usual = models.recent === undefined ? undefined : meanBits(seen.steps, models.recent)
      if (usual !== undefined) part.behaviour.surprisal.add(usual)
      streams.tools(seen.surprisalBits, book, part)
      return seen
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
        isOverdue(ticks.closable(), foldedThrough),
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
