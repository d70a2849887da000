/**
 * Sums of the last hours that all replicas add to. Those of each clock hour are one value in the shared
 * store: each replica adds what it has seen since it last looked, and goes by all of it. What it adds
 * bears a number, so that a write whose answer was lost is not made twice. While the store is away, and
 * where there is none, a replica goes by what it saw last and by what it has not told yet.
 */
import { type Clock, nowAndThen } from '../clock.ts'
import { fieldsOf, isCount, parseJson, readList } from '../drift/stored-values.ts'
import type { Store, StoreError } from '../state/store.ts'

/** How sums are made, put together and written. */
export interface HourlySums<Sums> {
  empty(): Sums
  add(to: Sums, more: Sums): void
  /** As plain JSON. */
  rowsOf(sums: Sums): readonly unknown[]
  /** Undefined: not of the form. */
  read(rows: unknown): Sums | undefined
}

export interface SharedHoursOptions<Sums> {
  sums: HourlySums<Sums>
  /** Undefined: this process alone. */
  store: Pick<Store, 'transact' | 'read' | 'isUp'> | undefined
  /** Of what is counted, and by which instrument: another one has other sums. */
  key: string
  /** Tells this replica from the others. */
  holder: string
  hours: number
  onError: (error: StoreError) => void
  /** What lies there is not what a replica writes: that hour is begun anew. */
  onBadEntry: () => void
  clock: Clock
}

export interface SharedHours<Sums> {
  /**
   * What this replica has seen in the hour of a moment and not told yet, to be added to.
   *
   * @param at epoch milliseconds; undefined: its hour is not in the window
   */
  own(at: number): Sums | undefined
  /** Together everything in the window. */
  all(): Sums[]
  /** Changes what is in the window, here and in the store, now and until every hour has it. `name` is of the change. */
  amend(name: string, change: (sums: Sums) => void): void
  /** To be called again and again; looks at the store now and then, one look at a time. */
  step(): Promise<void>
}

export const hourMs = 3_600_000

const version = 1
const lookMs = 60_000
/** Read at each look, as things come a little later than their hour; the others once an hour. */
const openHours = 2
/** Who added what last, in the order of their coming: enough for every answer that was lost a look ago. */
const tellersMax = 2048

/** What lies under one hour. */
interface StoredHour<Sums> {
  /** Holder and the number of what it added last; the newest at the end. */
  tellers: Map<string, number>
  sums: Sums
}

/** What this replica adds to an hour, until it is known to have arrived. */
interface Telling<Sums> {
  number: number
  sums: Sums
}

type Changes<Sums> = ReadonlyMap<string, (sums: Sums) => void>

