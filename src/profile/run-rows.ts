/**
 * Rows of one probe run (a file of `holdfast probe run --out`, or a scheduled run): how often each set
 * came out under each condition, and the gap to plain English chat pair by pair. What was read by different judges, asked by
 * different suites or delivered in different scaffolds is never one row.
 *
 * Level: without a scaffold it is the bare model, however many turns were played to it; with one it is
 * `response`, and `interaction` where the delivery took several exchanges or a history.
 */
import { type PairedCounts, pairedDifference } from '../aggregate/mcnemar.ts'
import { wilson } from '../aggregate/wilson.ts'
import type { Dimension, EvidenceLevel } from '../exchange/alignment.ts'
import type { Calibration } from '../judge/calibration.ts'
import type { Category } from '../probe/category.ts'
import type { RunAnswer, RunRecord } from '../probe/run-record.ts'
import type { ProbeSet } from '../probe/scoring.ts'
import { type ProfileRow, type RowContent, type RowWindow, sealRow } from './row.ts'
import { type JudgeName, rowJudge } from './row-judge.ts'

export const dimensionOf: Readonly<Record<Category, Dimension>> = {
  'refusal-core': 'refusal_calibration',
  adversarial: 'adversarial_robustness',
  decomposition: 'decomposition_robustness',
  factual: 'factual_safety',
  agentic: 'agentic_safety',
  'personal-context': 'context_retention',
  grounding: 'grounding',
  verification: 'verification_support',
  steerability: 'process_steerability',
}

const measures: Readonly<Record<ProbeSet, { rate: string; gap: string }>> = {
  should_refuse: { rate: 'refusal_rate', gap: 'refusal_gap' },
  benign: { rate: 'over_refusal_rate', gap: 'over_refusal_gap' },
  other: { rate: 'pass_rate', gap: 'pass_gap' },
}

const baseCondition = 'baseline'
/** Speaks only where the provider does; its verdicts go with those of the judge beside it. */
const providerSignal = 'provider_signal'

interface Group {
  head: RunAnswer
  judge: JudgeName
  answers: RunAnswer[]
}

export const runRows = (record: RunRecord, calibrations: readonly Calibration[]): ProfileRow[] => {
  const answers = [...record.answers.values()]
  const judgeOf = mainJudges(answers)
  const bases = new Map(
    answers.flatMap((answer) =>
      answer.condition === baseCondition ? [[answer.probe, answer] as const] : [],
    ),
  )
  const groups = new Map<string, Group>()
  for (const answer of answers) {
    const judge = judgeOf(answer)
    const { category, set, condition, language, suite, epoch, scaffold } = answer
    const key = JSON.stringify([category, set, condition, language, suite, epoch, scaffold, judge])
    const group = groups.get(key) ?? { head: answer, judge, answers: [] }
    group.answers.push(answer)
    groups.set(key, group)
  }
  const rows: ProfileRow[] = []
  for (const group of groups.values()) {
    const common = commonOf(group, record, calibrations)
    rows.push(sealRow({ ...common, ...rateOf(group) }))
    const gap = gapOf(group, bases, judgeOf)
    if (gap !== undefined) rows.push(sealRow({ ...common, ...gap }))
  }
  return rows
}

/** Undefined: the answer could not be read. */
const yesOf = ({ set, score, refused }: RunAnswer): boolean | undefined => {
  if (set !== 'other') return refused
  return score === 'pass' || score === 'fail' ? score === 'pass' : undefined
}

const setKey = ({ category, set }: RunAnswer): string => `${category}\0${set}`

/** An answer that the provider marked, or that has no verdict, goes with the set's own judge. */
const mainJudges = (answers: readonly RunAnswer[]): ((answer: RunAnswer) => JudgeName) => {
  const counts = new Map<string, Map<string, { judge: JudgeName; n: number }>>()
  for (const answer of answers) {
    if (answer.judge === providerSignal || yesOf(answer) === undefined) continue
    const judge = { id: answer.judge, version: answer.judgeVersion }
    const ofSet = counts.get(setKey(answer)) ?? new Map<string, { judge: JudgeName; n: number }>()
    counts.set(setKey(answer), ofSet)
    const key = JSON.stringify(judge)
    const n = (ofSet.get(key)?.n ?? 0) + 1
    ofSet.set(key, { judge, n })
  }
  return (answer) => {
    const own = { id: answer.judge, version: answer.judgeVersion }
    if (answer.judge !== providerSignal && yesOf(answer) !== undefined) return own
    const ofSet = [...(counts.get(setKey(answer))?.values() ?? [])]
    const [main] = ofSet.sort((a, b) => b.n - a.n || (a.judge.id < b.judge.id ? -1 : 1))
    return main?.judge ?? own
  }
}

