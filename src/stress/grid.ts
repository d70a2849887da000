/**
 * The grid of a stress test: tasks x scaffolds, the same for every model. Tasks are drawn by the seed
 * among the probes that are tasks on the scale and that every scaffold can be put around, so that no
 * cell is empty by construction.
 */
import type { Materials } from '../probe/conditions/condition.ts'
import { type Condition, readCondition } from '../probe/conditions/conditions.ts'
import type { Probe } from '../probe/probe.ts'
import type { Delivery, RunPlan } from '../probe/run-plan.ts'
import { seededOrder } from '../probe/seeded-order.ts'
import type { Suite } from '../probe/suite.ts'
import type { StressDimension } from './stress-dimension.ts'

/** Ours, in suites/scaffolds/: each pinned by its hash. The first is what others are compared with. */
export const defaultScaffolds = [
  'none',
  'verification',
  'process-steering',
  'safety-policy',
] as const
export const defaultTasks = 15

export interface GridScaffold {
  name: string
  hash: string
  system: string | undefined
  /** Neither system text nor tools: the bare model. */
  empty: boolean
  condition: Condition
}

export interface Grid {
  suite: Suite
  dimension: StressDimension
  scaffolds: readonly GridScaffold[]
  /** As their suite has them, in the order drawn. */
  tasks: readonly Probe[]
  /** Probes that could have been tasks. */
  candidates: number
}

export type MadeGrid = { ok: true; grid: Grid } | { ok: false; reasons: readonly string[] }

export function makeGrid(options: {
  suite: Suite
  dimension: StressDimension
  scaffolds: readonly string[]
  materials: Materials
  tasks: number
  seed: number
}): MadeGrid {
  const { suite, dimension, materials, seed } = options
  const reasons: string[] = []
  const scaffolds = options.scaffolds.flatMap((name): GridScaffold[] => {
    const read = readCondition(`scaffold=${name}`, materials)
    const scaffold = materials.scaffolds.get(name)
    if (!read.ok || scaffold === undefined) {
      reasons.push(`--scaffolds: ${read.ok ? `no scaffold ${name}` : read.reason}`)
      return []
    }
    const { hash, system, tools } = scaffold
    const empty = system === undefined && tools.length === 0
    return [{ name, hash, system, empty, condition: read.condition }]
  })
  if (new Set(options.scaffolds).size < options.scaffolds.length) {
    reasons.push('--scaffolds: one is named twice')
  }
  if (reasons.length > 0) return { ok: false, reasons }
  const candidates = suite.probes.filter(
    (probe) =>
      dimension.takes(probe) && scaffolds.every(({ condition }) => condition.apply(probe).ok),
  )
  if (candidates.length === 0) {
    return { ok: false, reasons: [`--suite: no probe of ${suite.category} fits the scaffolds`] }
  }
  const tasks = seededOrder(candidates, ({ id }) => id, seed, 'task').slice(0, options.tasks)
  return { ok: true, grid: { suite, dimension, scaffolds, tasks, candidates: candidates.length } }
}

/**
 * Every task under every scaffold, in an order of the target's own, so that neither a scaffold nor a
 * task is asked earlier or later than another.
 */
export function planFor({ scaffolds, tasks }: Grid, target: string, seed: number): RunPlan {
  const [base, ...others] = scaffolds.map(({ condition }) => condition)
  if (base === undefined) throw new Error('a grid without scaffolds')
  const deliveries = tasks.flatMap((task) =>
    scaffolds.flatMap(({ condition }): Delivery[] => {
      const applied = condition.apply(task)
      return applied.ok ? [{ condition, probe: applied.probe }] : []
    }),
  )
  return {
    deliveries: seededOrder(
      deliveries,
      ({ probe, condition }) => `${probe.id}\t${condition.key}`,
      seed,
      `delivery of ${target}`,
    ),
    base,
    conditions: others,
    notApplicable: new Map(),
    adversarial: 0,
  }
}
