/**
 * The store as the watch uses it: parts of ticks, the folded state, the history of ticks and pinned
 * baselines. What was read is never trusted: an entry that is not exactly of the form is left out and
 * reported, and every failure is data. A state that the store has lost is put back, and nothing is
 * folded on what is left of it.
 */
import { type Baseline, readBaseline } from '../drift/baseline.ts'
import { defaultBets } from '../drift/e-detector.ts'
import { type FleetState, readFleet } from '../drift/fleet-state.ts'
import { type FoldedFleet, type FoldFleetOptions, foldParts } from '../drift/fold.ts'
import { partText, readPart, type TickPart } from '../drift/tick-part.ts'
import { readTickRecord, type TickRecord, tickRecordText } from '../drift/tick-record.ts'
import type { Store, Stored, Writes } from '../state/store.ts'
import { type BaselineIndex, emptyIndex, readIndex } from './baseline-index.ts'
import {
  baselineKey,
  createLastKnown,
  historyKey,
  indexKey,
  type StoredFleet,
  setBaseline,
  setIndex,
  setState,
  stateKey,
} from './last-known.ts'

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
  /** The store had lost some of it, which was put back just now. */
  restored: boolean
}

/**
 * nothing: nobody wrote a part. lost: the store has lost the state, and nothing was folded on it.
 * claimed: another replica of a large fleet is at it; to be asked again.
 */
export type FoldOutcome =
  | { kind: 'folded'; folded: FoldedFleet }
  | { kind: 'folded_before' | 'nothing' | 'lost' | 'claimed' }

export type Change<T> = { ok: true; value: T } | { ok: false; reason: string }

