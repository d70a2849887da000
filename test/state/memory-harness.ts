/** A memory store on a clock of the test, as the contract wants it. */
import assert from 'node:assert/strict'
import type { MemoryStore } from '../../src/state/memory-store.ts'
import type { StoreHarness } from '../contract/store.ts'

export const valueBytesMax = 200_000
const bytesMax = 8_388_608

export function createClock() {
  let monotonic = 1000
  let now = 1_700_000_000_000
  return {
    monotonic: () => monotonic,
    now: () => now,
    pass(ms: number) {
      monotonic += ms
      now += ms
    },
    /** The wall clock alone. */
    jump(ms: number) {
      now += ms
    },
  }
}

export function memoryHarness(Store: typeof MemoryStore): StoreHarness {
  const clock = createClock()
  const store = new Store({ clock, bytesMax, valueBytesMax })
  return {
    a: store,
    b: store,
    valueBytesMax,
    passMs: async (ms) => clock.pass(ms),
    interfere: (key, value) => void store.set(key, value, 60_000),
    interferePart: (key, writer, value) => void store.writePart(key, writer, value, 60_000),
    async spoil() {
      const bytes = store.snapshot()
      for (const at of [0, 40, bytes.length - 1]) {
        const spoilt = Uint8Array.from(bytes)
        spoilt[at] = (spoilt[at] ?? 0) ^ 0x20
        assert.equal(store.restore(spoilt), false)
      }
    },
  }
}
