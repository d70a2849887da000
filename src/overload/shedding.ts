/**
 * What holdfast gives up first when memory or the traffic thread's time runs short: samples, never
 * traffic. Level 1 takes every second exchange on average, level 2 none, and lets go of what is being
 * captured. A level rises at once and falls one step at a time, after calm has lasted.
 */
import type { Clock } from '../clock.ts'
import type { ShedCause } from '../exchange/drop.ts'

export type ShedLevel = 0 | 1 | 2

export interface SheddingOptions {
  clock: Pick<Clock, 'monotonic'>
  /** Bytes in use and the limit; an undefined limit never sheds. */
  memoryUsed(): number
  memoryLimit(): number | undefined
  /** Shares of the limit at which levels 1 and 2 begin. */
  limitShare: number
  stopShare: number
  /** Lateness of the thread at which level 1 begins; 0: never. Level 2 begins at four times as much. */
  lagMs: number
  /** Calm that has to last before a level falls. */
  recoverMs: number
  /** In [0, 1); which exchanges are kept at level 1. */
  random(): number
}

export interface Shedding {
  /** To be called every `checkMs`; how late the call comes is the lateness of the thread. */
  check(): void
  level(cause: ShedCause): ShedLevel
  /** Whether one more exchange is taken. */
  admits(): boolean
  /** Whether open captures are to be let go. */
  stopped(): boolean
}

export const checkMs = 250
/** A level is left this far below the share at which it began. */
const shareMargin = 0.05
/** One long task is no overload: the thread has to be late in so many checks in a row. */
const lateChecks = 8
const stopFactor = 4
const keptAtLevel1 = 0.5

export function createShedding(options: SheddingOptions): Shedding {
  const { clock, limitShare, stopShare, lagMs } = options
  const memory = createLevel({
    enter: [limitShare, stopShare],
    leave: [limitShare - shareMargin, stopShare - shareMargin],
    recoverMs: options.recoverMs,
  })
  const lag = createLevel({
    enter: [lagMs, lagMs * stopFactor],
    leave: [lagMs / 2, lagMs],
    recoverMs: options.recoverMs,
  })
  const late: number[] = []
  let last = clock.monotonic()
  const level = (): ShedLevel => (memory.level() > lag.level() ? memory.level() : lag.level())

  return {
    check() {
      const now = clock.monotonic()
      late.push(Math.max(0, now - last - checkMs))
      last = now
      if (late.length > lateChecks) late.shift()
      const limit = options.memoryLimit()
      memory.update(limit === undefined ? 0 : options.memoryUsed() / limit, now)
      lag.update(lagMs > 0 && late.length === lateChecks ? Math.min(...late) : 0, now)
    },
    level: (cause) => (cause === 'memory' ? memory : lag).level(),
    admits: () => level() === 0 || (level() === 1 && options.random() < keptAtLevel1),
    stopped: () => level() === 2,
  }
}

interface LevelOptions {
  /** Values at which levels 1 and 2 begin, and below which they may end. */
  enter: readonly [number, number]
  leave: readonly [number, number]
  recoverMs: number
}

function createLevel({ enter, leave, recoverMs }: LevelOptions) {
  let level: ShedLevel = 0
  let calmSince: number | undefined
  return {
    level: (): ShedLevel => level,
    update(value: number, now: number): void {
      const reached: ShedLevel = atOrOver(value, enter[1]) ? 2 : atOrOver(value, enter[0]) ? 1 : 0
      if (reached > level) level = reached
      if (level === 0 || value >= leave[level === 2 ? 1 : 0]) {
        calmSince = undefined
        return
      }
      calmSince ??= now
      if (now - calmSince < recoverMs) return
      level = level === 2 ? 1 : 0
      calmSince = now
    },
  }
}

/** Nothing is over a threshold of 0: that one is switched off. */
const atOrOver = (value: number, threshold: number): boolean => threshold > 0 && value >= threshold
