/**
 * The probes as the monitor thread runs them: built from plain settings, with a client, suites and
 * counts of their own, over the store that the watch has open. Suites are read once, before traffic
 * is; a run is made of waits, so that reading traffic goes on beside it.
 */
import { evidenceRatio } from '../drift/e-detector.ts'
import { createEvidenceHistory } from '../drift/evidence-history.ts'
import { createLanguageDetector } from '../enrich/language.ts'
import { coreLanguages } from '../exchange/stratum.ts'
import { verdictClasses } from '../exchange/verdict.ts'
import { createDelta, type Delta, type MetricDelta } from '../metrics/delta.ts'
import type { ForkPair } from '../probe/fork/fork-run.ts'
import { createRotation } from '../probe/rotation/rotation.ts'
import { type RunResult, runProbes, type Scored } from '../probe/run-probes.ts'
import { type Canaries, createCanaries } from '../probe/schedule/canaries.ts'
import type { CanaryRun } from '../probe/schedule/canary-run.ts'
import { judgeAgain } from '../probe/schedule/judge-again.ts'
import {
  createProbeOperator,
  type ProbeOperatorAnswer,
  type ProbeOperatorRequest,
} from '../probe/schedule/operator.ts'
import type { ProbeSet } from '../probe/schedule/probe-set.ts'
import { countInline, countRun, type RunCounts } from '../probe/schedule/run-counts.ts'
import { gapKindOf } from '../probe/schedule/run-differences.ts'
import { nextDue } from '../probe/schedule/schedule.ts'
import type { ScorerDeps } from '../probe/scorers/scorer.ts'
import { stopReasons } from '../probe/target.ts'
import { createKeyedDraw } from '../sample/stratified.ts'
import { createUpstreamClient } from '../upstream/http-client.ts'
import type { FurtherDetectors } from '../watch/gauges.ts'
import type { EndedRun } from './evidence-stage.ts'
import { createForkStage, type ForkStage } from './fork-stage.ts'
import { createFreshStage, type FreshStage } from './fresh-stage.ts'
import { type Calls, fleetParts, type ProbeStageDeps, probeTargets } from './probe-calls.ts'
import { createInstrument, type Instrument } from './probe-instrument.ts'
import type { ProbeStageSettings } from './probe-settings.ts'
import type { ProfiledRun } from './profile-stage.ts'
import { createShadowStage, type ShadowStage } from './shadow-stage.ts'

