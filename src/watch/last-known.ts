/**
 * What this replica saw last of the shared state, held against a store that forgets it: emptied,
 * restored from an older copy, or written over by somebody. What is newer wins: an older or unreadable
 * state is taken for a loss. Of two states of one tick the stored one is believed.
 */
import { type Baseline, baselineText } from '../drift/baseline.ts'
import { emptyFleet, type FleetState, fleetText } from '../drift/fleet-state.ts'
import { type BaselineIndex, indexText } from './baseline-index.ts'

export interface LastKnown {
  /** Whether `stored` may lack ticks that were folded. */
  hasLost(stored: StoredFleet): boolean
  /** The newer one, which is remembered. */
  fleet(stored: StoredFleet): FleetState
  /** An index that is absent or unreadable is taken for lost: a dropped baseline leaves one. */
  index(stored: BaselineIndex | undefined): BaselineIndex | undefined
  rememberBaseline(baseline: Baseline): void
  /** The active baseline, when it is known whole. */
  activeBaseline(): Baseline | undefined
}

/** absent: nobody wrote one, or it is gone. unreadable: whoever wrote it, it was a state before. */
export type StoredFleet = FleetState | 'absent' | 'unreadable'

export const createLastKnown = (): LastKnown => {
  let fleet: FleetState | undefined
  let index: BaselineIndex | undefined
  let baseline: Baseline | undefined
  const hasLost = (stored: StoredFleet): boolean => {
    if (stored === 'unreadable') return true
    const known = fleet?.foldedTick ?? Number.NEGATIVE_INFINITY
    const folded = stored === 'absent' ? undefined : stored.foldedTick
    return (folded ?? Number.NEGATIVE_INFINITY) < known
  }
  return {
    hasLost,
    fleet(stored) {
      if (typeof stored === 'object' && !hasLost(stored)) fleet = stored
      return fleet ?? emptyFleet
    },
    index(stored) {
      index = stored ?? index
      return index
    },
    rememberBaseline(read) {
      baseline = read
    },
    activeBaseline: () => (baseline?.name === index?.active ? baseline : undefined),
  }
}

export const keptMs = 400 * 86_400_000
export const stateKey = 'drift:state'
export const indexKey = 'drift:baselines'
export const historyKey = (tick: number): string => `drift:history:${tick}`
export const baselineKey = (name: string): string => `drift:baseline:${name}`

export const setState = (fleet: FleetState) => ({
  key: stateKey,
  value: fleetText(fleet),
  ttlMs: keptMs,
})
export const setIndex = (index: BaselineIndex) => ({
  key: indexKey,
  value: indexText(index),
  ttlMs: keptMs,
})
export const setBaseline = (baseline: Baseline) => ({
  key: baselineKey(baseline.name),
  value: baselineText(baseline),
  ttlMs: keptMs,
})
