/**
 * What the deployment did in a period, tick by tick, as one document: the records of the ticks, the
 * state of the fleet, the pinned baselines, and the settings that the detectors ran with. From it a
 * report can count and replay everything again without the process that wrote it.
 *
 * The entries stand in it as texts, exactly as the store keeps them, so that a baseline keeps its hash.
 */
import { type Baseline, baselineText, readBaseline } from '../drift/baseline.ts'
import { emptyFleet, type FleetState, fleetText, readFleet } from '../drift/fleet-state.ts'
import type { ConfiguredNulls } from '../drift/nulls.ts'
import { fieldsOf, isCount, isTick } from '../drift/stored-values.ts'
import { readTickRecord, type TickRecord, tickRecordText } from '../drift/tick-record.ts'
import type { Store, StoreError } from '../state/store.ts'
import { baselinesMax, emptyIndex, readIndex } from './baseline-index.ts'
import { baselineKey, historyKey, indexKey, stateKey } from './last-known.ts'
import type { WatchSettings } from './settings.ts'

/** The settings that decide what detectors see and say. */
export type HistorySettings = Pick<
  WatchSettings,
  'tickMs' | 'detectorsMax' | 'falsePages' | 'episodeQuietTicks' | 'nulls'
> & { languages: readonly string[]; requestSets: boolean }

export interface History {
  settings: HistorySettings
  fleet: FleetState
  /** Oldest pin first. */
  baselines: readonly Baseline[]
  /** Name of the one in force. */
  active: string | undefined
  /** First and last tick asked for, both included. */
  fromTick: number
  toTick: number
  /** In order; ticks without data are absent. */
  records: readonly TickRecord[]
  /** Entries that were there and could not be read. */
  unreadable: number
}

const format = 'holdfast-history'
const version = 1
/** Ticks of one answer. */
export const historyTicksMax = 200

export type HistoryRead = { ok: true; history: History } | { ok: false; error: StoreError }

const chunk = 100

/** @param to undefined: the last folded tick */
export const readHistory = async (
  store: Pick<Store, 'read'>,
  settings: HistorySettings,
  { from, to }: { from: number; to: number | undefined },
): Promise<HistoryRead> => {
  const heads = await store.read([stateKey, indexKey])
  if (!heads.ok) return heads
  let unreadable = 0
  const known = <T>(text: string | undefined, read: (text: string) => T | undefined) => {
    const value = text === undefined ? undefined : read(text)
    if (text !== undefined && value === undefined) unreadable++
    return value
  }
  const fleet = known(heads.value.get(stateKey), readFleet) ?? emptyFleet
  const { names, active } = known(heads.value.get(indexKey), readIndex) ?? emptyIndex
  const pinned = await store.read(names.map(baselineKey))
  if (!pinned.ok) return pinned
  const baselines = names.flatMap(
    (name) => known(pinned.value.get(baselineKey(name)), readBaseline) ?? [],
  )
  const last = Math.min(to ?? Number.POSITIVE_INFINITY, fleet.foldedTick ?? from - 1)
  const records: TickRecord[] = []
  for (let start = from; start <= last; start += chunk) {
    const length = Math.min(chunk, last - start + 1)
    const read = await store.read(Array.from({ length }, (_, i) => historyKey(start + i)))
    if (!read.ok) return read
    for (const text of read.value.values()) {
      const record = known(text, readTickRecord)
      if (record !== undefined) records.push(record)
    }
  }
  records.sort((a, b) => a.tick - b.tick)
  const toTick = to ?? last
  const period = { fromTick: from, toTick, records, unreadable }
  return { ok: true, history: { settings, fleet, baselines, active, ...period } }
}

export const historyJson = (history: History): Record<string, unknown> => {
  const { settings, fleet, baselines, active, fromTick, toTick, records, unreadable } = history
  return {
    format,
    version,
    tick_ms: settings.tickMs,
    detectors_max: settings.detectorsMax,
    false_pages: settings.falsePages,
    episode_quiet_ticks: settings.episodeQuietTicks,
    nulls: {
      gap: settings.nulls.gap ?? null,
      refusal_level: settings.nulls.refusalLevel ?? null,
      over_refusal: settings.nulls.overRefusal ?? null,
      unclear: settings.nulls.unclear ?? null,
      flip: settings.nulls.flip ?? null,
    },
    languages: settings.languages,
    request_sets: settings.requestSets,
    fleet: fleetText(fleet),
    baselines: baselines.map(baselineText),
    active: active ?? null,
    from_tick: fromTick,
    to_tick: toTick,
    records: records.map(tickRecordText),
    unreadable,
  }
}

