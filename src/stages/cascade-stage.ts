/**
 * The cascade as the monitor thread runs it: built from plain settings, with a client, a selector, an
 * estimator and known answers of its own. Its counts and gauges gather in a delta of its own, so
 * that the sums by which exchanges are accounted for never depend on it.
 */
import { randomBytes } from 'node:crypto'
import { createRateWindow } from '../aggregate/rate-window.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/schema.ts'
import {
  type Cascade,
  type CascadeReport,
  type CascadeSample,
  createCascade,
} from '../judge/cascade.ts'
import type { BudgetState } from '../judge/graded/budget.ts'
import type { JudgeApi } from '../judge/graded/wires.ts'
import {
  createGradedJudge,
  type GradedJudge,
  type GradedJudgeOptions,
  gradedJudgeDefaults,
  gradedJudgeId,
  type SettledEvent,
} from '../judge/graded-judge.ts'
import { createKnownAnswerWatch, watchDefaults } from '../judge/known-answers.ts'
import { createDelta, type Delta, type MetricDelta } from '../metrics/delta.ts'
import { promptSets } from '../metrics/domains.ts'
import { createKeyedDraw, createStratifiedSelector } from '../sample/stratified.ts'
import { createUpstreamClient } from '../upstream/http-client.ts'
import { Secret } from '../upstream/secret.ts'

type GradedConfig = Config['judge']['graded']

/** Plain data: it crosses to the thread, and is given again when the thread is started again. */
export interface CascadeSettings {
  graded: GradedConfig & { url: string; model: string }
  /** Read by whoever starts the thread; undefined: the endpoint takes none. */
  key: string | undefined
  ca: readonly string[] | undefined
  /** Served languages. */
  languages: number
  /** Of the thread before, so that a restart does not begin the budget anew. */
  budgetState?: BudgetState
}

export interface CascadeStage extends Pick<Cascade, 'offer' | 'tick' | 'report' | 'close'> {
  /** For the scorers of probes, out of the same budget. */
  judge: GradedJudge
  /** Counts since the last call, and the gauges as they are now. */
  take(): MetricDelta
  budgetState(): BudgetState
}

export type { CascadeSample }

