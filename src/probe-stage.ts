/**
 * The probes as the monitor thread runs them: built from plain settings, with a client, suites and
 * counts of their own, over the store that the watch has open. Suites are read once, before traffic
 * is; a run is made of waits, so that reading traffic goes on beside it.
 */
import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { ProbeConfig } from './config/probe-schema.ts'
import { createLanguageDetector } from './enrich/language.ts'
import { coreLanguages } from './exchange/stratum.ts'
import { verdictClasses } from './exchange/verdict.ts'
import { createForkStage, type ForkStage } from './fork-stage.ts'
import { createDelta, type Delta, type MetricDelta } from './metrics/delta.ts'
import { runProbes, type Scored } from './probe/run-probes.ts'
import { type Canaries, createCanaries } from './probe/schedule/canaries.ts'
import type { CanaryRun } from './probe/schedule/canary-run.ts'
import { createFleetBudget } from './probe/schedule/fleet-budget.ts'
import { judgeAgain } from './probe/schedule/judge-again.ts'
import { createLease } from './probe/schedule/lease.ts'
import type { Halt } from './probe/schedule/metered-target.ts'
import { createMeteredTarget } from './probe/schedule/metered-target.ts'
import {
  createProbeOperator,
  type ProbeOperatorAnswer,
  type ProbeOperatorRequest,
} from './probe/schedule/operator.ts'
import type { ProbeSet } from './probe/schedule/probe-set.ts'
import { createProbeState } from './probe/schedule/probe-state.ts'
import { countInline, countRun, type RunCounts } from './probe/schedule/run-counts.ts'
import { createStopSwitch } from './probe/schedule/stop-switch.ts'
import type { ScorerDeps } from './probe/scorers/scorer.ts'
import { type StopReason, stopReasons, type Target } from './probe/target.ts'
import { createInstrument, type Instrument } from './probe-instrument.ts'
import type { ProbeStageSettings } from './probe-settings.ts'
import { createKeyedDraw } from './sample/stratified.ts'
import type { Store, StoreError } from './state/store.ts'
import { createUpstreamClient } from './upstream/http-client.ts'
import { Secret } from './upstream/secret.ts'
import { packageVersion } from './version.ts'
import type { FurtherDetectors } from './watch/gauges.ts'

export interface ProbeStage {
  /** Milliseconds between two calls of `step`. */
  stepMs: number
  step: () => Promise<void>
  /** Counts since the last call, and the gauges as they are now. */
  take: () => MetricDelta
  /** For the gauges that they share with those of live traffic. */
  detectors: () => FurtherDetectors
  ask: (request: ProbeOperatorRequest) => Promise<ProbeOperatorAnswer>
  /** Takes live exchanges for forks; undefined: forks are off. */
  offer: ForkStage['offer'] | undefined
  close: () => Promise<void>
}

export interface ProbeStageDeps {
  store: Store
  secret: Uint8Array
  clock: Clock
  /** Keeps the state of a memory store beyond this thread. */
  save: () => Promise<void>
}

export function startProbes(settings: ProbeStageSettings, deps: ProbeStageDeps): ProbeStage {
  const { probes } = settings
  const { clock } = deps
  const delta = createDelta()
  const instrument = createInstrument(settings)
  const parts = fleetParts(settings, deps, delta)
  const client = createUpstreamClient({
    clock,
    connectionsMax: probes.concurrencyMax,
    ...(settings.ca === undefined ? {} : { ca: settings.ca }),
  })
  const detector = createLanguageDetector({ served: coreLanguages })
  const scorer: ScorerDeps = {
    judges: instrument.judges,
    graded: undefined,
    detectLanguage: (text) => detector.detect(text).language,
  }
  const forks = probes.fork.enabled
    ? createForkStage(probes.fork, { secret: deps.secret, clock, delta, scorer })
    : undefined
  let closed = false
  const canaries = assemble({
    settings,
    deps,
    delta,
    instrument,
    parts,
    client,
    scorer,
    forks,
    open: () => !closed,
  })
  const operator = createProbeOperator({
    canaries,
    stopSwitch: parts.stopSwitch,
    state: parts.state,
    specs: instrument.specs,
    threshold: instrument.threshold,
    version: instrument.set.version,
  })
  startAtZero(delta, settings.languages)
  return {
    stepMs: Math.min(5000, probes.leaseMs / 8),
    step: () => canaries.step(),
    take() {
      gauges(delta, canaries)
      forks?.gauges()
      return delta.take()
    },
    detectors: () => ({
      specs: instrument.specs,
      states: canaries.report().runs?.detectors,
      threshold: instrument.threshold,
      ticksPer30Days: instrument.schedule.runsPer30Days,
    }),
    ask: operator,
    offer: forks?.offer,
    async close() {
      closed = true
      // Calls on their way end with their connections.
      client.close()
      await canaries.close()
    },
  }
}