export function createSharedHours<Sums>(options: SharedHoursOptions<Sums>): SharedHours<Sums> {
  const { store, sums: kind, holder, onError, onBadEntry, clock } = options
  const ttlMs = (options.hours + 1) * hourMs
  /** By hour: as last read, on its way, not sent yet, to be changed. */
  const fleet = new Map<number, Sums>()
  const telling = new Map<number, Telling<Sums>>()
  const untold = new Map<number, Sums>()
  const amending = new Map<number, Changes<Sums>>()
  let told = 0
  let allReadAt = Number.NEGATIVE_INFINITY

  const keyOf = (hour: number): string => `${options.key}:${hour}`
  const hourOf = (at: number): number => Math.floor(at / hourMs)
  const hourNow = (): number => hourOf(clock.now())
  /** Hours ahead are of a clock that was set back since. */
  const isOpen = (hour: number): boolean => Math.abs(hour - hourNow()) < options.hours
  const roll = (): void => {
    for (const map of [fleet, telling, untold, amending]) {
      for (const hour of map.keys()) if (!isOpen(hour)) map.delete(hour)
    }
  }
  const amend = (sums: Sums, changes: Changes<Sums> | undefined): void => {
    for (const change of changes?.values() ?? []) change(sums)
  }
  const read = (text: string | undefined): StoredHour<Sums> | 'bad' => {
    if (text === undefined) return { tellers: new Map(), sums: kind.empty() }
    const fields = fieldsOf(parseJson(text))
    const tellers = readList(fields?.get('tellers'), readTeller, tellersMax)
    const sums = kind.read(fields?.get('rows'))
    if (fields?.get('version') !== version || tellers === undefined) return 'bad'
    return sums === undefined ? 'bad' : { tellers: new Map(tellers), sums }
  }
  const textOf = ({ tellers, sums }: StoredHour<Sums>): string =>
    JSON.stringify({ version, tellers: [...tellers].slice(-tellersMax), rows: kind.rowsOf(sums) })

  /** Adds and changes in one hour, and reads it. */
  const tell = async (shared: NonNullable<typeof store>, hour: number): Promise<void> => {
    const key = keyOf(hour)
    const adding = telling.get(hour)
    const changes = amending.get(hour)
    const result = await shared.transact<{ sums: Sums; isBad: boolean }>(
      { values: [key], parts: [] },
      ({ values }) => {
        const stored = read(values.get(key))
        const isBad = stored === 'bad'
        const { tellers, sums } = isBad
          ? { tellers: new Map<string, number>(), sums: kind.empty() }
          : stored
        amend(sums, changes)
        if (adding !== undefined && (tellers.get(holder) ?? 0) < adding.number) {
          kind.add(sums, adding.sums)
          tellers.delete(holder)
          tellers.set(holder, adding.number)
        }
        return {
          result: { sums, isBad },
          writes: { set: [{ key, value: textOf({ tellers, sums }), ttlMs }] },
        }
      },
    )
    if (!result.ok) return onError(result.error)
    if (result.value.isBad) onBadEntry()
    // What was to be changed meanwhile is not changed yet in what was read.
    amend(result.value.sums, amending.get(hour))
    fleet.set(hour, result.value.sums)
    telling.delete(hour)
    if (amending.get(hour) === changes) amending.delete(hour)
  }
  const readHours = async (
    shared: NonNullable<typeof store>,
    hours: readonly number[],
  ): Promise<boolean> => {
    if (hours.length === 0) return true
    const found = await shared.read(hours.map(keyOf))
    if (!found.ok) {
      onError(found.error)
      return false
    }
    for (const hour of hours) {
      const stored = read(found.value.get(keyOf(hour)))
      if (stored === 'bad') onBadEntry()
      const sums = stored === 'bad' ? kind.empty() : stored.sums
      amend(sums, amending.get(hour))
      fleet.set(hour, sums)
    }
    return true
  }
  const look = async (): Promise<void> => {
    if (store === undefined) return
    roll()
    for (const [hour, sums] of untold) {
      if (telling.has(hour)) continue
      telling.set(hour, { number: ++told, sums })
      untold.delete(hour)
    }
    const changed = new Set([...telling.keys(), ...amending.keys()])
    for (const hour of changed) await tell(store, hour)
    const isAllDue = clock.monotonic() - allReadAt >= hourMs
    const count = isAllDue ? options.hours : openHours
    const hours = Array.from({ length: count }, (_, i) => hourNow() - i)
    const isRead = await readHours(
      store,
      hours.filter((hour) => !changed.has(hour)),
    )
    if (isAllDue && isRead) allReadAt = clock.monotonic()
  }

  const all = (): Sums[] => {
    roll()
    const onTheirWay = Array.from(telling.values(), ({ sums }) => sums)
    return [...fleet.values(), ...onTheirWay, ...untold.values()]
  }
  return {
    own(at) {
      const hour = hourOf(at)
      if (!isOpen(hour)) return undefined
      const sums = untold.get(hour) ?? kind.empty()
      untold.set(hour, sums)
      return sums
    },
    all,
    amend(name, change) {
      for (const sums of all()) change(sums)
      if (store === undefined) return
      for (let i = 0; i < options.hours; i++) {
        const hour = hourNow() - i
        // Another map than before: a look that is under way has not made this change.
        amending.set(hour, new Map([...(amending.get(hour) ?? []), [name, change]]))
      }
    },
    // One that starts has not reached the store yet.
    step: nowAndThen(lookMs, clock, look, () => store?.isUp() === true),
  }
}

function readTeller(entry: unknown): [string, number] | undefined {
  const [holder, number] = Array.isArray(entry) ? (entry as unknown[]) : []
  return typeof holder === 'string' && isCount(number) ? [holder, number] : undefined
}
