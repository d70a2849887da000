/**
 * Verdicts of one judge over the last day, by language, set and model family, in hourly slots: what
 * corrected rates are computed from. Assumes nothing; forgets a slot as a whole when it is a day old.
 * Memory is bounded by the number of different keys in a slot; what finds no room is not counted here.
 */
import type { VerdictCount } from './corrected-rates.ts'

export interface WindowOptions {
  slotMs: number
  slots: number
  /** Different language x set x family in one slot. */
  keysMax: number
}

export const dayWindow: WindowOptions = { slotMs: 3_600_000, slots: 24, keysMax: 2000 }

export interface VerdictWindow<Set extends string> {
  /** @param at epoch milliseconds */
  add(at: number, verdict: Omit<VerdictCount<Set>, 'refused' | 'n'> & { isRefusal: boolean }): void
  counts(at: number): VerdictCount<Set>[]
}

interface Slot<Set extends string> {
  number: number
  counts: Map<string, VerdictCount<Set>>
}

export function createVerdictWindow<Set extends string>(
  options: WindowOptions = dayWindow,
): VerdictWindow<Set> {
  const slots: Slot<Set>[] = []
  const numberOf = (at: number): number => Math.floor(at / options.slotMs)
  const slotAt = (at: number): Slot<Set> => {
    const number = numberOf(at)
    const last = slots.at(-1)
    // A clock that was set back goes on filling the newest slot.
    if (last !== undefined && last.number >= number) return last
    const slot: Slot<Set> = { number, counts: new Map() }
    slots.push(slot)
    if (slots.length > options.slots) slots.shift()
    return slot
  }
  return {
    add(at, { language, set, family, isRefusal }) {
      const { counts } = slotAt(at)
      const key = `${language}\0${set}\0${family ?? ''}`
      let count = counts.get(key)
      if (count === undefined) {
        if (counts.size >= options.keysMax) return
        count = { language, set, family, refused: 0, n: 0 }
        counts.set(key, count)
      }
      count.n++
      if (isRefusal) count.refused++
    },
    counts(at) {
      const oldest = numberOf(at) - options.slots
      const sums = new Map<string, VerdictCount<Set>>()
      for (const slot of slots) {
        if (slot.number <= oldest) continue
        for (const [key, { refused, n, ...rest }] of slot.counts) {
          const sum = sums.get(key) ?? { ...rest, refused: 0, n: 0 }
          sum.refused += refused
          sum.n += n
          sums.set(key, sum)
        }
      }
      return [...sums.values()]
    },
  }
}
