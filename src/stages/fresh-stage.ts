/**
 * The rotation of probes as the monitor thread runs it: fresh items at the end of a run of the anchors,
 * how often each has been asked, and whether anchors do better than they.
 */
import type { partLabels } from '../exchange/probe-run.ts'
import type { Delta } from '../metrics/delta.ts'
import { Exposures } from '../probe/rotation/exposures.ts'
import {
  epochOf,
  type FreshOptions,
  type FreshSource,
  planFresh,
} from '../probe/rotation/fresh-plan.ts'
import { overfitReport } from '../probe/rotation/overfit.ts'
import type { RunPlan } from '../probe/run-plan.ts'
import type { Scored } from '../probe/run-probes.ts'

export interface FreshStage {
  epoch: (dueAt: number) => number
  plan: (dueAt: number, exposures: string | undefined) => RunPlan
  /** The counts with those of a run added, as they are kept. */
  exposed: (exposures: string | undefined, scored: readonly Scored[]) => string
  ended: (anchors: readonly Scored[], fresh: readonly Scored[]) => void
  gauges: () => void
}

export interface FreshStageDeps extends FreshOptions {
  suites: readonly FreshSource[]
  delta: Delta
  onBadEntry: () => void
}

/** Answers that the gap is made of: the latest one to each item in each language. */
const answersMax = 20_000

type Part = (typeof partLabels)[number]

const passedOf = ({ outcome: { score } }: Scored): boolean | undefined =>
  score === 'pass' || score === 'fail' ? score === 'pass' : undefined

export function createFreshStage(deps: FreshStageDeps): FreshStage {
  const { suites, delta, onBadEntry } = deps
  const latest = new Map<string, { part: Part; passed: boolean | undefined }>()
  let retired = 0
  const plain = new Set([deps.base.key, ...deps.languages.map(({ key }) => key)])
  const countsIn = (text: string | undefined): Exposures => {
    if (text === undefined) return new Exposures()
    const read = Exposures.readText(text)
    if (read.ok) return read.exposures
    onBadEntry()
    return new Exposures()
  }
  const keep = (part: Part, scored: readonly Scored[]): void => {
    for (const one of scored) {
      const { probe, condition } = one.delivery
      // A fresh item is asked in English and in languages; so its match is that of the anchors.
      if (!plain.has(condition.key)) continue
      const passed = passedOf(one)
      const outcome = passed === undefined ? 'unread' : passed ? 'passed' : 'failed'
      delta.inc('holdfast_probe_part_answers_total', { part, outcome })
      const key = `${probe.id} ${condition.key}`
      latest.delete(key)
      latest.set(key, { part, passed })
      const oldest = latest.size > answersMax ? latest.keys().next().value : undefined
      if (oldest !== undefined) latest.delete(oldest)
    }
  }
  return {
    epoch: (dueAt) => epochOf(dueAt, deps.epochMs),
    plan(dueAt, exposures) {
      const counts = countsIn(exposures)
      const fresh = planFresh(suites, dueAt, (id) => counts.of(id), deps)
      retired = fresh.retired
      return fresh.plan
    },
    exposed(exposures, scored) {
      const counts = countsIn(exposures)
      counts.add(new Set(scored.map(({ delivery }) => delivery.probe.id)))
      return counts.toText()
    },
    ended(anchors, fresh) {
      keep('anchor', anchors)
      keep('fresh', fresh)
    },
    gauges() {
      const outcomes = Array.from(latest, ([id, { passed }]) => ({ id, passed }))
      const { gap } = overfitReport(outcomes, (id) =>
        latest.get(id)?.part === 'anchor' ? { kind: 'anchor' } : { kind: 'fresh', epoch: 0 },
      )
      delta.replace(
        'holdfast_probe_overfit_gap',
        gap === undefined
          ? []
          : (['est', 'lo', 'hi'] as const).map((bound) => ({
              labels: { bound },
              value: gap[bound],
            })),
      )
      delta.replace('holdfast_probe_items_retired', [{ labels: {}, value: retired }])
    },
  }
}
