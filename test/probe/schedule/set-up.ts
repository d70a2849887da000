/** A driven clock and stores for the fleet's probe state, alone and with faults. */
import type { Store, StoreError } from '../../../src/state/store.ts'
import { drivenClock as clockFrom, type DrivenClock, memoryStore } from '../../watch/set-up.ts'

export { type DrivenClock, memoryStore }

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** 2026-03-02 is a Monday. */
export const monday = Date.UTC(2026, 2, 2)

export const drivenClock = (start = monday): DrivenClock => clockFrom(start)

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