const texts = (value: unknown, max: number): string[] | undefined =>
  Array.isArray(value) && value.length <= max && value.every((one) => typeof one === 'string')
    ? value
    : undefined

const all = <T>(
  list: string[] | undefined,
  read: (text: string) => T | undefined,
): T[] | undefined => {
  const values = list?.map(read)
  const whole = values?.filter((value) => value !== undefined)
  return whole?.length === values?.length ? whole : undefined
}

const readNulls = (value: unknown): ConfiguredNulls | undefined => {
  const fields = fieldsOf(value)
  const one = (key: string): number | undefined | 'bad' => {
    const found = fields?.get(key)
    if (found === null) return undefined
    return typeof found === 'number' && Number.isFinite(found) ? found : 'bad'
  }
  const [gap, refusalLevel, overRefusal, unclear, flip] = [
    one('gap'),
    one('refusal_level'),
    one('over_refusal'),
    one('unclear'),
    one('flip'),
  ]
  if (gap === 'bad' || refusalLevel === 'bad' || overRefusal === 'bad') return undefined
  if (unclear === 'bad' || flip === 'bad') return undefined
  return { gap, refusalLevel, overRefusal, unclear, flip }
}

const recordsMax = 1_000_000

/** Of `historyJson`; undefined when it is anything else. */
export const readHistoryJson = (value: unknown): History | undefined => {
  const fields = fieldsOf(value)
  if (fields?.get('format') !== format || fields.get('version') !== version) return undefined
  const tickMs = fields.get('tick_ms')
  const detectorsMax = fields.get('detectors_max')
  const falsePages = fields.get('false_pages')
  const episodeQuietTicks = fields.get('episode_quiet_ticks')
  const nulls = readNulls(fields.get('nulls'))
  const languages = texts(fields.get('languages'), 1000)
  const requestSets = fields.get('request_sets')
  const fleetJson = fields.get('fleet')
  const fleet = typeof fleetJson === 'string' ? readFleet(fleetJson) : undefined
  const baselines = all(texts(fields.get('baselines'), baselinesMax), readBaseline)
  const active = fields.get('active')
  const fromTick = fields.get('from_tick')
  const toTick = fields.get('to_tick')
  const records = all(texts(fields.get('records'), recordsMax), readTickRecord)
  const unreadable = fields.get('unreadable')
  if (!isCount(tickMs) || tickMs < 1 || !isCount(detectorsMax) || detectorsMax < 1) return undefined
  if (typeof falsePages !== 'number' || !(falsePages > 0)) return undefined
  if (!isCount(episodeQuietTicks) || nulls === undefined || languages === undefined)
    return undefined
  if (typeof requestSets !== 'boolean' || fleet === undefined || !isCount(unreadable))
    return undefined
  if (baselines === undefined || records === undefined) return undefined
  if (!isTick(fromTick) || !isTick(toTick)) return undefined
  if (active !== null && typeof active !== 'string') return undefined
  return {
    settings: {
      tickMs,
      detectorsMax,
      falsePages,
      episodeQuietTicks,
      nulls,
      languages,
      requestSets,
    },
    fleet,
    baselines,
    active: active ?? undefined,
    fromTick,
    toTick,
    records,
    unreadable,
  }
}

/** Pages of one period, as a client asks for them one after the other. */
export const joinHistories = (pages: readonly History[]): History | undefined => {
  const last = pages.at(-1)
  const [first] = pages
  if (first === undefined || last === undefined) return undefined
  const records = new Map(pages.flatMap(({ records: some }) => some.map((one) => [one.tick, one])))
  return {
    ...last,
    fromTick: first.fromTick,
    records: [...records.values()].sort((a, b) => a.tick - b.tick),
    unreadable: pages.reduce((sum, { unreadable }) => sum + unreadable, 0),
  }
}
