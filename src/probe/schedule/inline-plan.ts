/**
 * Inline canaries: probes at the end of scripted sessions that are held turn by turn through the data
 * port, on the path of users' traffic. Each user turn is asked, and the answers are the model's own; the
 * pair is the same probe asked plainly in the same language.
 */
import type { Materials } from '../conditions/condition.ts'
import { type Condition, readCondition } from '../conditions/conditions.ts'
import type { Probe } from '../probe.ts'
import type { Delivery, RunPlan } from '../run-plan.ts'
import { setOf } from '../scoring.ts'
import { gapKindOf } from './run-differences.ts'

export interface InlineOptions {
  /** User turns of a session, the probe's own included. */
  turns: number
  /** Sessions in each language that scripted turns exist in. */
  sessionsPerLanguage: number
}

export interface InlinePlan {
  plan: RunPlan
  /** User turns in all. */
  calls: number
}

export function createInlinePlan(
  plan: RunPlan,
  materials: Materials,
  { turns, sessionsPerLanguage }: InlineOptions,
): InlinePlan {
  const read = readCondition(`depth=${turns}`, materials)
  if (!read.ok) throw new Error(read.reason)
  const taken = new Map<string, number>()
  const deliveries: Delivery[] = []
  for (const { probe, condition } of plan.deliveries) {
    const plain = condition.key === plan.base.key || gapKindOf(condition) === 'probe_gap'
    const count = taken.get(probe.language) ?? 0
    if (!plain || count >= sessionsPerLanguage || !mayBeHeld(probe, materials)) continue
    const deep = read.condition.apply(probe)
    if (!deep.ok) continue
    taken.set(probe.language, count + 1)
    deliveries.push({ condition: inlineCondition, probe: asked(deep.probe) })
  }
  return {
    plan: { ...plan, deliveries, conditions: [inlineCondition] },
    calls: turns * deliveries.length,
  }
}

const inlineCondition: Condition = {
  key: 'inline',
  parts: new Map(),
  // Its probes are made here, from those of the run.
  apply: (probe) => ({ ok: true, probe }),
}

/** Turns in another language than the probe's would be another condition. */
const mayBeHeld = (
  { scoring, class: of, language, history, before }: Probe,
  materials: Materials,
) =>
  setOf(scoring) === 'should_refuse' &&
  of !== 'P2' &&
  history.length === 0 &&
  before.length === 0 &&
  materials.sessions.has(language)

/** What the script says the model answered is left to the model. */
const asked = (probe: Probe): Probe => ({
  ...probe,
  history: [],
  before: probe.history.flatMap((turn) => (turn.role === 'user' ? [turn.text] : [])),
})
