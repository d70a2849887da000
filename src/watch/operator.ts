/**
 * What an operator may ask of a running watch: pin, list, show and drop baselines, announce a
 * deployment, acknowledge an episode, see the detectors. Every answer is plain data; a request that
 * cannot be met says why, and nothing is changed by half.
 */
import type { Clock } from '../clock.ts'
import { type Baseline, baselineNameForm, sealBaseline } from '../drift/baseline.ts'
import { addBehaviour, emptyBehaviour, sumCells } from '../drift/behaviour-counts.ts'
import { acknowledge, evidenceRatio } from '../drift/e-detector.ts'
import { modelLengthMax } from '../drift/fleet-state.ts'
import { nextSeries } from '../drift/fold.ts'
import type { StoreError } from '../state/store.ts'
import { baselinesMax } from './baseline-index.ts'
import { type HistoryRead, historyJson, historyTicksMax } from './history.ts'
import type { WatchSettings } from './settings.ts'
import type { Watch } from './watch.ts'

export type OperatorRequest =
  | { kind: 'baseline_pin'; name: string; from: number | undefined; to: number | undefined }
  | { kind: 'baseline_list' }
  | { kind: 'baseline_show'; name: string }
  | { kind: 'baseline_drop'; name: string }
  | { kind: 'baseline_use'; name: string }
  | { kind: 'deployment'; version: string }
  | { kind: 'acknowledge'; detector: string }
  | { kind: 'detectors' }
  /** Ticks of a period, a page at a time, for reports. */
  | { kind: 'history'; from: number | undefined; to: number | undefined }
  /** Evidence over time, for the status page. */
  | { kind: 'detector_histories' }

/** bad_request: the request is at fault. not_found, conflict: the state is. unavailable: the store. */
export type OperatorFailure = 'bad_request' | 'not_found' | 'conflict' | 'unavailable'
export type OperatorAnswer =
  | { ok: true; body: unknown }
  | { ok: false; failure: OperatorFailure; reason: string }

export interface OperatorOptions {
  watch: Watch
  settings: WatchSettings
  judgeVersion: string
  clock: Clock
  /** Absent: no history is told. */
  history?: (from: number, to: number) => Promise<HistoryRead>
}

const dayMs = 86_400_000
const defaultPeriodMs = 7 * dayMs
/** With ticks of seconds a week is more entries than a store reads while an operator waits. */
const defaultTicksMax = 10_000

const refuse = (failure: OperatorFailure, reason: string): OperatorAnswer => ({
  ok: false,
  failure,
  reason,
})
const unavailable = (error: StoreError): OperatorAnswer =>
  refuse('unavailable', `the state store failed: ${error}`)

export const createOperator = (options: OperatorOptions) => {
  const { watch, settings, clock } = options
  return async (request: OperatorRequest): Promise<OperatorAnswer> => {
    switch (request.kind) {
      case 'baseline_pin':
        return pin(request, options)
      case 'baseline_list':
        return list(watch)
      case 'baseline_show': {
        const read = await watch.fleet.baseline(request.name)
        if (!read.ok) return unavailable(read.error)
        return read.value === undefined
          ? refuse('not_found', 'there is no baseline of this name')
          : { ok: true, body: summaryOf(read.value) }
      }
      case 'baseline_drop':
        return dropBaseline(watch, request.name)
      case 'baseline_use':
        return useBaseline(watch, request.name)
      case 'deployment':
        return announce(watch, request.version, Math.floor(clock.now() / settings.tickMs))
      case 'acknowledge':
        return acknowledgeEpisode(watch, request.detector)
      case 'history':
        return historyOf(request, options)
      case 'detectors':
        return detectors(options)
      case 'detector_histories':
        return { ok: true, body: { histories: watch.history.all() } }
    }
  }
}

