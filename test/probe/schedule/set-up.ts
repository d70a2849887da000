/** A driven clock and stores for the fleet's probe state, alone and with faults. */
import { MemoryStore } from '../../../src/state/memory-store.ts'
import type { Store, StoreError } from '../../../src/state/store.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

export interface DrivenClock {
  now(): number
  monotonic(): number
  advance(ms: number): void
  /** The wall clock alone. */
  step(ms: number): void
}

/** 2026-03-02 is a Monday. */
export const monday = Date.UTC(2026, 2, 2)

export const drivenClock = (start = monday): DrivenClock => {
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

export interface Breakable {
  store: Store
  break(error: StoreError | undefined): void
}

/** The same store, whose calls fail while it is broken. */
export const breakable = (store: Store): Breakable => {
  let error: StoreError | undefined
  const or =
    <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
    async (...args: Args) =>
      error === undefined ? await call(...args) : ({ ok: false, error } as const)
  return {
    break(next) {
      error = next
    },
    store: {
      writePart: or((...args: Parameters<Store['writePart']>) => store.writePart(...args)),
      read: or((...args: Parameters<Store['read']>) => store.read(...args)),
      readParts: or((...args: Parameters<Store['readParts']>) => store.readParts(...args)),
      set: or((...args: Parameters<Store['set']>) => store.set(...args)),
      async transact(watch, decide) {
        return error === undefined ? await store.transact(watch, decide) : { ok: false, error }
      },
      isUp: () => error === undefined,
      upForMs: () => (error === undefined ? store.upForMs() : undefined),
      close: () => store.close(),
    },
  }
}
