/**
 * The window of rates that all replicas fill together. The sums of each clock hour are one value in the
 * shared store: each replica adds what it has seen since it last looked, and reports the rates of all of
 * it. What it adds bears a number, so that a write whose answer was lost is not made twice. While the
 * store is away a replica goes by what it saw last and by what it has not told yet.
 */

import {
  addCounts,
  type LanguageRate,
  type RateStratum,
  RateSums,
  ratesOf,
} from '../aggregate/rate-sums.ts'
import type { WindowItem } from '../aggregate/rate-window.ts'
import type { WeightSums } from '../aggregate/rectified-rate.ts'
import { type Clock, nowAndThen } from '../clock.ts'
import { fieldsOf, isCount, parseJson } from '../drift/stored-values.ts'
import type { CascadeWindow } from '../judge/cascade.ts'
import type { Store, StoreError } from '../state/store.ts'

export interface SharedRatesOptions {
  store: Pick<Store, 'transact' | 'read'>
  /** Of the instrument: rates by another model or prompt are other rates. */
  key: string
  /** Tells this replica from the others. */
  holder: string
  hours: number
  /** Different (language, set, unsure) that this replica adds in an hour; beyond it nothing is kept. */
  strataMax: number
  /** What is reported: replicas that are configured otherwise may know more. */
  languages: ReadonlySet<string>
  onError: (error: StoreError) => void
  /** What lies there is not what a replica writes: that hour is begun anew. */
  onBadEntry: () => void
  clock: Clock
}

export interface SharedRates extends CascadeWindow {
  /** To be called again and again; looks at the store now and then, one look at a time. */
  step(): Promise<void>
}

const version = 1
const hourMs = 3_600_000
const lookMs = 60_000
/** Read at each look, as verdicts come a little later than the exchange; the others once an hour. */
const openHours = 2
/** Who added what last, in the order of their coming: enough for every answer that was lost a look ago. */
const tellersMax = 2048
/** Of all replicas, however they are configured. */
const storedStrataMax = 2048

/** What lies under one hour. */
interface StoredHour {
  /** Holder and the number of what it added last; the newest at the end. */
  tellers: Map<string, number>
  sums: RateSums
}

const emptyHour = (): StoredHour => ({ tellers: new Map(), sums: new RateSums(storedStrataMax) })

/** What this replica adds to an hour, until it is known to have arrived. */
interface Telling {
  number: number
  sums: RateSums
}

/** Verdicts to take back: of these languages, or of all. */
type Forgetting = Set<string> | 'all'

export function createSharedRates(options: SharedRatesOptions): SharedRates {
  const { store, holder, strataMax, languages, onError, onBadEntry, clock } = options
  const ttlMs = (options.hours + 1) * hourMs
  /** By hour: as last read, on its way, not sent yet. */
  const fleet = new Map<number, RateSums>()
  const telling = new Map<number, Telling>()
  const untold = new Map<number, RateSums>()
  const forgetting = new Map<number, Forgetting>()
  /** Verdicts of this replica that are in the window, by hour. */
  const own = new Map<number, Map<string, number>>()
  let told = 0
  let allReadAt = Number.NEGATIVE_INFINITY

  const keyOf = (hour: number): string => `${options.key}:${hour}`
  const hourNow = (): number => Math.floor(clock.now() / hourMs)
  const hourOf = (at: number): number =>
    Math.floor((clock.now() - (clock.monotonic() - at)) / hourMs)
  const isOpen = (hour: number): boolean => hour > hourNow() - options.hours
  const window = (): number[] => Array.from({ length: options.hours }, (_, i) => hourNow() - i)
  const untoldOf = (at: number): RateSums | undefined => {
    const hour = hourOf(at)
    if (!isOpen(hour)) return undefined
    const sums = untold.get(hour) ?? new RateSums(strataMax)
    untold.set(hour, sums)
    return sums
  }
  const roll = (): void => {
    for (const map of [fleet, telling, untold, forgetting, own]) {
      for (const hour of map.keys()) if (!isOpen(hour)) map.delete(hour)
    }
  }

  /** Adds and takes back in one hour, and reads it. */
  const tell = async (hour: number): Promise<void> => {
    const key = keyOf(hour)
    const adding = telling.get(hour)
    const taking = forgetting.get(hour)
    const result = await store.transact<{ sums: RateSums; isBad: boolean }>(
      { values: [key], parts: [] },
      ({ values }) => {
        const text = values.get(key)
        const read = text === undefined ? undefined : readHour(text)
        const { tellers, sums } = read ?? emptyHour()
        takeBack(sums, taking)
        if (adding !== undefined && (tellers.get(holder) ?? 0) < adding.number) {
          sums.add(adding.sums.strata)
          tellers.delete(holder)
          tellers.set(holder, adding.number)
        }
        return {
          result: { sums, isBad: text !== undefined && read === undefined },
          writes: { set: [{ key, value: hourText({ tellers, sums }), ttlMs }] },
        }
      },
    )
    if (!result.ok) return onError(result.error)
    if (result.value.isBad) onBadEntry()
    // What was to be taken back meanwhile is still in what was read.
    takeBack(result.value.sums, forgetting.get(hour))
    fleet.set(hour, result.value.sums)
    telling.delete(hour)
    if (forgetting.get(hour) === taking) forgetting.delete(hour)
  }
  const readHours = async (hours: readonly number[]): Promise<boolean> => {
    if (hours.length === 0) return true
    const read = await store.read(hours.map(keyOf))
    if (!read.ok) {
      onError(read.error)
      return false
    }
    for (const hour of hours) {
      const text = read.value.get(keyOf(hour))
      const known = text === undefined ? undefined : readHour(text)
      if (text !== undefined && known === undefined) onBadEntry()
      const { sums } = known ?? emptyHour()
      takeBack(sums, forgetting.get(hour))
      fleet.set(hour, sums)
    }
    return true
  }
  const look = async (): Promise<void> => {
    roll()
    for (const [hour, sums] of untold) {
      if (telling.has(hour)) continue
      telling.set(hour, { number: ++told, sums })
      untold.delete(hour)
    }
    const changed = new Set([...telling.keys(), ...forgetting.keys()])
    for (const hour of changed) await tell(hour)
    const all = clock.monotonic() - allReadAt >= hourMs
    const hours = window().slice(0, all ? options.hours : openHours)
    const read = await readHours(hours.filter((hour) => !changed.has(hour)))
    if (all && read) allReadAt = clock.monotonic()
  }

  return {
    eligible(item: WindowItem) {
      untoldOf(item.at)?.eligible(item)
    },
    graded(item: WindowItem, better, probability) {
      if (untoldOf(item.at)?.graded(item, better, probability) !== true) return false
      const hour = hourOf(item.at)
      const counts = own.get(hour) ?? new Map<string, number>()
      addCounts(counts, new Map([[item.language, 1]]))
      own.set(hour, counts)
      return true
    },
    forget(language) {
      roll()
      for (const sums of fleet.values()) sums.forget(language)
      for (const { sums } of telling.values()) sums.forget(language)
      for (const sums of untold.values()) sums.forget(language)
      for (const hour of window()) {
        forgetting.set(hour, withLanguage(forgetting.get(hour), language))
      }
      const forgotten = new Map<string, number>()
      for (const counts of own.values()) {
        addCounts(forgotten, takenFrom(counts, language))
      }
      return forgotten
    },
    rates(): LanguageRate[] {
      roll()
      const parts = [...fleet.values(), ...untold.values()]
      for (const { sums } of telling.values()) parts.push(sums)
      return ratesOf(parts).filter(({ language }) => languages.has(language))
    },
    step: nowAndThen(lookMs, clock, look),
  }
}

