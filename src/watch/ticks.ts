/**
 * Which tick it is, and which ticks may be folded. Time comes from a clock that can be driven and may
 * jump: a sample never goes into a tick that was folded already, and while the wall clock has just
 * jumped nothing is folded, so that one wrong clock does not close the others' ticks. Where a wrong
 * clock has folded ticks of the future, the next tick is timed by itself until the wall clock has come
 * up: evidence goes on, under numbers that are ahead.
 */
import type { Clock } from '../clock.ts'

export interface TicksOptions {
  clock: Clock
  tickMs: number
  /** After its end a tick is left open for the parts of other replicas. */
  graceMs: number
  onJump(): void
}

export interface Ticks {
  /** The tick of a sample whose verdict is final now. */
  current(foldedTick: number | undefined): number
  /** The newest tick that may be folded; undefined while the clock is in doubt. */
  closable(foldedTick: number | undefined): number | undefined
}

/** Slewing and a pause of the machine stay below; a step of the wall clock does not. */
const jumpMinMs = 5000

export const createTicks = (options: TicksOptions): Ticks => {
  const { clock, tickMs, graceMs } = options
  const jumpMs = Math.min(jumpMinMs, tickMs / 2)
  let offset = clock.now() - clock.monotonic()
  let trustedFrom = Number.NEGATIVE_INFINITY
  /** The last folded tick while it is ahead of the wall clock, and when it was first seen. */
  let ahead: { tick: number; seenAt: number } | undefined
  const look = (): number => {
    const now = clock.now()
    const monotonic = clock.monotonic()
    if (Math.abs(now - monotonic - offset) > jumpMs) {
      trustedFrom = monotonic + graceMs
      options.onJump()
    }
    offset = now - monotonic
    return now
  }
  /** For how long the wall clock has been behind this folded tick; undefined when it is not. */
  const aheadForMs = (foldedTick: number | undefined, now: number): number | undefined => {
    if (foldedTick === undefined || foldedTick <= Math.floor(now / tickMs)) {
      ahead = undefined
      return undefined
    }
    const monotonic = clock.monotonic()
    if (ahead?.tick !== foldedTick) ahead = { tick: foldedTick, seenAt: monotonic }
    return monotonic - ahead.seenAt
  }
  return {
    current(foldedTick) {
      const now = look()
      const tick = Math.floor(now / tickMs)
      if (foldedTick === undefined) return tick
      const isOver = (aheadForMs(foldedTick, now) ?? 0) >= tickMs
      return Math.max(tick, foldedTick + (isOver ? 2 : 1))
    },
    closable(foldedTick) {
      const now = look()
      if (clock.monotonic() < trustedFrom) return undefined
      const aheadMs = aheadForMs(foldedTick, now)
      if (foldedTick === undefined || aheadMs === undefined) {
        return Math.floor((now - graceMs) / tickMs) - 1
      }
      return aheadMs < tickMs + graceMs ? foldedTick : foldedTick + 1
    },
  }
}

/**
 * The ticks from the last folded one to the one that may be folded; of a long time, in which a clock
 * has gone wrong or nothing ran, its two ends.
 */
export const openTicks = (
  foldedTick: number | undefined,
  closable: number,
  ticksMax: number,
): number[] => {
  const latest = closable - ticksMax + 1
  const ticks: number[] = []
  const earliest = foldedTick === undefined ? latest : foldedTick + 1
  for (let tick = earliest; tick < Math.min(earliest + ticksMax, latest); tick++) ticks.push(tick)
  for (let tick = Math.max(earliest, latest); tick <= closable; tick++) ticks.push(tick)
  return ticks
}
