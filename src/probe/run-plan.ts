/** What a run will ask: every probe under its baseline and its conditions, in an order by seed. */
import { createHash } from 'node:crypto'
import type { NotApplicable } from './conditions/condition.ts'
import type { Condition } from './conditions/conditions.ts'
import type { Probe } from './probe.ts'
import { seededOrder } from './seeded-order.ts'

export interface Delivery {
  condition: Condition
  /** As delivered. */
  probe: Probe
}

export interface RunPlan {
  /** A probe's deliveries stand together, so that a run that is cut leaves whole pairs. */
  deliveries: readonly Delivery[]
  base: Condition
  conditions: readonly Condition[]
  /** By condition key, then reason. */
  notApplicable: ReadonlyMap<string, ReadonlyMap<NotApplicable, number>>
  /** Deliveries of class P2 among them. */
  adversarial: number
}

export interface PlanOptions {
  probes: readonly Probe[]
  base: Condition
  conditions: readonly Condition[]
  seed: number
  /** Probes at most; undefined: all. */
  limit: number | undefined
}

export function planRun({ probes, base, conditions, seed, limit }: PlanOptions): RunPlan {
  const ordered = seededOrder(probes, ({ id }) => id, seed, 'probe')
  const others = conditions.filter(({ key }) => key !== base.key)
  const notApplicable = new Map<string, Map<NotApplicable, number>>()
  const deliveries = ordered.slice(0, limit).flatMap((probe) =>
    [base, ...others].flatMap((condition): Delivery[] => {
      const applied = condition.apply(probe)
      if (applied.ok) return [{ condition, probe: applied.probe }]
      const reasons = notApplicable.get(condition.key) ?? new Map<NotApplicable, number>()
      reasons.set(applied.reason, (reasons.get(applied.reason) ?? 0) + 1)
      notApplicable.set(condition.key, reasons)
      return []
    }),
  )
  return {
    deliveries,
    base,
    conditions: others,
    notApplicable,
    adversarial: deliveries.filter(({ probe }) => probe.class === 'P2').length,
  }
}

export interface RunIdentity {
  suites: readonly string[]
  base: string
  conditions: readonly string[]
  scaffolds: readonly string[]
  target: string
  protocol: string
  model: string
  judges: readonly string[]
  seed: number
  limit: number | undefined
  /** What tells two runs of the same settings apart, such as the time they were due. */
  salt?: string
}

/** The same settings have the same id: so a run that was cut is recognised when it is taken up. */
export const runIdOf = (identity: RunIdentity): string =>
  `run_${createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16)}`
