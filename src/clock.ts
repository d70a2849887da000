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