function takeBack(sums: RateSums, taking: Forgetting | undefined): void {
  if (taking === 'all') sums.forget()
  else for (const language of taking ?? []) sums.forget(language)
}

/** Another set than before: what is asked for while a look is under way is not done by it. */
function withLanguage(before: Forgetting | undefined, language: string | undefined): Forgetting {
  if (language === undefined || before === 'all') return 'all'
  return new Set([...(before ?? []), language])
}

/** Removes the counts of one language, or all of them, and says which they were. */
function takenFrom(counts: Map<string, number>, language: string | undefined): Map<string, number> {
  const taken = new Map([...counts].filter(([name]) => language === undefined || name === language))
  for (const name of taken.keys()) counts.delete(name)
  return taken
}

/** One row a stratum: its names, then eligible, weights and their squares by cell, verdicts. */
const rowOf = ({ language, set, unsure, eligible, graded, verdicts }: RateStratum): unknown[] => [
  language,
  set,
  unsure ? 1 : 0,
  ...eligible,
  ...graded.flat().flatMap(({ weights, squares }) => [weights, squares]),
  verdicts,
]

const numbersOfRow = 11

function hourText({ tellers, sums }: StoredHour): string {
  return JSON.stringify({
    version,
    tellers: [...tellers].slice(-tellersMax),
    strata: sums.strata.map(rowOf),
  })
}

/** More than any traffic makes; its square is a number still. */
const sumMax = 1e30

const isSum = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= sumMax

/** Each weight is 1 at least, so their squares are no less than they are. */
const isCell = ({ weights, squares }: WeightSums): boolean =>
  (weights === 0 && squares === 0) || (weights >= 1 && squares >= weights)

/** Undefined: not of the form. */
function readHour(text: string): StoredHour | undefined {
  const fields = fieldsOf(parseJson(text))
  const tellers = readTellers(fields?.get('tellers'))
  const rows = fields?.get('strata')
  if (fields?.get('version') !== version || tellers === undefined) return undefined
  if (!Array.isArray(rows) || rows.length > storedStrataMax) return undefined
  const strata = rows.map(readRow).filter((stratum) => stratum !== undefined)
  if (strata.length < rows.length) return undefined
  const sums = new RateSums(storedStrataMax)
  sums.add(strata)
  return { tellers, sums }
}

function readTellers(value: unknown): Map<string, number> | undefined {
  if (!Array.isArray(value) || value.length > tellersMax) return undefined
  const tellers = new Map<string, number>()
  for (const entry of value as unknown[]) {
    const [holder, number] = Array.isArray(entry) ? (entry as unknown[]) : []
    if (typeof holder !== 'string' || !isCount(number)) return undefined
    tellers.set(holder, number)
  }
  return tellers
}

function readRow(row: unknown): RateStratum | undefined {
  if (!Array.isArray(row)) return undefined
  const [language, set, unsure, ...numbers] = row as unknown[]
  if (typeof language !== 'string' || typeof set !== 'string') return undefined
  if (unsure !== 0 && unsure !== 1) return undefined
  if (numbers.length !== numbersOfRow || !numbers.every(isSum)) return undefined
  const [no = 0, yes = 0] = numbers
  const verdicts = numbers[10] ?? 0
  const cell = (index: number): WeightSums => ({
    weights: numbers[2 + 2 * index] ?? 0,
    squares: numbers[3 + 2 * index] ?? 0,
  })
  const graded: RateStratum['graded'] = [
    [cell(0), cell(1)],
    [cell(2), cell(3)],
  ]
  if (![no, yes, verdicts].every(isCount) || !graded.flat().every(isCell)) return undefined
  return { language, set, unsure: unsure === 1, eligible: [no, yes], graded, verdicts }
}
