/**
 * This replica's own parts of ticks that are not folded yet, held until they are: what the store could
 * not take is written again, absolutely, and nothing is counted twice. Beyond a bound the oldest go.
 */

import { type FoldReceipt, receiptsMax } from '../drift/fleet-state.ts'
import { emptyPart, type TickPart } from '../drift/tick-part.ts'

interface Held {
  part: TickPart
  /** Changes to the part; what of them is in the store. */
  revision: number
  written: number
  samplesWritten: number
}

export interface HeldTicks {
  /** The part of a tick, for adding to. */
  open(tick: number): TickPart
  /** Parts with something that is not in the store yet, oldest first. */
  unwritten(): { tick: number; part: TickPart; done(): void }[]
  has(tick: number): boolean
  part(tick: number): TickPart | undefined
  /** Everything counts as unwritten: the store may have lost what it took. */
  rewrite(): void
  /**
   * Ticks up to `foldedTick` are done with. @returns samples that came after the fold of their tick,
   * and so went nowhere.
   */
  settle(foldedTick: number | undefined, receipts: readonly FoldReceipt[]): number
  size(): number
}

export const createHeldTicks = (
  writer: string,
  ticksMax: number,
  onLost: (samples: number) => void,
): HeldTicks => {
  const held = new Map<number, Held>()
  return {
    open(tick) {
      let one = held.get(tick)
      if (one === undefined) {
        one = { part: emptyPart(), revision: 0, written: 0, samplesWritten: 0 }
        held.set(tick, one)
        if (held.size > ticksMax) {
          const oldest = Math.min(...held.keys())
          onLost(held.get(oldest)?.part.samples ?? 0)
          held.delete(oldest)
        }
      }
      one.revision++
      return one.part
    },
    unwritten: () =>
      [...held]
        .filter(([, { revision, written }]) => revision > written)
        .sort(([a], [b]) => a - b)
        .map(([tick, one]) => {
          const { revision, part } = one
          const { samples } = part
          const done = (): void => {
            one.written = revision
            one.samplesWritten = samples
          }
          return { tick, part, done }
        }),
    has: (tick) => held.has(tick),
    part: (tick) => held.get(tick)?.part,
    rewrite() {
      for (const one of held.values()) one.written = 0
    },
    settle(foldedTick, receipts) {
      if (foldedTick === undefined) return 0
      let late = 0
      for (const [tick, { part, samplesWritten }] of held) {
        if (tick > foldedTick) continue
        const receipt = receipts.find((one) => one.tick === tick)
        const oldest = receipts.length < receiptsMax ? undefined : receipts[0]
        const isOffRecord = oldest !== undefined && tick < oldest.tick
        // A fold that is no longer on record: what was written in time is taken to be in it.
        const folded = isOffRecord ? samplesWritten : (receipt?.writers.get(writer) ?? 0)
        late += Math.max(0, part.samples - folded)
        held.delete(tick)
      }
      return late
    },
    size: () => held.size,
  }
}
