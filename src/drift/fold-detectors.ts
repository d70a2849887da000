/**
 * Closes one tick, or one run, in every detector that had data. Detectors that were not in use for
 * `forgetTicks` are dropped: their identity will not come back.
 */
import {
  type DetectorState,
  evidenceReached,
  foldTick,
  freshState,
  type TickSum,
} from './e-detector.ts'

export interface FoldDetectorsOptions {
  /** A. */
  threshold: number
  quietTicks: number
  forgetTicks: number
}

export interface FoldedDetectors {
  states: Map<string, DetectorState>
  /** Identities whose episode opened, and whose closed. */
  opened: string[]
  closed: string[]
  /** M that opened an episode, by identity: the state starts again at 0. */
  reached: Map<string, number>
}

export const foldDetectors = (
  before: ReadonlyMap<string, DetectorState>,
  tick: number,
  sums: ReadonlyMap<string, TickSum>,
  { threshold, quietTicks, forgetTicks }: FoldDetectorsOptions,
): FoldedDetectors => {
  const states = new Map<string, DetectorState>()
  for (const [id, state] of before) {
    if (tick - (state.lastTick ?? tick) <= forgetTicks) states.set(id, state)
  }
  const opened: string[] = []
  const closed: string[] = []
  const reached = new Map<string, number>()
  for (const [id, sum] of sums) {
    if (sum.count === 0) continue
    const state = states.get(id) ?? freshState(sum.logWealth.length)
    const result = foldTick(state, tick, sum, { threshold, quietTicks })
    if (!result.ok) continue
    states.set(id, result.state)
    if (result.opened) {
      opened.push(id)
      reached.set(id, evidenceReached(state, sum))
    }
    if (result.closed) closed.push(id)
  }
  return { states, opened, closed, reached }
}