/** Undefined: no judge is configured. */
export function cascadeSettings(
  { judge: { graded }, languages }: Pick<Config, 'judge' | 'languages'>,
  key: string | undefined,
  ca?: readonly string[],
): CascadeSettings | undefined {
  const { url, model } = graded
  if (url === undefined || model === undefined) return undefined
  return { graded: { ...graded, url, model }, key, ca, languages: languages.served.length }
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** How often chances are planned anew. */
const periodMs = 300_000
const windowHours = 24
/** Wanted of each stratum in a day: enough for limits of some ten points. */
const stratumDayMin = 100
const effectiveMin = 10
/** Parts of the calls that known answers may take, in quiet times and while the judge is in doubt. */
const watchedShare = 0.1
const doubtedShare = 0.5

const apis: Readonly<Record<GradedConfig['protocol'], JudgeApi>> = {
  openai_chat: 'openai',
  anthropic_messages: 'anthropic',
}

export function startCascade(
  settings: CascadeSettings,
  { secret, clock }: { secret: Uint8Array; clock: Clock },
): CascadeStage {
  const { graded: config } = settings
  const delta = createDelta()
  const client = createUpstreamClient({
    clock,
    connectionsMax: config.concurrencyMax,
    ...(settings.ca === undefined ? {} : { ca: settings.ca }),
  })
  const graded = createGradedJudge(judgeOptions(settings), {
    post: (request) => client.post(request),
    clock,
    randomBytes: (bytes) => randomBytes(bytes),
    settled: (event) => count(delta, config, event),
  })
  const draw = createKeyedDraw(secret)
  const strata = 2 * (settings.languages + 2)
  const steadyMs = Math.max(
    60_000,
    dayMs / (watchedShare * Math.min(config.callsPerDay, 24 * config.callsPerHour)),
  )
  const quickMs = Math.max(5000, hourMs / (doubtedShare * config.callsPerHour))
  const cascade = createCascade(
    {
      unsureBelow: config.unsureBelow,
      harmShare: config.harmShare,
      queueMax: config.queueItemsMax,
      periodMs,
      knownAnswers: { quickMs, steadyMs },
      staleMs: Math.max(3 * hourMs, 3 * steadyMs),
      effectiveMin,
    },
    {
      graded,
      clock,
      draw,
      selector: createStratifiedSelector({
        draw,
        sliceRate: config.sliceRate,
        stratumMin: (stratumDayMin * periodMs) / dayMs,
        strataMax: strata + 1,
      }),
      window: createRateWindow({
        buckets: windowHours,
        bucketMs: hourMs,
        strataMax: strata * promptSets.length,
      }),
      watch: createKnownAnswerWatch({ ...watchDefaults, judge: gradedJudgeId }),
      counts: countsInto(delta),
    },
  )
  return {
    judge: graded,
    offer: (sample) => cascade.offer(sample),
    tick: () => cascade.tick(),
    report: () => cascade.report(),
    take() {
      gauges(delta, cascade.report())
      return delta.take()
    },
    budgetState: () => graded.budget.state(),
    close() {
      cascade.close()
      client.close()
    },
  }
}

const prices = ({ priceInputPerMillion: input, priceOutputPerMillion: output }: GradedConfig) =>
  input === undefined || output === undefined
    ? undefined
    : { usdPerMillionInputTokens: input, usdPerMillionOutputTokens: output }

function judgeOptions({ graded, key, budgetState }: CascadeSettings): GradedJudgeOptions {
  const secret = key === undefined ? undefined : new Secret(key)
  return {
    ...gradedJudgeDefaults,
    api: apis[graded.protocol],
    baseUrl: new URL(graded.url),
    model: graded.model,
    temperature: graded.sendTemperature,
    key: secret === undefined ? undefined : () => secret.reveal(),
    deadlineMs: graded.timeoutMs,
    concurrency: graded.concurrencyMax,
    queueMax: graded.queueItemsMax,
    budget: {
      limits: {
        hour: { calls: graded.callsPerHour },
        day: {
          calls: graded.callsPerDay,
          tokens: graded.tokensPerDay,
          ...(graded.dollarsPerDay === undefined ? {} : { usd: graded.dollarsPerDay }),
        },
      },
      prices: prices(graded),
      ...(budgetState === undefined ? {} : { state: budgetState }),
    },
  }
}

const judge = gradedJudgeId
const source = 'live'

const countsInto = (delta: Delta): Parameters<typeof createCascade>[1]['counts'] => ({
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

function count(delta: Delta, config: GradedConfig, event: SettledEvent): void {
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
  const price = prices(config)
  if (price === undefined) return
  const { usdPerMillionInputTokens, usdPerMillionOutputTokens } = price
  spent(
    'microdollars',
    usage.inputTokens * usdPerMillionInputTokens + usage.outputTokens * usdPerMillionOutputTokens,
  )
}

/** Undefined: not known, so the series is absent. */
const known = (value: number | undefined) =>
  value === undefined ? [] : [{ labels: { judge } as const, value }]

function gauges(delta: Delta, report: CascadeReport): void {
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

/** What the traffic thread applies when the monitor is gone: nobody knows these any more. */
export const cascadeGone: MetricDelta = {
  counts: [],
  observations: [],
  lost: [],
  gauges: [
    'holdfast_refusal_rate_cascade' as const,
    'holdfast_cascade_effective_samples' as const,
    'holdfast_judge_known_answer_accuracy' as const,
    'holdfast_judge_quarantined' as const,
    'holdfast_judge_last_success_timestamp_seconds' as const,
    'holdfast_judge_breaker_open' as const,
    'holdfast_judge_queue' as const,
    'holdfast_judge_budget_left' as const,
  ].map((name) => ({ name, rows: [] })),
}
