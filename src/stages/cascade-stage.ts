/**
 * The cascade as the monitor thread runs it: built from plain settings, with a client, a selector, an
 * estimator and known answers of its own. Its counts and gauges gather in a delta of its own, so
 * that the sums by which exchanges are accounted for never depend on it.
 */
import { randomBytes, randomInt } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { countedLanguages } from '../exchange/stratum.ts'
import { type Cascade, type CascadeSample, createCascade } from '../judge/cascade.ts'
import { refusal } from '../judge/graded/dimensions/refusal.ts'
import type { JudgeApi } from '../judge/graded/wires.ts'
import {
  createGradedJudge,
  type GradedJudge,
  type GradedJudgeOptions,
  gradedJudgeDefaults,
  gradedJudgeId,
} from '../judge/graded-judge.ts'
import { createKnownAnswerWatch, watchDefaults } from '../judge/known-answers.ts'
import { createDelta, type MetricDelta } from '../metrics/delta.ts'
import { createKeyedDraw, createStratifiedSelector } from '../sample/stratified.ts'
import type { BudgetState } from '../spend/budget.ts'
import type { BudgetTerms } from '../spend/limits.ts'
import { createSharedPurse, type SharedPurse } from '../spend/shared-purse.ts'
import type { Store, StoreError } from '../state/store.ts'
import { createUpstreamClient } from '../upstream/http-client.ts'
import { Secret } from '../upstream/secret.ts'
import { cascadeCounts, cascadeGauges, countSettled } from './cascade-metrics.ts'
import type { CascadeSettings, GradedConfig } from './cascade-settings.ts'
import { createSharedKnownAnswers, type SharedKnownAnswers } from './shared-known-answers.ts'
import { createSharedRates } from './shared-rates.ts'

export interface CascadeStage extends Pick<Cascade, 'offer' | 'tick' | 'report' | 'close'> {
  /** For the scorers of probes, out of the same budget. */
  judge: GradedJudge
  /** Counts since the last call, and the gauges as they are now. */
  take(): MetricDelta
  budgetState(): BudgetState
}

export type { CascadeSample }

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

export interface CascadeDeps {
  secret: Uint8Array
  clock: Clock
  /** Where the replicas keep what they spend, and what is known of the judge; undefined: each for itself. */
  store: Store | undefined
}

export function startCascade(
  settings: CascadeSettings,
  { secret, clock, store }: CascadeDeps,
): CascadeStage {
  const { graded: config } = settings
  const delta = createDelta()
  const client = createUpstreamClient({
    clock,
    connectionsMax: config.concurrencyMax,
    ...(settings.ca === undefined ? {} : { ca: settings.ca }),
  })
  const shared = {
    clock,
    onError: (error: StoreError) => delta.inc('holdfast_state_errors_total', { error }),
    onBadEntry: () => delta.inc('holdfast_state_bad_entries_total', {}),
  }
  const fleet = store && { ...shared, store }
  const holder = randomBytes(8).toString('hex')
  const purse = fleet && purseOf(config, holder, fleet)
  const graded = createGradedJudge(judgeOptions(settings), {
    post: (request) => client.post(request),
    clock,
    shared: purse,
    randomBytes: (bytes) => randomBytes(bytes),
    settled: (event) => countSettled(delta, prices(config), event),
  })
  const known = fleet && knownAnswersOf(graded.version(refusal), fleet)
  const draw = createKeyedDraw(secret)
  const languages = countedLanguages(settings.languages)
  const strata = 2 * languages.size
  const rates = createSharedRates({
    ...shared,
    store,
    key: `judge:rates:${graded.version(refusal)}`,
    holder,
    hours: windowHours,
    languages,
  })
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
      knownAnswers: { quickMs, steadyMs, first: randomInt(2 ** 16) },
      staleMs: Math.max(3 * hourMs, 3 * steadyMs),
      effectiveMin,
    },
    {
      graded,
      shared: purse,
      clock,
      draw,
      selector: createStratifiedSelector({
        draw,
        sliceRate: config.sliceRate,
        stratumMin: (stratumDayMin * periodMs) / dayMs,
        strataMax: strata + 1,
      }),
      window: rates,
      watch: known ?? createKnownAnswerWatch(watchOptions),
      counts: cascadeCounts(delta),
    },
  )
  return {
    judge: graded,
    offer: (sample) => cascade.offer(sample),
    tick() {
      void purse?.step()
      void known?.step()
      void rates.step()
      cascade.tick()
    },
    report: () => cascade.report(),
    take() {
      cascadeGauges(delta, cascade.report())
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

interface FleetDeps {
  store: Store
  clock: Clock
  onError: (error: StoreError) => void
  onBadEntry: () => void
}

const purseOf = (config: GradedConfig, holder: string, deps: FleetDeps): SharedPurse =>
  createSharedPurse({ ...deps, ...budgetTerms(config), name: 'judge', holder })

const watchOptions = { ...watchDefaults, judge: gradedJudgeId }

const knownAnswersOf = (version: string, deps: FleetDeps): SharedKnownAnswers =>
  createSharedKnownAnswers({
    ...deps,
    key: `judge:known:${version}`,
    watch: watchOptions,
  })

const budgetTerms = (graded: GradedConfig): BudgetTerms => ({
  limits: {
    hour: { calls: graded.callsPerHour },
    day: {
      calls: graded.callsPerDay,
      tokens: graded.tokensPerDay,
      ...(graded.dollarsPerDay === undefined ? {} : { usd: graded.dollarsPerDay }),
    },
  },
  prices: prices(graded),
})

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
      ...budgetTerms(graded),
      ...(budgetState === undefined ? {} : { state: budgetState }),
    },
  }
}
