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
import type { DetectorSpec } from '../drift/detector-spec.ts'
import type { EvidenceHistory } from '../drift/evidence-history.ts'
import type { FleetState } from '../drift/fleet-state.ts'
import type { FoldedFleet } from '../drift/fold.ts'
import { type LivePair, refusalGap } from '../drift/live-pairing.ts'
import { handOverTo } from '../drift/tick-part.ts'
import type { TickRecord } from '../drift/tick-record.ts'
import { meanBits, type ToolWatch, watchTools } from '../drift/tool-watch.ts'
import type { AdmissionOutcome, LostReason } from '../exchange/drift-sample.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Admission, AdmissionRequest } from '../sample/admission.ts'
import type { ToolAdmission } from '../sample/tool-admission.ts'
import type { Store, Stored, StoreError } from '../state/store.ts'
import { createFleetStore, type FleetStore, type FleetView } from './fleet-store.ts'
import { createFolding, heldTicksMax } from './folding.ts'
import { createHeldTicks } from './held-ticks.ts'
import { createKnown, recentTicksMax } from './known.ts'
import { bookKey, createLiveStreams, type WatchedSample } from './live-streams.ts'
import { flushMsOf, ticksPerHorizon, type WatchSettings } from './settings.ts'
import { createTicks } from './ticks.ts'

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

const freshMs = 3_600_000
const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 86_400_000

export const createWatch = (options: WatchOptions): Watch => {
  const { settings, languages, requestSets, judgeVersion, store, clock, events } = options
  const { tickMs, graceMs, detectorsMax, falsePages, nulls } = settings
  const budget = { detectors: detectorsMax, ticks: ticksPerHorizon(tickMs), falsePages }
  const threshold = thresholdFor(budget)
  const alpha = learnedNullAlpha(budget)
  const known = createKnown({ languages, requestSets, judgeVersion, nulls, threshold, alpha })
  const fleet = createFleetStore({
    store,
    writer: options.writer,
    judgeVersion,
    fold: {
      threshold,
      quietTicks: settings.episodeQuietTicks,
      forgetTicks: Math.ceil(ticksPerHorizon(tickMs)),
      gapDetector: (language, set) => known.book.get(bookKey(refusalGap.metric, language, set)),
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
  const foldedTick = (): number | undefined => known.view?.fleet.foldedTick

  let viewedAt = Number.NEGATIVE_INFINITY
  let failing = false
  let running: Promise<void> | undefined

  const use = (next: FleetView): void => {
    const late = held.settle(next.fleet.foldedTick, next.fleet.receipts)
    if (late > 0) events.lost('late', late)
    known.use(next)
  }
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
    if (next.restored) folding.awaitRestored()
    // Nobody tells of a part that the store has lost since: within the grace it is there again.
    held.rewrite()
    const { active } = next.index
    if (active !== known.baseline?.name) {
      const pinned = active === undefined ? undefined : await fleet.baseline(active)
      if (pinned !== undefined && !isDone(pinned)) return false
      known.pin(pinned?.value)
    }
    use(next)
    return await readRecent()
  }
  const readRecent = async (): Promise<boolean> => {
    const through = foldedTick()
    if (through === undefined) return true
    const from = Math.max((known.recent.at(-1)?.tick ?? 0) + 1, through - recentTicksMax + 1)
    if (from > through) return true
    const read = await fleet.history(from, through)
    if (!isDone(read)) return false
    if (read.value.length > 0) known.remember(read.value)
    return true
  }
  const flush = async (): Promise<boolean> => {
    for (const unwritten of held.unwritten()) {
      if (!isDone(await fleet.writePart(unwritten.tick, unwritten.part))) return false
      unwritten.done()
    }
    return true
  }
  const onFolded = (tick: number, folded: FoldedFleet): boolean => {
    const { view, specs } = known
    if (view === undefined) return false
    const { fleet: next, behaviour, opened, paired } = folded
    events.folded(opened.length, { tick, tickMs, threshold, folded, before: view.fleet, specs })
    for (const pair of paired) events.paired(pair)
    known.remember([{ tick, judgeVersion, series: next.series.number, behaviour }])
    use({ ...view, fleet: next })
    return true
  }
  const folding = createFolding({
    fleet,
    held,
    store,
    clock,
    graceMs,
    foldedTick,
    isDone,
    onFolded,
    refresh,
  })
  const open = () => held.open(ticks.current(foldedTick()))
  const handOver = (): void => {
    const leftovers = streams.handOver(clock.now())
    if (leftovers.size > 0) handOverTo(open(), leftovers)
  }
  const run = async (): Promise<void> => {
    handOver()
    const closable = ticks.closable(foldedTick())
    const due = folding.isDue(closable)
    const isStale = known.view === undefined || clock.monotonic() - viewedAt >= refreshMs
    const isRead = !(isStale || due) || (await refresh())
    const isWritten = await flush()
    const isFolded =
      !due ||
      known.view === undefined ||
      !folding.isDue(closable) ||
      (await folding.through(closable))
    // A store that is only read answers every other call: one figure for the whole round.
    failing = !(isRead && isWritten && isFolded)
  }
  const isPartial = (): boolean =>
    failing ||
    !store.isUp() ||
    known.view === undefined ||
    known.view.index.active !== known.baseline?.name ||
    folding.isRestoring() ||
    folding.isOverdue(ticks.closable(foldedTick()))

  return {
    fleet,
    history: known.history,
    async refresh() {
      await refresh()
    },
    observe(sample, request, model) {
      const part = open()
      streams.mix(sample.language, sample.depth, model, part)
      const outcome = options.admission.admit(request)
      events.admission(outcome)
      if (outcome !== 'admitted') return outcome
      for (const pair of streams.add(sample, known.book, part)) events.paired(pair)
      return outcome
    },
    dropped: (stage, reason) => countDropped(open().behaviour, stage, reason),
    flip: (flipped) => streams.flip(flipped, known.book, open()),
    observeTools(exchange, conversationKey, calls) {
      const { models, book } = known
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
    report() {
      const { view, baseline, specs, recent } = known
      return { threshold, alpha, view, baseline, specs, recent, partial: isPartial() }
    },
    async close() {
      await running
      await flush()
    },
  }
}

/** In [0, 1/4), the same for one writer. */
const jitterOf = (writer: string): number => {
  let hash = 0
  for (const char of writer) hash = (hash * 31 + char.charCodeAt(0)) % 1000
  return hash / 4000
}