const levelOf = ({ scaffold, condition, steps }: RunAnswer): EvidenceLevel => {
  if (scaffold === undefined) return 'model'
  return steps > 1 || /(?:^|,)depth=/.test(condition) ? 'interaction' : 'response'
}

const windowOf = (answers: readonly RunAnswer[]): RowWindow | null => {
  const times = answers.flatMap(({ at }) => at ?? [])
  if (times.length === 0) return null
  const [first, last] = [Math.min(...times), Math.max(...times)]
  return { from: new Date(first).toISOString(), to: new Date(last + 1).toISOString() }
}

const conditionOf = ({ condition, language }: RunAnswer): string =>
  // Probes that are written in another language stand under it without a condition that says so.
  condition === baseCondition && language !== 'en' ? `language=${language}` : condition

const commonOf = (
  { head, judge, answers }: Group,
  { run, file, model }: RunRecord,
  calibrations: readonly Calibration[],
): Omit<
  RowContent,
  'measure' | 'estimate' | 'unit' | 'n' | 'interval' | 'counts' | 'exclusions'
> => ({
  dimension: dimensionOf[head.category],
  condition: conditionOf(head),
  baseline: null,
  level: levelOf(head),
  window: windowOf(answers),
  model: model === '' ? null : model,
  scaffold: head.scaffold ?? null,
  suite: {
    id: head.category,
    version: head.suiteVersion ?? null,
    hash: head.suite,
    epoch: head.epoch ?? null,
  },
  judge: rowJudge(judge, head.language, model, calibrations),
  source: { kind: 'probe', id: run, trace: [file] },
})

type Figures = Pick<
  RowContent,
  'measure' | 'estimate' | 'unit' | 'n' | 'interval' | 'counts' | 'exclusions'
>

const rateOf = ({ head, answers }: Group): Figures => {
  let n = 0
  let yes = 0
  for (const answer of answers) {
    const value = yesOf(answer)
    if (value === undefined) continue
    n++
    if (value) yes++
  }
  const interval = wilson(yes, n)
  return {
    measure: measures[head.set].rate,
    estimate: interval?.est ?? null,
    unit: 'share',
    n,
    interval:
      interval === undefined ? null : { lo: interval.lo, hi: interval.hi, method: 'wilson' },
    counts: { yes, n },
    exclusions: unreadOf(answers),
  }
}

const unreadOf = (answers: readonly RunAnswer[]): Record<string, number> => {
  const unread: Record<string, number> = {}
  for (const answer of answers) {
    if (yesOf(answer) !== undefined) continue
    const why = answer.score === 'pass' || answer.score === 'fail' ? 'unclear' : answer.score
    unread[why] = (unread[why] ?? 0) + 1
  }
  return unread
}

/** Undefined: it is the baseline, or has no pair with it under the same judge. */
const gapOf = (
  { head, judge, answers }: Group,
  bases: ReadonlyMap<string, RunAnswer>,
  judgeOf: (answer: RunAnswer) => JudgeName,
): (Figures & { baseline: string }) | undefined => {
  if (head.condition === baseCondition) return undefined
  const counts: PairedCounts = { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 }
  let unpaired = 0
  for (const answer of answers) {
    const base = bases.get(answer.probe)
    const [before, after] = [base === undefined ? undefined : yesOf(base), yesOf(answer)]
    const alike =
      base !== undefined &&
      base.suite === answer.suite &&
      judgeOf(base).id === judge.id &&
      judgeOf(base).version === judge.version
    if (before === undefined || after === undefined || !alike) unpaired++
    else if (before && after) counts.bothYes++
    else if (before) counts.firstOnly++
    else if (after) counts.secondOnly++
    else counts.bothNo++
  }
  const worse =
    head.set === 'benign'
      ? { ...counts, firstOnly: counts.secondOnly, secondOnly: counts.firstOnly }
      : counts
  const gap = pairedDifference(worse)
  if (gap === undefined) return undefined
  const n = counts.bothYes + counts.firstOnly + counts.secondOnly + counts.bothNo
  return {
    measure: measures[head.set].gap,
    baseline: baseCondition,
    estimate: 100 * gap.est,
    unit: 'points',
    n,
    interval: { lo: 100 * gap.lo, hi: 100 * gap.hi, method: 'newcombe_paired' },
    counts: { ...counts },
    exclusions: unpaired === 0 ? {} : { unpaired },
  }
}
