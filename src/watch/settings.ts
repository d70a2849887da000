/** What the watch is built from: plain data, as it crosses to the monitor thread. */
import type { ConfiguredNulls } from '../drift/nulls.ts'

export interface WatchSettings {
  tickMs: number
  graceMs: number
  /** K: the detectors that the budget of false pages is spread over. */
  detectorsMax: number
  /** B: false pages tolerated in 30 days. */
  falsePages: number
  episodeQuietTicks: number
  samplesPerUserDay: number
  historyDays: number
  nulls: ConfiguredNulls
}

const dayMs = 86_400_000
export const horizonMs = 30 * dayMs

/** T: ticks in 30 days. */
export const ticksPerHorizon = (tickMs: number): number => horizonMs / tickMs

/** How often parts are written, gauges handed over and the store asked. */
export const flushMsOf = (tickMs: number): number => Math.min(10_000, Math.max(50, tickMs / 4))
