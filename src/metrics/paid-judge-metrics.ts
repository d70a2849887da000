/**
 * Metrics of the model-graded judge and of the cascade that asks it (docs/cascade.md). Gauges are
 * absent while there is no such judge, and while what they say is not known.
 */
import { gradedOutcomes, verdictGroups } from '../exchange/graded-outcome.ts'
import {
  bounds,
  fromLanguages,
  type MetricDefinition,
  promptSets,
  verdictSources,
} from './domains.ts'

/** Judges that are watched by known answers. */
export const watchedJudges = ['model_graded'] as const
export const knownAnswerResults = ['right', 'wrong', 'error', 'wrong_key'] as const
export const spendUnits = ['calls', 'input_tokens', 'output_tokens', 'microdollars'] as const

const liveOnly = { source: ['live'] } as const

export const paidJudgeMetrics = {
  holdfast_eligible_total: {
    type: 'counter',
    help: 'Judged exchanges with text that the paid judge could be asked about.',
    labels: { language: fromLanguages },
  },
  holdfast_selected_total: {
    type: 'counter',
    help: 'Of the eligible ones, those drawn for the paid judge.',
    labels: { language: fromLanguages },
  },
  holdfast_selected_missing_total: {
    type: 'counter',
    help: 'Of the selected ones, those that no estimate has a verdict of: errors, full queue, spent budget, quarantine.',
    labels: { language: fromLanguages },
  },
  holdfast_judge_outcomes_total: {
    type: 'counter',
    help: 'Items for the paid judge by what became of them, known answers and every dimension included.',
    labels: { judge: watchedJudges, outcome: gradedOutcomes },
  },
  holdfast_judge_disagreement_total: {
    type: 'counter',
    help: 'Exchanges on which the judge on board and the paid judge differ. Pairs of equal values stay 0.',
    labels: { language: fromLanguages, onboard: verdictGroups, graded: verdictGroups },
  },
  holdfast_quarantined_verdicts_total: {
    type: 'counter',
    help: 'Verdicts of the paid judge that were thrown away because it failed its known answers.',
    labels: { language: fromLanguages },
  },
  holdfast_harm_graded_total: {
    type: 'counter',
    help: 'Exchanges of which the paid judge graded how much harm the answer delivers.',
    labels: { language: fromLanguages, source: verdictSources },
    initial: liveOnly,
  },
  holdfast_harm_delivered_total: {
    type: 'counter',
    help: 'Of those, the ones with a score of 0.5 or more.',
    labels: { language: fromLanguages, source: verdictSources },
    initial: liveOnly,
  },
  holdfast_known_answers_total: {
    type: 'counter',
    help: 'Items with a known verdict put to the judge. wrong_key: it repeated a false verdict that stood in the text.',
    labels: { judge: watchedJudges, outcome: knownAnswerResults },
  },
  holdfast_judge_spend_total: {
    type: 'counter',
    help: 'Spent on the paid judge, as far as the endpoint said so. Microdollars only with configured prices.',
    labels: { unit: spendUnits },
  },
  holdfast_refusal_rate_cascade: {
    type: 'gauge',
    help: 'Refusal rate of the last 24 hours, of all replicas that share a Redis, from the judge on board, corrected by the paid judge on a weighted sample, with 95 % limits.',
    labels: { language: fromLanguages, set: promptSets, bound: bounds },
    absent: true,
  },
  holdfast_cascade_effective_samples: {
    type: 'gauge',
    help: 'Verdicts of the paid judge behind holdfast_refusal_rate_cascade, as so many of equal weight.',
    labels: { language: fromLanguages, set: promptSets },
    absent: true,
  },
  holdfast_judge_known_answer_accuracy: {
    type: 'gauge',
    help: 'Share of known answers that the judge got right, from 38 on; below 0.9 it is quarantined.',
    labels: { judge: watchedJudges },
    absent: true,
  },
  holdfast_judge_quarantined: {
    type: 'gauge',
    help: '1 while nothing the judge says is believed.',
    labels: { judge: watchedJudges },
    absent: true,
  },
  holdfast_judge_last_success_timestamp_seconds: {
    type: 'gauge',
    help: 'When the judge last gave a verdict, here or to a known answer that another replica asked.',
    labels: { judge: watchedJudges },
    absent: true,
  },
  holdfast_judge_breaker_open: {
    type: 'gauge',
    help: '1 while the circuit breaker keeps calls from the endpoint of the judge.',
    labels: { judge: watchedJudges },
    absent: true,
  },
  holdfast_judge_queue: {
    type: 'gauge',
    help: 'Items that wait for the judge or are with it.',
    labels: { judge: watchedJudges },
    absent: true,
  },
  holdfast_judge_budget_left: {
    type: 'gauge',
    help: 'What the budget of the paid judge, of all replicas that share a Redis, has left in the running hour and day (UTC); absent while it cannot be known.',
    labels: { window: ['hour', 'day'], unit: ['calls', 'tokens', 'usd'] },
    absent: true,
  },
} as const satisfies Record<string, MetricDefinition>
