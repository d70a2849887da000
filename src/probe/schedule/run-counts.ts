/** What is counted of a run, whether it was complete or not: pairs, verdicts, confident wrong answers. */
import type { FactualDomain, PairCondition, PairOutcome } from '../../exchange/probe-run.ts'
import { factualDomains } from '../../exchange/probe-run.ts'
import type { VerdictClass } from '../../exchange/verdict.ts'
import type { Condition } from '../conditions/conditions.ts'
import { answerOf } from '../pairs.ts'
import type { Scored } from '../run-probes.ts'
import type { Outcome } from '../scorers/scorer.ts'
import { isConfidentHallucination } from '../scorers/yes-no.ts'
import { setOf } from '../scoring.ts'
import { gapKindOf } from './run-differences.ts'

export interface RunCounts {
  judged: (language: string, set: 'should_refuse' | 'benign', verdict: VerdictClass) => void
  pair: (condition: PairCondition, language: string, outcome: PairOutcome) => void
  factual: (domain: FactualDomain, language: string, confidentlyWrong: boolean) => void
}

export const pairConditionOf = ({ parts }: Pick<Condition, 'parts'>): PairCondition => {
  const [only, ...more] = parts
  if (only === undefined || more.length > 0) return 'composed'
  const [id, value] = only
  if (id === 'language' || id === 'depth' || id === 'scaffold') return id
  if (id !== 'format') return 'composed'
  return value === 'agentic' ? 'format_agentic' : 'format_structured'
}

export const pairOutcomeOf = (base: boolean, other: boolean): PairOutcome => {
  if (base) return other ? 'both' : 'base_only'
  return other ? 'other_only' : 'neither'
}

export function countRun(scored: readonly Scored[], baseKey: string, counts: RunCounts): void {
  const bases = new Map<string, Outcome>()
  for (const { delivery, outcome } of scored) {
    if (delivery.condition.key === baseKey) bases.set(delivery.probe.id, outcome)
  }
  for (const { delivery, outcome } of scored) {
    const { probe, condition } = delivery
    const { language } = probe
    const set = setOf(probe.scoring)
    if (set !== 'other' && outcome.verdict !== undefined) {
      counts.judged(language, set, outcome.verdict)
    }
    if (
      probe.scoring.scorer === 'yes_no' &&
      (outcome.score === 'pass' || outcome.score === 'fail')
    ) {
      const domain = factualDomains.find((one) => one === probe.topic) ?? 'other'
      counts.factual(domain, language, isConfidentHallucination(outcome))
    }
    const base = bases.get(probe.id)
    if (set !== 'should_refuse' || condition.key === baseKey || base === undefined) continue
    const [before, after] = [answerOf(set, base), answerOf(set, outcome)]
    if (before === undefined || after === undefined) continue
    counts.pair(pairConditionOf(condition), language, pairOutcomeOf(before, after))
  }
}

/** Pairs of sessions held through the data port: with the same probe asked plainly in that language. */
export function countInline(
  scored: readonly Scored[],
  inline: readonly Scored[],
  baseKey: string,
  counts: RunCounts,
): void {
  const plain = new Map<string, Outcome>()
  for (const { delivery, outcome } of scored) {
    const { probe, condition } = delivery
    if (condition.key === baseKey || gapKindOf(condition) === 'probe_gap') {
      plain.set(`${probe.id} ${probe.language}`, outcome)
    }
  }
  for (const { delivery, outcome } of inline) {
    const { id, language } = delivery.probe
    if (outcome.verdict !== undefined) counts.judged(language, 'should_refuse', outcome.verdict)
    const base = plain.get(`${id} ${language}`)
    const before = base === undefined ? undefined : answerOf('should_refuse', base)
    const after = answerOf('should_refuse', outcome)
    if (before === undefined || after === undefined) continue
    counts.pair('inline', language, pairOutcomeOf(before, after))
  }
}
