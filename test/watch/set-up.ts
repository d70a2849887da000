/** Watches over one store with a clock that is driven, as replicas of one deployment are. */

import { MemoryStore } from '../../src/state/memory-store.ts'
import type { Store, StoreError } from '../../src/state/store.ts'
import type { WatchedSample } from '../../src/watch/live-streams.ts'
import type { WatchSettings } from '../../src/watch/settings.ts'
import { createWatch, type Watch, type WatchEvents } from '../../src/watch/watch.ts'

export const hourMs = 3_600_000

export interface DrivenClock {
  now(): number
  monotonic(): number
  advance(ms: number): void
  /** The wall clock alone. */
  step(ms: number): void
}

export const drivenClock = (start = 1000 * hourMs): DrivenClock => {
  let now = start
  let monotonic = 0
  return {
    now: () => now,
    monotonic: () => monotonic,
    advance(ms) {
      now += ms
      monotonic += ms
    },
    step(ms) {
      now += ms
    },
  }
}

export const memoryStore = (clock: DrivenClock): MemoryStore =>
  new MemoryStore({ clock, bytesMax: 1 << 26, valueBytesMax: 1 << 22 })

export const settings: WatchSettings = {
  tickMs: hourMs,
  graceMs: 120_000,
  detectorsMax: 100,
  falsePages: 0.2,
  episodeQuietTicks: 72,
  samplesPerUserDay: 3,
  historyDays: 35,
  nulls: {
    gap: 0.02,
    refusalLevel: undefined,
    overRefusal: undefined,
    unclear: undefined,
    flip: undefined,
  },
}

export interface Counted {
  late: number
  heldTooLong: number
  failures: StoreError[]
  badEntries: number
  jumps: number
  pairs: number
  opened: number
}

export interface Replica {
  watch: Watch
  counted: Counted
  /** Every sample is admitted: which are is a matter of admission.test.ts. */
  add(sample: Partial<WatchedSample> & { language: string; refused?: boolean }): void
}

export interface ReplicaOptions {
  clock: DrivenClock
  store: Store
  writer?: string
  settings?: WatchSettings
  languages?: readonly string[]
  requestSets?: boolean
  judgeVersion?: string
}

let writers = 0

export const replica = (options: ReplicaOptions): Replica => {
  const { clock, store } = options
  const counted: Counted = {
    late: 0,
    heldTooLong: 0,
    failures: [],
    badEntries: 0,
    jumps: 0,
    pairs: 0,
    opened: 0,
  }
  const events: WatchEvents = {
    admission() {},
    paired: () => void counted.pairs++,
    lost(reason, samples) {
      if (reason === 'late') counted.late += samples
      else counted.heldTooLong += samples
    },
    storeFailed: (error) => void counted.failures.push(error),
    badEntry: () => void counted.badEntries++,
    clockJumped: () => void counted.jumps++,
    folded: (opened) => void (counted.opened += opened),
  }
  writers++
  const watch = createWatch({
    settings: options.settings ?? settings,
    languages: options.languages ?? ['en', 'bn'],
    requestSets: options.requestSets ?? true,
    judgeVersion: options.judgeVersion ?? 'judge 1',
    store,
    writer: options.writer ?? `writer-${writers}`,
    admission: { admit: () => 'admitted' },
    toolAdmission: { admits: () => true },
    clock,
    events,
  })
  return {
    watch,
    counted,
    add({ refused = true, ...sample }) {
      const at = clock.now()
      watch.observe(
        {
          at,
          set: 'should_refuse',
          format: 'chat',
          depth: '1',
          verdict: refused ? 'refused' : 'complied',
          ...sample,
        },
        { conversationKey: 'any', humanTurns: 1, userKey: undefined, at },
        'model-1',
      )
    },
  }
}

/** Evidence of the running gap detector of a language: M of each bet. */
export const wealthOf = ({ watch }: Replica, language: string): readonly number[] => {
  const { specs, view } = watch.report()
  const spec = specs.find((one) => one.metric === 'refusal_gap' && one.language === language)
  return view?.fleet.detectors.get(spec?.id ?? '')?.wealth ?? []
}