function fleetParts(settings: ProbeStageSettings, { store, clock }: ProbeStageDeps, delta: Delta) {
  const { probes } = settings
  const onError = (error: StoreError): void => delta.inc('holdfast_state_errors_total', { error })
  const common = { store, clock, onError }
  return {
    onError,
    forkBudget: createFleetBudget({
      ...common,
      purse: 'fork',
      limits: {
        hour: { calls: probes.fork.callsPerDay },
        day: { calls: probes.fork.callsPerDay, tokens: probes.fork.tokensPerDay },
      },
      prices: pricesOf(probes),
    }),
    lease: createLease({
      ...common,
      holder: randomBytes(8).toString('hex'),
      leaseMs: probes.leaseMs,
    }),
    stopSwitch: createStopSwitch(common),
    budget: createFleetBudget({
      ...common,
      purse: 'canary',
      limits: {
        hour: { calls: probes.callsPerHour },
        day: {
          calls: probes.callsPerDay,
          tokens: probes.tokensPerDay,
          ...(probes.dollarsPerDay === undefined ? {} : { usd: probes.dollarsPerDay }),
        },
      },
      prices: pricesOf(probes),
    }),
    state: createProbeState({
      store,
      onBadEntry: () => delta.inc('holdfast_state_bad_entries_total', {}),
    }),
  }
}

const pricesOf = ({ priceInputPerMillion: input, priceOutputPerMillion: output }: ProbeConfig) =>
  input === undefined || output === undefined
    ? undefined
    : { usdPerMillionInputTokens: input, usdPerMillionOutputTokens: output }

interface Assembled {
  settings: ProbeStageSettings
  deps: ProbeStageDeps
  delta: Delta
  instrument: Instrument
  parts: ReturnType<typeof fleetParts>
  client: ReturnType<typeof createUpstreamClient>
  scorer: ScorerDeps
  forks: ForkStage | undefined
  /** False: this thread ends. */
  open: () => boolean
}

/** Calls that are paid from a purse, under the one lease and the one switch. */
function targets({ settings, deps, delta, parts, client, open }: Assembled) {
  const { probes } = settings
  const { lease, stopSwitch } = parts
  const [key, adversarialKey] = [settings.key, settings.adversarialKey].map((text) => {
    const secret = text === undefined ? undefined : new Secret(text)
    return secret === undefined ? undefined : () => secret.reveal()
  })
  const stopping = {
    current: () => stopSwitch.current(),
    stop(reason: StopReason) {
      if (stopSwitch.current() === undefined) delta.inc('holdfast_probe_stops_total', { reason })
      return stopSwitch.stop(reason)
    },
  }
  return (
    purse: 'canary' | 'fork',
    run: string,
    halted: (why: Halt) => void,
    url = probes.url,
  ): Target =>
    createMeteredTarget(
      {
        protocol: probes.protocol,
        baseUrl: new URL(url),
        model: probes.model,
        key,
        adversarialKey: purse === 'fork' ? 'same' : adversarialKey,
        deadlineMs: probes.timeoutMs,
        retriesMax: purse === 'fork' ? 0 : probes.retriesMax,
        userAgent: `holdfast-probe/${packageVersion}`,
        run,
      },
      {
        sender: client,
        clock: deps.clock,
        budget: purse === 'fork' ? parts.forkBudget : parts.budget,
        stopSwitch: stopping,
        mayRun: () => open() && lease.held() !== undefined,
        halted,
        spent: (calls, usage) => countSpent(delta, probes, purse, calls, usage),
      },
    )
}

function assemble(all: Assembled): Canaries {
  const { settings, deps, delta, instrument, parts, scorer, forks } = all
  const { probes, languages } = settings
  const draw = createKeyedDraw(deps.secret)
  const target = targets(all)
  return createCanaries(
    {
      set: instrument.set,
      concurrency: probes.concurrencyMax,
      deadlineMs: probes.runDeadlineMs,
      fold: {
        threshold: instrument.threshold,
        quietTicks: settings.episodeQuietTicks,
        forgetTicks: Math.max(1, Math.ceil(instrument.schedule.runsPer30Days)),
      },
      judgeVersion: instrument.judgeVersion,
      due: {
        schedule: instrument.schedule,
        jitterOf: (dueAt) => draw('canary', String(dueAt)),
        jitterMs: probes.jitterMs,
      },
      refreshMs: Math.min(30_000, probes.leaseMs / 4),
    },
    {
      ...parts,
      clock: deps.clock,
      specs: instrument.specs,
      scorer,
      judgeAgain: () => judgeAgain(instrument.judges, languages),
      claimed: deps.save,
      ended: (run) => count(delta, run, instrument.set),
      target: (run, halted) => target('canary', run, halted),
      failed: () => delta.inc('holdfast_probe_runs_total', { outcome: 'internal_error' }),
      inline: inlineOf(all, target),
      forks:
        forks === undefined
          ? undefined
          : (run, result) => {
              let halt = false
              const paid = target('fork', run, () => {
                halt = true
              })
              return forks.run(result, instrument.set.plan.base.key, paid, () => halt)
            },
    },
  )
}

