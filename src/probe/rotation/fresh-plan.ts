/**
 * What a run asks beside its anchors: items of the same suites whose epoch it is and that have not been
 * asked too often, in English and each language. They show whether a system does better on what it is
 * asked every night than on what it has not met, and feed no detector.
 */
import type { Condition } from '../conditions/conditions.ts'
import type { Probe } from '../probe.ts'
import { planRun, type RunPlan } from '../run-plan.ts'
import type { Rotation } from './rotation.ts'

export interface FreshSource {
  /** Of one suite, those that are no anchors. */
  spare: readonly Probe[]
}

export interface FreshOptions {
  rotation: Rotation
  base: Condition
  /** Languages alone: how a format or a depth does is the anchors' to say. */
  languages: readonly Condition[]
  perSuite: number
  epochMs: number
  seed: number
}

export interface FreshPlan {
  plan: RunPlan
  /** Items of this epoch that have been asked so often that a system may have learnt them. */
  retired: number
}

/** @param dueAt epoch milliseconds */
export const epochOf = (dueAt: number, epochMs: number): number => Math.floor(dueAt / epochMs)

/** @param dueAt epoch milliseconds */
export function planFresh(
  suites: readonly FreshSource[],
  dueAt: number,
  exposuresOf: (id: string) => number,
  { rotation, base, languages, perSuite, epochMs, seed }: FreshOptions,
): FreshPlan {
  const epoch = epochOf(dueAt, epochMs)
  const selected = suites.map(({ spare }) => rotation.select(spare, epoch, exposuresOf))
  const probes = selected.flatMap(({ fresh }) =>
    // The least asked first, so that an epoch that is too large for its runs is asked evenly.
    fresh.toSorted((a, b) => exposuresOf(a.id) - exposuresOf(b.id)).slice(0, perSuite),
  )
  return {
    plan: planRun({ probes, base, conditions: languages, seed, limit: undefined }),
    retired: selected.reduce((sum, { retired }) => sum + retired.length, 0),
  }
}
