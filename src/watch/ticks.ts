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
  return {
    current(foldedTick) {
      const tick = Math.floor(look() / tickMs)
      return foldedTick === undefined ? tick : Math.max(tick, foldedTick + 1)
    },
    closable(foldedTick) {
      const now = look()
      const monotonic = clock.monotonic()
      if (monotonic < trustedFrom) return undefined
      if (foldedTick === undefined || foldedTick <= Math.floor(now / tickMs)) {
        ahead = undefined
        return Math.floor((now - graceMs) / tickMs) - 1
      }
      if (ahead?.tick !== foldedTick) ahead = { tick: foldedTick, seenAt: monotonic }
      return monotonic - ahead.seenAt < tickMs + graceMs ? foldedTick : foldedTick + 1
    },
  }
}
