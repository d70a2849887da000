/** Which runs make a set, and how long its phases are. */
import type { Fault, Scenario } from '../fault.ts'
import { faults } from '../faults.ts'
import { missingNeed } from '../needs.ts'
import type { Scale } from './scene.ts'

export type SetName = 'full' | 'smoke' | 'commit'

export const scaleOf: Record<SetName, Scale> = {
  full: { clients: 40, directClients: 6, phaseMs: 1500, factor: 1, isShared: false },
  smoke: { clients: 40, directClients: 6, phaseMs: 1000, factor: 0.5, isShared: true },
  commit: { clients: 12, directClients: 3, phaseMs: 300, factor: 0.05, isShared: true },
}

export interface Planned {
  fault: Fault
  scenario: Scenario
  seed: number
}

export interface Skipped {
  fault: string
  variant: string
  reason: string
}

/** The first seed and the last. */
export type Seeds = readonly [first: number, last: number]

/** `3` is the seeds 1, 2 and 3; `2-3` leaves the first out, as of a run that is continued. */
export function seedsOf(text: string): Seeds {
  const [, first, last] = /^(?:(\d+)-)?(\d+)$/.exec(text) ?? []
  const seeds: Seeds = [Number(first ?? 1), Number(last)]
  if (!(seeds[0] >= 1 && seeds[1] >= seeds[0])) {
    throw new Error(`--seeds takes a number, or two with a dash between, not ${text}`)
  }
  return seeds
}

export interface SetOptions {
  set: SetName
  seeds: Seeds
  /** Ids of faults, or `F23 2 restarts` for one way of one; empty: all of the set. */
  only: readonly string[]
}

/** Every run of the set that this machine can do, and what it cannot, with the reason. */
export function planOf({ set, seeds, only }: SetOptions): { runs: Planned[]; skipped: Skipped[] } {
  const runs: Planned[] = []
  const skipped: Skipped[] = []
  for (const fault of faults) {
    for (const scenario of fault.scenarios ?? []) {
      const names = [fault.id, `${fault.id} ${scenario.variant}`]
      if (only.length > 0 && !names.some((name) => only.includes(name))) continue
      if (set !== 'full' && scenario.sets?.includes(set) !== true) continue
      const reason = missingNeed(scenario.needs)
      if (reason !== undefined) {
        skipped.push({ fault: fault.id, variant: scenario.variant, reason })
        continue
      }
      const last = scenario.once === true ? 1 : seeds[1]
      for (let seed = seeds[0]; seed <= last; seed++) runs.push({ fault, scenario, seed })
    }
  }
  return { runs, skipped }
}