export interface FleetStore {
  view(): Promise<Stored<FleetView>>
  writePart(tick: number, part: TickPart): Promise<Stored<undefined>>
  /** Whether anybody wrote a part of this tick. */
  hasParts(tick: number): Promise<Stored<boolean>>
  /** @param own this replica's part, whether or not the store has it */
  fold(tick: number, own: TickPart | undefined): Promise<Stored<FoldOutcome>>
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

const partsKey = (tick: number): string => `drift:tick:${tick}`

const historyChunk = 100

/**
 * From so many replicas on one of them claims a fold before it reads the parts: all of them would read
 * all of them. The claim only spares work; that a tick is folded once is for the transaction to see to.
 */
const claimWriters = 50
/** A claim whose owner died; longer than a fold may take. */
const claimMs = 10_000
const claimKey = (tick: number): string => `drift:folding:${tick}`

const watchedBy = (name: string) => ({ values: [indexKey, baselineKey(name)], parts: [] })

export const createFleetStore = (options: FleetStoreOptions): FleetStore => {
  const { store } = options
  const orReport = <T>(value: T | undefined): T | undefined => {
    if (value === undefined) options.onBadEntry()
    return value
  }
  const known = createLastKnown()
  const storedFleet = (values: ReadonlyMap<string, string>): StoredFleet => {
    const text = values.get(stateKey)
    if (text === undefined) return 'absent'
    const stored = readFleet(text) ?? 'unreadable'
    if (known.hasLost(stored)) options.onBadEntry()
    return stored
  }
  const fleetIn = (values: ReadonlyMap<string, string>): FleetState =>
    known.fleet(storedFleet(values))
  const storedIndex = (values: ReadonlyMap<string, string>): BaselineIndex | undefined => {
    const text = values.get(indexKey)
    return text === undefined ? undefined : orReport(readIndex(text))
  }
  const indexIn = (values: ReadonlyMap<string, string>): BaselineIndex =>
    known.index(storedIndex(values)) ?? emptyIndex
  /** One after the other: those of a large fleet would fill the memory at once. */
  const partsIn = function* (
    texts: ReadonlyMap<string, string>,
    own: TickPart | undefined,
  ): Iterable<readonly [string, TickPart]> {
    // Its own it has at first hand, whatever became of it in the store.
    const writers = new Set([...texts.keys(), ...(own === undefined ? [] : [options.writer])])
    for (const writer of [...writers].sort()) {
      const isOwn = own !== undefined && writer === options.writer
      const text = texts.get(writer)
      const part = isOwn || text === undefined ? own : orReport(readPart(text, defaultBets.length))
      if (part !== undefined) yield [writer, part]
    }
  }
  /** Puts back what this replica knows, unless somebody else was first. */
  const putBack = (): Promise<Stored<undefined>> =>
    store.transact({ values: [stateKey, indexKey], parts: [] }, ({ values }) => {
      const set = []
      const stored = values.get(stateKey)
      const fleet = stored === undefined ? 'absent' : (readFleet(stored) ?? 'unreadable')
      if (known.hasLost(fleet)) set.push(setState(known.fleet(fleet)))
      const index = known.index(undefined)
      if (index !== undefined && readIndex(values.get(indexKey) ?? '') === undefined) {
        const baseline = known.activeBaseline()
        set.push(setIndex(index), ...(baseline === undefined ? [] : [setBaseline(baseline)]))
      }
      return { result: undefined, writes: { set } }
    })
  const claim = (tick: number): Promise<Stored<boolean>> => {
    const key = claimKey(tick)
    return store.transact({ values: [key], parts: [] }, ({ values }) => {
      const owner = values.get(key)
      if (owner !== undefined) return { result: owner === options.writer }
      return {
        result: true,
        writes: { set: [{ key, value: options.writer, ttlMs: claimMs }] },
      }
    })
  }
  const writePart = (tick: number, part: TickPart): Promise<Stored<undefined>> =>
    store.writePart(partsKey(tick), options.writer, partText(part), options.partTtlMs)
  return {
    async view() {
      const read = await store.read([stateKey, indexKey])
      if (!read.ok) return read
      const stored = { fleet: storedFleet(read.value), index: storedIndex(read.value) }
      const fleet = known.fleet(stored.fleet)
      const index = known.index(stored.index) ?? emptyIndex
      const lost =
        known.hasLost(stored.fleet) || (stored.index === undefined && index !== emptyIndex)
      if (lost) {
        const back = await putBack()
        if (!back.ok) return back
      }
      return { ok: true, value: { fleet, index, restored: lost } }
    },
    async writePart(tick, part) {
      const written = await writePart(tick, part)
      if (written.ok || written.error !== 'other') return written
      // What stands there is no parts: it would be in the way until the tick is folded.
      const key = partsKey(tick)
      const dropped = await store.transact({ values: [], parts: [key] }, ({ parts }) => ({
        result: undefined,
        ...(parts.has(key) ? {} : { writes: { drop: [key] } }),
      }))
      return dropped.ok ? await writePart(tick, part) : dropped
    },
    async hasParts(tick) {
      const read = await store.readParts(partsKey(tick))
      return read.ok ? { ok: true, value: read.value.size > 0 } : read
    },
    async fold(tick, own) {
      const key = partsKey(tick)
      if ((known.fleet('absent').receipts.at(-1)?.writers.size ?? 0) >= claimWriters) {
        const claimed = await claim(tick)
        if (!claimed.ok && claimed.error !== 'conflict') return claimed
        if (!claimed.ok || !claimed.value) return { ok: true, value: { kind: 'claimed' } }
      }
      const outcome = await store.transact<FoldOutcome>(
        { values: [stateKey], parts: [key] },
        (seen) => {
          const stored = storedFleet(seen.values)
          if (known.hasLost(stored)) return { result: { kind: 'lost' } }
          const parts = partsIn(seen.parts.get(key) ?? new Map(), own)
          const folded = foldParts(known.fleet(stored), tick, parts, options.fold)
          if (folded === undefined) return { result: { kind: 'folded_before' } }
          const [receipt] = folded.fleet.receipts.slice(-1)
          if (receipt?.writers.size === 0) return { result: { kind: 'nothing' } }
          const record = {
            tick,
            judgeVersion: options.judgeVersion,
            series: folded.fleet.series.number,
            behaviour: folded.behaviour,
          }
          const history = {
            key: historyKey(tick),
            value: tickRecordText(record),
            ttlMs: options.historyTtlMs,
          }
          return {
            result: { kind: 'folded', folded },
            writes: { set: [setState(folded.fleet), history], drop: [key] },
          }
        },
      )
      if (outcome.ok && outcome.value.kind === 'folded') known.fleet(outcome.value.folded.fleet)
      return outcome
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
      const value = text === undefined ? undefined : orReport(readBaseline(text))
      if (value !== undefined) known.rememberBaseline(value)
      return { ok: true, value }
    },
    pin: (baseline) =>
      store.transact<Change<BaselineIndex>>(watchedBy(baseline.name), (seen) => {
        const index = indexIn(seen.values)
        if (seen.values.has(baselineKey(baseline.name))) {
          return { result: { ok: false, reason: 'a baseline of this name exists' } }
        }
        const names = [...index.names.filter((name) => name !== baseline.name), baseline.name]
        const next = { names, active: baseline.name }
        return {
          result: { ok: true, value: next },
          writes: { set: [setIndex(next), setBaseline(baseline)] },
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
