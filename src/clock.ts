/** The only place where time is read. Everything that needs time is handed a Clock, so tests can drive it. */
export interface Clock {
  /** Epoch milliseconds; may jump. */
  now(): number
  /** Monotonic milliseconds with fractions; for durations. */
  monotonic(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}

/**
 * What is called again and again and does something now and then, one at a time: `pauseMs` after it ended,
 * or as soon as it may after that. A call in between does nothing.
 */
export function nowAndThen(
  pauseMs: number,
  clock: Pick<Clock, 'monotonic'>,
  run: () => Promise<void>,
  may: () => boolean = () => true,
): () => Promise<void> {
  let dueAt = Number.NEGATIVE_INFINITY
  let running = false
  return async () => {
    if (running || clock.monotonic() < dueAt || !may()) return
    running = true
    try {
      await run()
    } finally {
      running = false
      dueAt = clock.monotonic() + pauseMs
    }
  }
}