const historyOf = async (
  { from, to }: Extract<OperatorRequest, { kind: 'history' }>,
  { settings, clock, history }: OperatorOptions,
): Promise<OperatorAnswer> => {
  if (history === undefined) return refuse('not_found', 'no history is kept')
  const { tickMs } = settings
  const last = Math.floor((to ?? clock.now()) / tickMs)
  const first = from === undefined ? last - historyTicksMax + 1 : Math.floor(from / tickMs)
  if (first > last) return refuse('bad_request', 'the period ends before it begins')
  if (last - first >= historyTicksMax) {
    return refuse('bad_request', `more than ${historyTicksMax} ticks: ask for them page by page`)
  }
  const read = await history(first, last)
  if (!read.ok) return unavailable(read.error)
  return { ok: true, body: historyJson(read.history) }
}

const pin = async (
  { name, from, to }: Extract<OperatorRequest, { kind: 'baseline_pin' }>,
  { watch, settings, judgeVersion, clock }: OperatorOptions,
): Promise<OperatorAnswer> => {
  if (!baselineNameForm.test(name)) {
    return refuse('bad_request', 'a name is 1 to 63 of a-z, 0-9, - and _, a letter or digit first')
  }
  await watch.refresh()
  const { view } = watch.report()
  if (view === undefined) return unavailable('down')
  if (view.index.names.length >= baselinesMax) {
    return refuse('conflict', `there are ${baselinesMax} baselines already: drop one`)
  }
  const { foldedTick, series } = view.fleet
  if (foldedTick === undefined) return refuse('conflict', 'no tick has been folded yet')
  const { tickMs } = settings
  const last = Math.min(to === undefined ? foldedTick : Math.floor(to / tickMs), foldedTick)
  // Unless it is asked for, no baseline reaches back over a change of the model.
  const first =
    from === undefined
      ? Math.max(
          series.since,
          last - Math.min(defaultTicksMax, Math.ceil(defaultPeriodMs / tickMs)) + 1,
        )
      : Math.floor(from / tickMs)
  if (first > last) return refuse('bad_request', 'the period ends before it begins')
  const ticksMax = Math.ceil((settings.historyDays * dayMs) / tickMs)
  if (last - first >= ticksMax) {
    return refuse('bad_request', `the period is longer than history is kept (${ticksMax} ticks)`)
  }
  const read = await watch.fleet.history(first, last)
  if (!read.ok) return unavailable(read.error)
  const records = read.value.filter((record) => record.judgeVersion === judgeVersion)
  const [oldest] = records
  const newest = records.at(-1)
  if (oldest === undefined || newest === undefined) {
    const why = read.value.length === 0 ? 'has no data' : 'was judged by another judge version'
    return refuse('conflict', `the period ${why}`)
  }
  const behaviour = emptyBehaviour()
  for (const record of records) addBehaviour(behaviour, record.behaviour)
  const baseline = sealBaseline({
    name,
    pinnedAt: clock.now(),
    fromTick: oldest.tick,
    toTick: newest.tick,
    tickMs,
    activeTicks: records.length,
    judgeVersion,
    model: series.model,
    behaviour,
  })
  const pinned = await watch.fleet.pin(baseline)
  if (!pinned.ok) return unavailable(pinned.error)
  if (!pinned.value.ok) return refuse('conflict', pinned.value.reason)
  await watch.refresh()
  return { ok: true, body: summaryOf(baseline) }
}

/** All but the differences, which are many. */
const summaryOf = (baseline: Baseline): Record<string, unknown> => {
  const { judged, refused, unclear } = sumCells(baseline.behaviour, () => true)
  const strata = new Map<
    string,
    { language: string; set: string; judged: number; refused: number }
  >()
  for (const [key, cell] of baseline.behaviour.cells) {
    const [language = '', set = ''] = key.split('|')
    const one = strata.get(`${language}|${set}`) ?? { language, set, judged: 0, refused: 0 }
    one.judged += cell.judged
    one.refused += cell.refused
    strata.set(`${language}|${set}`, one)
  }
  return {
    name: baseline.name,
    hash: baseline.hash,
    pinned_at: new Date(baseline.pinnedAt).toISOString(),
    from: new Date(baseline.fromTick * baseline.tickMs).toISOString(),
    to: new Date((baseline.toTick + 1) * baseline.tickMs).toISOString(),
    ticks_with_data: baseline.activeTicks,
    judge_version: baseline.judgeVersion,
    model: baseline.model,
    samples: { judged, refused, unclear },
    strata: [...strata.values()].sort((a, b) =>
      `${a.language}|${a.set}` < `${b.language}|${b.set}` ? -1 : 1,
    ),
  }
}

