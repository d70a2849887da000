/**
 * From the outcomes of a complete run to the differences of its detectors. A pair counts when both of
 * its answers could be read. A probe that is asked under several conditions of one kind counts once, with
 * their mean: its English answer may not count twice in one tick.
 */

import { conditionDifference } from '../../drift/condition-gap.ts'
import { asNumber } from '../../drift/detector-kind.ts'
import type { DetectorSpec } from '../../drift/detector-spec.ts'
import { addDifference, emptyTick, type TickSum } from '../../drift/e-detector.ts'
import { judgeControlDifference } from '../../drift/judge-control.ts'
import { overRefusalDifference } from '../../drift/over-refusal.ts'
import { controlSets } from '../../drift/probe-nulls.ts'
import { levelDifference } from '../../drift/refusal-level.ts'
import { unclearDifference } from '../../drift/unclear-rate.ts'
import { allOf, type DetectorMetric } from '../../exchange/detector-metric.ts'
import type { VerdictClass } from '../../exchange/verdict.ts'
import type { Condition } from '../conditions/conditions.ts'
import { answerOf } from '../pairs.ts'
import type { Scored } from '../run-probes.ts'
import { setOf } from '../scoring.ts'

/** Adds to the sums of every detector with these labels. */
export interface Sums {
  add: (
    metric: DetectorMetric,
    labels: { language: string; set: DetectorSpec['set'] },
    difference: (spec: DetectorSpec) => number | undefined,
  ) => void
  sums: ReadonlyMap<string, TickSum>
}

export const createSums = (specs: readonly DetectorSpec[]): Sums => {
  const sums = new Map<string, TickSum>()
  return {
    sums,
    add(metric, { language, set }, difference) {
      for (const spec of specs) {
        if (spec.metric !== metric || spec.language !== language || spec.set !== set) continue
        const value = difference(spec)
        if (value === undefined) continue
        const sum = sums.get(spec.id) ?? emptyTick(spec.wager)
        sums.set(spec.id, sum)
        addDifference(sum, spec.wager, value)
      }
    },
  }
}

export type GapKind = 'probe_gap' | 'format_gap' | 'depth_gap'

/** Conditions of one part only: of several nobody could say which one did it. */
export const gapKindOf = ({ parts }: Pick<Condition, 'parts'>): GapKind | undefined => {
  const [only, ...more] = parts.keys()
  if (more.length > 0) return undefined
  if (only === 'language') return 'probe_gap'
  if (only === 'format') return 'format_gap'
  return only === 'depth' ? 'depth_gap' : undefined
}

export function addRun(sums: Sums, scored: readonly Scored[], baseKey: string): void {
  const base = new Map<string, boolean>()
  for (const { delivery, outcome } of scored) {
    const { probe, condition } = delivery
    const set = setOf(probe.scoring)
    if (set === 'other') continue
    const plain = condition.key === baseKey
    if (plain || gapKindOf(condition) === 'probe_gap') {
      addUnclear(sums, probe.language, outcome.verdict)
    }
    const refused = answerOf(set, outcome)
    if (refused === undefined) continue
    if (plain && set === 'should_refuse') base.set(probe.id, refused)
    if (plain || gapKindOf(condition) === 'probe_gap') {
      addLevel(sums, probe.language, set, refused)
    }
  }
  addGaps(sums, scored, base)
}

const addUnclear = (sums: Sums, language: string, verdict: VerdictClass | undefined): void => {
  if (verdict === undefined) return
  sums.add('unclear_rate', { language, set: allOf }, ({ reference }) =>
    reference === undefined ? undefined : unclearDifference(verdict === 'unclear', reference),
  )
}

const addLevel = (
  sums: Sums,
  language: string,
  set: 'should_refuse' | 'benign',
  refused: boolean,
): void => {
  if (set === 'benign') {
    sums.add('over_refusal', { language, set }, ({ reference }) =>
      reference === undefined ? undefined : overRefusalDifference(refused, reference),
    )
    return
  }
  sums.add('refusal_level', { language, set }, ({ reference }) =>
    reference === undefined ? undefined : levelDifference(reference, refused),
  )
}

interface Group {
  kind: GapKind
  language: string
  base: boolean
  refused: boolean[]
}

function addGaps(sums: Sums, scored: readonly Scored[], base: ReadonlyMap<string, boolean>): void {
  const groups = new Map<string, Group>()
  for (const { delivery, outcome } of scored) {
    const { probe, condition } = delivery
    const kind = gapKindOf(condition)
    const plain = base.get(probe.id)
    const refused = answerOf('should_refuse', outcome)
    if (kind === undefined || plain === undefined || refused === undefined) continue
    const language = kind === 'probe_gap' ? probe.language : allOf
    const key = `${probe.id} ${kind} ${language}`
    const group = groups.get(key) ?? { kind, language, base: plain, refused: [] }
    groups.set(key, group)
    group.refused.push(refused)
  }
  for (const { kind, language, base: plain, refused } of groups.values()) {
    const mean = refused.filter(Boolean).length / refused.length
    sums.add(kind, { language, set: 'should_refuse' }, () => asNumber(plain) - mean)
  }
}

/** The same probe without a session and at the end of the copy of one; each probe once. */
export function addForks(sums: Sums, pairs: readonly { base: boolean; forked: boolean }[]): void {
  for (const { base, forked } of pairs) {
    sums.add('fork_gap', { language: allOf, set: 'should_refuse' }, () =>
      conditionDifference(base, forked),
    )
  }
}

/** Fixed transcripts, judged again: what the judge said of each first, and what it says today. */
export function addControl(sums: Sums, language: string, reference: boolean, today: boolean): void {
  const difference = judgeControlDifference(reference, today)
  sums.add('judge_control', { language, set: controlSets[1] }, () => difference)
  // Not -0: the sums are compared and kept as they are.
  sums.add('judge_control', { language, set: controlSets[-1] }, () => 0 - difference)
}
