/**
 * Rows of interaction signals: how often users repair, repeat, ask and agree, and what answers do, by
 * language and depth. Level `deployment`; no ground truth, so the reader's own measured quality stands
 * in each row. Rates are over the turns that could be read.
 */
import { type Interval, wilson } from '../aggregate/wilson.ts'
import {
  type AssistantAct,
  assistantActs,
  type UserAct,
  userActs,
} from '../exchange/interaction-act.ts'
import { depthBuckets } from '../exchange/stratum.ts'
import { type Measured, measuredActs, readerVersion } from '../signals/measured.ts'
import { type ProfileRow, type RowContent, type RowJudge, type RowWindow, sealRow } from './row.ts'

export interface TurnCount {
  act: UserAct | AssistantAct
  language: string
  depth: string
  n: number
}

export interface CorrectionCount {
  outcome: string
  language: string
  n: number
}

export interface InteractionCounts {
  turns: readonly TurnCount[]
  corrections: readonly CorrectionCount[]
}

export interface InteractionSource {
  /** null: since the process started, whenever that was. */
  window: RowWindow | null
  /** Names the counts, for the trace. */
  origin: string
}

interface Measure {
  name: string
  acts: readonly (UserAct | AssistantAct)[]
  /** Whose turns it is a share of. */
  of: 'user' | 'assistant'
}

const measures: readonly Measure[] = [
  { name: 'repair_rate', acts: ['user_repair'], of: 'user' },
  { name: 'repeat_rate', acts: ['user_repeat'], of: 'user' },
  { name: 'clarification_rate', acts: ['user_clarification'], of: 'user' },
  { name: 'follow_up_rate', acts: ['user_follow_up'], of: 'user' },
  { name: 'agreement_rate', acts: ['user_acknowledgement'], of: 'user' },
  { name: 'answer_clarification_rate', acts: ['assistant_clarification'], of: 'assistant' },
  { name: 'answer_follow_up_rate', acts: ['assistant_follow_up'], of: 'assistant' },
]

/** Turns that say nothing of how the answer before was taken. */
const notCounted: ReadonlySet<string> = new Set(['user_opening', 'user_unread', 'assistant_unread'])

export function interactionRows(
  { turns, corrections }: InteractionCounts,
  source: InteractionSource,
): ProfileRow[] {
  const languages = [...new Set(turns.map(({ language }) => language))].sort()
  return languages.flatMap((language) => {
    const own = turns.filter((turn) => turn.language === language)
    const depths = depthBuckets.filter((depth) => own.some((turn) => turn.depth === depth))
    return [
      ...measures.flatMap((measure) => rateRow(measure, own, `language=${language}`, source)),
      ...depths.flatMap((depth) =>
        measures.flatMap((measure) =>
          rateRow(
            measure,
            own.filter((turn) => turn.depth === depth),
            `language=${language},depth=${depth}`,
            source,
          ),
        ),
      ),
      ...correctionRow(
        corrections.filter((one) => one.language === language),
        `language=${language}`,
        source,
      ),
    ]
  })
}

const sum = (counts: readonly { n: number }[]): number => counts.reduce((all, { n }) => all + n, 0)

function rateRow(
  { name, acts, of }: Measure,
  turns: readonly TurnCount[],
  condition: string,
  source: InteractionSource,
): ProfileRow[] {
  const sides: readonly string[] = of === 'user' ? userActs : assistantActs
  const spoken = turns.filter(({ act }) => sides.includes(act))
  const n = sum(spoken.filter(({ act }) => !notCounted.has(act)))
  const yes = sum(spoken.filter(({ act }) => acts.includes(act)))
  const [act] = acts
  if (n === 0 || act === undefined) return []
  return [
    rowOf(
      {
        measure: name,
        condition,
        n,
        yes,
        exclusions: Object.fromEntries(
          spoken.flatMap((turn) => (notCounted.has(turn.act) ? [[turn.act, turn.n]] : [])),
        ),
        judge: judgeOf(measuredActs[act]),
      },
      source,
    ),
  ]
}

/** Of the corrections whose next turn says something. */
function correctionRow(
  corrections: readonly CorrectionCount[],
  condition: string,
  source: InteractionSource,
): ProfileRow[] {
  const count = (outcome: string): number =>
    sum(corrections.filter((one) => one.outcome === outcome))
  const yes = count('followed')
  const n = yes + count('not_followed')
  if (n === 0) return []
  const exclusions = { unknown: count('unknown') }
  const measure = 'correction_followed_rate'
  return [rowOf({ measure, condition, n, yes, exclusions, judge: judgeOf(undefined) }, source)]
}

const share = ({ est, lo, hi }: Interval, n: number) => ({ est, lo, hi, n })

function judgeOf(measured: Measured | undefined): RowJudge {
  const found = measured === undefined ? undefined : wilson(measured.found, measured.labelled)
  const clear = measured === undefined ? undefined : wilson(measured.clear, measured.others)
  return {
    id: 'turn_reader',
    version: readerVersion,
    // Self-written rows are no validation by a speaker of the language.
    standing: 'unverified',
    sensitivity:
      found === undefined || measured === undefined ? null : share(found, measured.labelled),
    specificity:
      clear === undefined || measured === undefined ? null : share(clear, measured.others),
  }
}

function rowOf(
  figures: Pick<RowContent, 'measure' | 'condition' | 'n' | 'exclusions' | 'judge'> & {
    yes: number
  },
  { window, origin }: InteractionSource,
): ProfileRow {
  const { yes, ...content } = figures
  const interval = wilson(yes, figures.n)
  return sealRow({
    ...content,
    dimension: 'common_ground',
    baseline: null,
    level: 'deployment',
    estimate: interval?.est ?? null,
    unit: 'share',
    interval:
      interval === undefined ? null : { lo: interval.lo, hi: interval.hi, method: 'wilson' },
    counts: { yes, turns: figures.n },
    window,
    model: null,
    scaffold: null,
    suite: null,
    source: { kind: 'interaction', id: origin, trace: [origin] },
  })
}