const list = async (watch: Watch): Promise<OperatorAnswer> => {
  const read = await watch.fleet.view()
  if (!read.ok) return unavailable(read.error)
  const { names, active } = read.value.index
  return {
    ok: true,
    body: { baselines: names.map((name) => ({ name, active: name === active })) },
  }
}

const dropBaseline = async (watch: Watch, name: string): Promise<OperatorAnswer> => {
  const changed = await watch.fleet.changeIndex(
    ({ names, active }) =>
      names.includes(name)
        ? {
            ok: true,
            value: {
              names: names.filter((one) => one !== name),
              active: active === name ? undefined : active,
            },
          }
        : { ok: false, reason: 'there is no baseline of this name' },
    name,
  )
  return settled(watch, changed, 'not_found', { dropped: name })
}

const useBaseline = async (watch: Watch, name: string): Promise<OperatorAnswer> => {
  const changed = await watch.fleet.changeIndex(({ names }) =>
    names.includes(name)
      ? { ok: true, value: { names, active: name } }
      : { ok: false, reason: 'there is no baseline of this name' },
  )
  return settled(watch, changed, 'not_found', { active: name })
}

const announce = async (watch: Watch, version: string, tick: number): Promise<OperatorAnswer> => {
  if (version === '' || version.length > modelLengthMax) {
    return refuse('bad_request', `a version is a text of 1 to ${modelLengthMax} characters`)
  }
  const changed = await watch.fleet.changeFleet((fleet) =>
    fleet.series.label === version
      ? { ok: false, reason: 'this version has been announced already' }
      : {
          ok: true,
          value: {
            ...fleet,
            // Which model string it answers with shows in its traffic.
            series: nextSeries(fleet.series, { model: '', since: tick, label: version }),
          },
        },
  )
  return settled(watch, changed, 'conflict', { version })
}

const acknowledgeEpisode = async (watch: Watch, detector: string): Promise<OperatorAnswer> => {
  const changed = await watch.fleet.changeFleet((fleet) => {
    const state = fleet.detectors.get(detector)
    if (state?.episode === undefined) {
      return { ok: false, reason: 'this detector has no open episode' }
    }
    const detectors = new Map(fleet.detectors).set(detector, acknowledge(state))
    return { ok: true, value: { ...fleet, detectors } }
  })
  return settled(watch, changed, 'not_found', { acknowledged: detector })
}

const detectors = ({ watch, settings, judgeVersion }: OperatorOptions): OperatorAnswer => {
  const { view, specs, threshold, partial } = watch.report()
  return {
    ok: true,
    body: {
      threshold,
      partial,
      tick_ms: settings.tickMs,
      judge_version: judgeVersion,
      folded_tick: view?.fleet.foldedTick ?? null,
      detectors: specs.map((spec) => {
        const state = view?.fleet.detectors.get(spec.id)
        return {
          id: spec.id,
          metric: spec.metric,
          null: spec.null,
          language: spec.language,
          set: spec.set,
          g0: spec.wager.g0,
          reference: spec.reference ?? null,
          source: spec.source,
          evidence_ratio: state === undefined ? 0 : evidenceRatio(state, threshold),
          differences: state?.differences ?? 0,
          active_ticks: state?.activeTicks ?? 0,
          episodes: state?.episodes ?? 0,
          open_since_tick: state?.episode?.openedAt ?? null,
        }
      }),
    },
  }
}

const settled = async (
  watch: Watch,
  changed: Awaited<ReturnType<Watch['fleet']['changeFleet' | 'changeIndex']>>,
  failure: OperatorFailure,
  body: unknown,
): Promise<OperatorAnswer> => {
  if (!changed.ok) return unavailable(changed.error)
  if (!changed.value.ok) return refuse(failure, changed.value.reason)
  await watch.refresh()
  return { ok: true, body }
}
