/**
 * How long to wait before a thread that is gone is started again: twice as long each time, up to a limit.
 * Only a thread that has worked for a while earns a short pause again: one that dies while it loads, however
 * long that takes, does not.
 */
const firstMs = 100
/** Of work; loading does not count. */
const stableMs = 60_000

export interface RestartPause {
  /** The thread works from now on. */
  ready(atMs: number): void
  /** @returns milliseconds to wait */
  lost(atMs: number): number
}

export function createRestartPause(maxMs: number): RestartPause {
  let next = Math.min(firstMs, maxMs)
  let readyAt: number | undefined
  return {
    ready(atMs) {
      readyAt = atMs
    },
    lost(atMs) {
      if (readyAt !== undefined && atMs - readyAt > stableMs) next = Math.min(firstMs, maxMs)
      readyAt = undefined
      const pause = next
      next = Math.min(next * 2, maxMs)
      return pause
    },
  }
}
