/** What the cascade shows: its counts and its gauges. */
import type { CascadeCounts, CascadeReport } from '../judge/cascade.ts'
import { gradedJudgeId, type SettledEvent } from '../judge/graded-judge.ts'
import type { Delta } from '../metrics/delta.ts'
import { promptSets } from '../metrics/domains.ts'
import type { Prices } from '../spend/limits.ts'

const judge = gradedJudgeId
const source = 'live'

export const cascadeCounts = (delta: Delta): CascadeCounts => ({
  eligible: (language) => delta.inc('holdfast_eligible_total', { language }),
  selected: (language) => delta.inc('holdfast_selected_total', { language }),
  missing: (language) => delta.inc('holdfast_selected_missing_total', { language }),
  disagreement: (language, onboard, graded) =>
    delta.inc('holdfast_judge_disagreement_total', { language, onboard, graded }),
  harm(language, delivered) {
    delta.inc('holdfast_harm_graded_total', { language, source })
    if (delivered) delta.inc('holdfast_harm_delivered_total', { language, source })
  },
  quarantined: (language, verdicts) =>
    delta.inc('holdfast_quarantined_verdicts_total', { language }, verdicts),
  knownAnswer: (outcome) => delta.inc('holdfast_known_answers_total', { judge, outcome }),
})

/** @param prices undefined: not known, and then nothing is counted in money */
export function countSettled(delta: Delta, prices: Prices | undefined, event: SettledEvent): void {
  const { outcome, usage, attempts, durationMs } = event
  delta.inc('holdfast_judge_outcomes_total', { judge, outcome })
  if (durationMs !== undefined) {
    delta.observe('holdfast_judge_duration_seconds', { judge }, durationMs / 1000)
  }
  const spent = (
    unit: 'calls' | 'input_tokens' | 'output_tokens' | 'microdollars',
    value: number,
  ) => delta.inc('holdfast_judge_spend_total', { unit }, value)
  if (attempts > 0) spent('calls', attempts)
  if (usage === undefined) return
  spent('input_tokens', usage.inputTokens)
  spent('output_tokens', usage.outputTokens)
  if (prices === undefined) return
  const { usdPerMillionInputTokens, usdPerMillionOutputTokens } = prices
  spent(
    'microdollars',
    usage.inputTokens * usdPerMillionInputTokens + usage.outputTokens * usdPerMillionOutputTokens,
  )
}

/** Undefined: not known, so the series is absent. */
const known = (value: number | undefined) =>
  value === undefined ? [] : [{ labels: { judge } as const, value }]

export function cascadeGauges(delta: Delta, report: CascadeReport): void {
  const rates = report.rates.flatMap(({ language, set: name, rate }) => {
    const set = promptSets.find((one) => one === name)
    return set === undefined ? [] : [{ language, set, rate }]
  })
  delta.replace(
    'holdfast_refusal_rate_cascade',
    rates.flatMap(({ language, set, rate }) =>
      (['est', 'lo', 'hi'] as const).map((bound) => ({
        labels: { language, set, bound },
        value: rate[bound],
      })),
    ),
  )
  delta.replace(
    'holdfast_cascade_effective_samples',
    rates.map(({ language, set, rate }) => ({ labels: { language, set }, value: rate.effectiveN })),
  )
  const { standing, lastSuccessAt, breaker } = report
  // A share of a few says nothing.
  const accuracy = standing.state === 'unproven' ? undefined : standing.accuracy
  delta.replace('holdfast_judge_known_answer_accuracy', known(accuracy))
  delta.replace('holdfast_judge_quarantined', known(standing.state === 'quarantined' ? 1 : 0))
  delta.replace(
    'holdfast_judge_last_success_timestamp_seconds',
    known(lastSuccessAt === undefined ? undefined : lastSuccessAt / 1000),
  )
  delta.replace('holdfast_judge_breaker_open', known(breaker === 'open' ? 1 : 0))
  delta.replace('holdfast_judge_queue', known(report.queued + report.running))
  delta.replace(
    'holdfast_judge_budget_left',
    report.budget.map(({ window, unit, left }) => ({ labels: { window, unit }, value: left })),
  )
}