const dayMs = 86_400_000

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
    graded: deps.graded,
    detectLanguage: (text) => detector.detect(text).language,
  }
  const forks = probes.fork.enabled
    ? createForkStage(probes.fork, { secret: deps.secret, clock, delta, scorer })
    : undefined
  let closed = false
  const shadows =
    forks === undefined
      ? undefined
      : createShadowStage(probes.shadow, {
          delta,
          scorer,
          sessions: forks.sessions,
          materials: instrument.materials,
        })
  const fresh = freshOf(settings, deps, { delta, instrument })
  const canaries = assemble({
    settings,
    deps,
    delta,
    instrument,
    parts,
    client,
    scorer,
    forks,
    shadows,
    fresh,
    open: () => !closed,
  })
  const history = createEvidenceHistory()
  const { specs, threshold } = instrument
  const remember = (): void => {
    const { runs } = canaries.report()
    if (runs === undefined) return
    const ratioOf = (id: string): number => {
      const state = runs.detectors.get(id)
      return state === undefined ? 0 : evidenceRatio(state, threshold)
    }
    history.record(runs.runs, new Map(specs.map(({ id }) => [id, ratioOf(id)])))
  }
  const operator = createProbeOperator({
    canaries,
    stopSwitch: parts.stopSwitch,
    state: parts.state,
    specs,
    threshold,
    version: instrument.set.version,
    history,
    nextDue: () => nextDue(clock.now(), instrument.schedule),
  })
  startAtZero(delta, settings.languages)
  return {
    stepMs: Math.min(5000, probes.leaseMs / 8),
    step: () => canaries.step(),
    take() {
      gauges(delta, canaries)
      remember()
      forks?.gauges()
      shadows?.gauges()
      fresh?.gauges()
      return delta.take()
    },
    detectors: () => ({
      specs,
      states: canaries.report().runs?.detectors,
      threshold,
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

interface Assembled extends Calls {
  deps: ProbeStageDeps
  instrument: Instrument
  scorer: ScorerDeps
  forks: ForkStage | undefined
  shadows: ShadowStage | undefined
  fresh: FreshStage | undefined
}

/** Undefined: every run asks the same and nothing else. */
function freshOf(
  { probes: { rotation } }: ProbeStageSettings,
  { secret }: Pick<ProbeStageDeps, 'secret'>,
  { delta, instrument }: { delta: Delta; instrument: Instrument },
): FreshStage | undefined {
  if (rotation.freshPerSuiteMax === 0) return undefined
  const { plan, spare } = instrument.set
  const { cycleDays, epochDays, exposuresMax } = rotation
  const epochs = Math.max(1, Math.floor(cycleDays / epochDays))
  return createFreshStage({
    suites: spare,
    rotation: createRotation({ secret, anchorShare: 0, epochs, exposuresMax }),
    base: plan.base,
    languages: plan.conditions.filter((condition) => gapKindOf(condition) === 'probe_gap'),
    perSuite: rotation.freshPerSuiteMax,
    epochMs: epochDays * dayMs,
    seed: 1,
    delta,
    onBadEntry: () => delta.inc('holdfast_state_bad_entries_total', {}),
  })
}

function assemble(all: Assembled): Canaries {
  const { settings, deps, delta, instrument, parts, scorer, fresh } = all
  const { probes, languages } = settings
  const draw = createKeyedDraw(deps.secret)
  const target = probeTargets(all)
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
      ended(run) {
        count(delta, run, instrument.set)
        if (run.outcome === 'complete') {
          fresh?.ended(run.result.scored, run.fresh)
          deps.profiled?.(profiledRun(run, instrument, probes.model))
        }
        deps.ended?.(endedRun(run, instrument))
      },
      fresh,
      target: (run, halted) => target('canary', run, halted),
      failed: () => delta.inc('holdfast_probe_runs_total', { outcome: 'internal_error' }),
      inline: inlineOf(all, target),
      forks: forksOf(all, target),
    },
  )
}

const endedRun = (run: CanaryRun, instrument: Instrument): EndedRun => ({
  id: run.id,
  outcome: run.outcome,
  complete: run.outcome === 'complete',
  baseKey: instrument.set.plan.base.key,
  scored: run.result.scored,
  notAsked: run.result.notAsked,
  suiteVersion: instrument.set.version,
  judgeVersion: instrument.judgeVersion,
  opened: run.opened,
  specs: instrument.specs,
  threshold: instrument.threshold,
})

const profiledRun = (
  { id, answers, forks }: CanaryRun,
  { set, judgeVersion }: Instrument,
  model: string,
): ProfiledRun => ({ id, model, answers, forks, suites: set.instruments, judgeVersion })

/** Forks of live sessions, then shadows of what is left of them. Undefined: both are off. */
function forksOf(
  { forks, shadows, instrument }: Assembled,
  target: ReturnType<typeof probeTargets>,
): ((run: string, result: RunResult) => Promise<ForkPair[]>) | undefined {
  if (forks === undefined) return undefined
  return async (run, result) => {
    let halt = false
    const forked = target('fork', run, () => {
      halt = true
    })
    const pairs = await forks.run(result, instrument.set.plan.base.key, forked, () => halt)
    if (shadows === undefined) return pairs
    let halted = false
    const onHalt = (): void => {
      halted = true
    }
    const { model, translatorModel } = shadows
    await shadows.run(
      {
        target: target('shadow', run, onHalt),
        conditionTarget: target('shadow', run, onHalt, { model }),
        translator: target('shadow', run, onHalt, { model: translatorModel }),
      },
      () => halted,
    )
    return pairs
  }
}

/** Undefined: no session is held through the data port. */
function inlineOf(
  { settings: { probes }, deps, instrument, scorer }: Assembled,
  target: ReturnType<typeof probeTargets>,
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
        target: target('canary', run, () => stop.abort(), { url }),
        scorer,
        clock: deps.clock,
        signal: stop.signal,
        delivered: () => undefined,
      },
    )
    return result.scored
  }
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
      labels: { kind: 'canary' as const, window, unit },
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