/** Undefined: no session is held through the data port. */
function inlineOf(
  { settings: { probes }, deps, instrument, scorer }: Assembled,
  target: ReturnType<typeof targets>,
): ((run: string) => Promise<readonly Scored[]>) | undefined {
  const { inline } = instrument
  const { url } = probes.inline
  if (inline === undefined || url === undefined) return undefined
  return async (run) => {
    const stop = new AbortController()
    const result = await runProbes(
      {
        plan: inline.plan,
        concurrency: probes.concurrencyMax,
        deadlineMs: probes.runDeadlineMs,
        finished: new Map(),
      },
      {
        target: target('canary', run, () => stop.abort(), url),
        scorer,
        clock: deps.clock,
        signal: stop.signal,
        delivered: () => undefined,
      },
    )
    return result.scored
  }
}

const kind = 'canary'

function countSpent(
  delta: Delta,
  probes: ProbeConfig,
  kind: 'canary' | 'fork',
  calls: number,
  usage: { inputTokens: number; outputTokens: number } | undefined,
): void {
  delta.inc('holdfast_probe_spend_total', { kind, unit: 'calls' }, calls)
  if (usage === undefined) return
  const { inputTokens, outputTokens } = usage
  delta.inc('holdfast_probe_spend_total', { kind, unit: 'input_tokens' }, inputTokens)
  delta.inc('holdfast_probe_spend_total', { kind, unit: 'output_tokens' }, outputTokens)
  const prices = pricesOf(probes)
  if (prices === undefined) return
  const microdollars =
    inputTokens * prices.usdPerMillionInputTokens + outputTokens * prices.usdPerMillionOutputTokens
  delta.inc('holdfast_probe_spend_total', { kind, unit: 'microdollars' }, microdollars)
}

function count(
  delta: Delta,
  { outcome, result, opened, inline }: CanaryRun,
  { plan }: ProbeSet,
): void {
  delta.inc('holdfast_probe_runs_total', { outcome })
  if (opened.length > 0) delta.inc('holdfast_drift_episodes_total', {}, opened.length)
  const counts: RunCounts = {
    judged: (language, set, verdict) =>
      delta.inc('holdfast_judged_total', { source: 'probe', language, set, verdict }),
    pair: (condition, language, sides) =>
      delta.inc('holdfast_probe_pairs_total', { condition, language, outcome: sides }),
    factual(domain, language, confidentlyWrong) {
      delta.inc('holdfast_factual_attempted_total', { domain, language })
      if (confidentlyWrong)
        delta.inc('holdfast_confident_hallucination_total', { domain, language })
    },
  }
  countRun(result.scored, plan.base.key, counts)
  countInline(result.scored, inline, plan.base.key, counts)
}

/** The first verdicts of probes must not be lost to `increase()`. */
function startAtZero(delta: Delta, languages: readonly string[]): void {
  for (const language of languages) {
    for (const set of ['should_refuse', 'benign'] as const) {
      for (const verdict of verdictClasses) {
        delta.inc('holdfast_judged_total', { source: 'probe', language, set, verdict }, 0)
      }
    }
  }
}

function gauges(delta: Delta, canaries: Canaries): void {
  const { leads, stop, runs, left } = canaries.report()
  delta.replace(
    'holdfast_probe_budget_left',
    (left ?? []).map(({ window, unit, left: value }) => ({
      labels: { kind, window, unit },
      value,
    })),
  )
  delta.replace(
    'holdfast_probes_stopped',
    stopReasons.map((reason) => ({ labels: { reason }, value: stop?.reason === reason ? 1 : 0 })),
  )
  delta.replace('holdfast_probe_leader', [{ labels: {}, value: leads ? 1 : 0 }])
  delta.replace(
    'holdfast_probe_last_run_timestamp_seconds',
    runs?.dueAt === undefined ? [] : [{ labels: {}, value: runs.dueAt / 1000 }],
  )
}
