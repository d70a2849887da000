/**
 * The store as the watch uses it: parts of ticks, the folded state, the history of ticks and pinned
 * baselines. What was read is never trusted: an entry that is not exactly of the form is left out and
 * reported, and every failure is data.
 */
import { type Baseline, baselineText, readBaseline } from '../drift/baseline.ts'
import { defaultBets } from '../drift/e-detector.ts'
import { emptyFleet, type FleetState, fleetText, readFleet } from '../drift/fleet-state.ts'
import { type FoldedFleet, type FoldFleetOptions, foldFleet } from '../drift/fold.ts'
import { partText, readPart, type TickPart } from '../drift/tick-part.ts'
import { readTickRecord, type TickRecord, tickRecordText } from '../drift/tick-record.ts'
import type { Seen, Store, Stored, Writes } from '../state/store.ts'
import { type BaselineIndex, emptyIndex, indexText, readIndex } from './baseline-index.ts'

export interface FleetStoreOptions {
  store: Store
  /** This replica's field; another one after every start. */
  writer: string
  fold: FoldFleetOptions
  judgeVersion: string
  partTtlMs: number
  historyTtlMs: number
  onBadEntry(): void
}

export interface FleetView {
  fleet: FleetState
  index: BaselineIndex
}

export type Change<T> = { ok: true; value: T } | { ok: false; reason: string }

export interface FleetStore {
  view(): Promise<Stored<FleetView>>
  writePart(tick: number, part: TickPart): Promise<Stored<undefined>>
  /** Whether anybody wrote a part of this tick. */
  hasParts(tick: number): Promise<Stored<boolean>>
  /** undefined: it had been folded. */
  fold(tick: number): Promise<Stored<FoldedFleet | undefined>>
  /** Ticks without data are absent. */
  history(from: number, to: number): Promise<Stored<TickRecord[]>>
  changeFleet(
    change: (fleet: FleetState) => Change<FleetState>,
  ): Promise<Stored<Change<FleetState>>>
  baseline(name: string): Promise<Stored<Baseline | undefined>>
  pin(baseline: Baseline): Promise<Stored<Change<BaselineIndex>>>
  changeIndex(
    change: (index: BaselineIndex) => Change<BaselineIndex>,
    drop?: string,
  ): Promise<Stored<Change<BaselineIndex>>>
}

const stateKey = 'drift:state'
const indexKey = 'drift:baselines'
const partsKey = (tick: number): string => `drift:tick:${tick}`
const historyKey = (tick: number): string => `drift:history:${tick}`
const baselineKey = (name: string): string => `drift:baseline:${name}`

const dayMs = 86_400_000
const keptMs = 400 * dayMs
const historyChunk = 100

const watchedBy = (name: string) => ({ values: [indexKey, baselineKey(name)], parts: [] })

export const createFleetStore = (options: FleetStoreOptions): FleetStore => {
  const { store } = options
  const orReport = <T>(value: T | undefined): T | undefined => {
    if (value === undefined) options.onBadEntry()
    return value
  }
  const fleetIn = (values: ReadonlyMap<string, string>): FleetState => {
    const text = values.get(stateKey)
    return text === undefined ? emptyFleet : (orReport(readFleet(text)) ?? emptyFleet)
  }
  const indexIn = (values: ReadonlyMap<string, string>): BaselineIndex => {
    const text = values.get(indexKey)
    return text === undefined ? emptyIndex : (orReport(readIndex(text)) ?? emptyIndex)
  }
  const partsIn = (seen: Seen, key: string): Map<string, TickPart> => {
    const parts = new Map<string, TickPart>()
    for (const [writer, text] of seen.parts.get(key) ?? []) {
      const part = orReport(readPart(text, defaultBets.length))
      if (part !== undefined) parts.set(writer, part)
    }
    return parts
  }
  const setState = (fleet: FleetState) => ({
    key: stateKey,
    value: fleetText(fleet),
    ttlMs: keptMs,
  })
  const setIndex = (index: BaselineIndex) => ({
    key: indexKey,
    value: indexText(index),
    ttlMs: keptMs,
  })
  return {
    async view() {
      const read = await store.read([stateKey, indexKey])
      if (!read.ok) return read
      return { ok: true, value: { fleet: fleetIn(read.value), index: indexIn(read.value) } }
    },
    writePart: (tick, part) =>
      store.writePart(partsKey(tick), options.writer, partText(part), options.partTtlMs),
    async hasParts(tick) {
      const read = await store.readParts(partsKey(tick))
      return read.ok ? { ok: true, value: read.value.size > 0 } : read
    },
    fold(tick) {
      const key = partsKey(tick)
      return store.transact({ values: [stateKey], parts: [key] }, (seen) => {
        const parts = partsIn(seen, key)
        const folded = foldFleet(fleetIn(seen.values), tick, parts, options.fold)
        if (folded === undefined || parts.size === 0) return { result: folded }
        const { judgeVersion } = options
        const record = {
          tick,
          judgeVersion,
          series: folded.fleet.series.number,
          behaviour: folded.behaviour,
        }
        const history = {
          key: historyKey(tick),
          value: tickRecordText(record),
          ttlMs: options.historyTtlMs,
        }
        return { result: folded, writes: { set: [setState(folded.fleet), history], drop: [key] } }
      })
    },
    async history(from, to) {
      const records: TickRecord[] = []
      for (let start = from; start <= to; start += historyChunk) {
        const length = Math.min(historyChunk, to - start + 1)
        const read = await store.read(Array.from({ length }, (_, i) => historyKey(start + i)))
        if (!read.ok) return read
        for (const text of read.value.values()) {
          const record = orReport(readTickRecord(text))
          if (record !== undefined) records.push(record)
        }
      }
      return { ok: true, value: records.sort((a, b) => a.tick - b.tick) }
    },
    changeFleet: (change) =>
      store.transact({ values: [stateKey], parts: [] }, (seen) => {
        const changed = change(fleetIn(seen.values))
        return withWrites(changed, (fleet) => ({ set: [setState(fleet)] }))
      }),
    async baseline(name) {
      const read = await store.read([baselineKey(name)])
      if (!read.ok) return read
      const text = read.value.get(baselineKey(name))
      return { ok: true, value: text === undefined ? undefined : orReport(readBaseline(text)) }
    },
    pin: (baseline) =>
      store.transact<Change<BaselineIndex>>(watchedBy(baseline.name), (seen) => {
        const index = indexIn(seen.values)
        if (seen.values.has(baselineKey(baseline.name))) {
          return { result: { ok: false, reason: 'a baseline of this name exists' } }
        }
        const names = [...index.names.filter((name) => name !== baseline.name), baseline.name]
        const next = { names, active: baseline.name }
        const value = { key: baselineKey(baseline.name), value: baselineText(baseline) }
        return {
          result: { ok: true, value: next },
          writes: { set: [setIndex(next), { ...value, ttlMs: keptMs }] },
        }
      }),
    changeIndex: (change, drop) =>
      store.transact({ values: [indexKey], parts: [] }, (seen) => {
        const changed = change(indexIn(seen.values))
        return withWrites(changed, (index) => ({
          set: [setIndex(index)],
          ...(drop === undefined ? {} : { drop: [baselineKey(drop)] }),
        }))
      }),
  }
}

const withWrites = <T>(
  changed: Change<T>,
  writes: (value: T) => Writes,
): { result: Change<T>; writes?: Writes } =>
  changed.ok ? { result: changed, writes: writes(changed.value) } : { result: changed }
