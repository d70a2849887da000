/**
 * One suite under its conditions against one target, from a plan to pairs: what the command line and
 * a scheduler both run. A run is prepared first, for its id is known then, and may be looked for in a
 * file; then it is carried out with whatever sends and scores.
 */
import type { Clock } from '../clock.ts'
import type { Condition } from './conditions/conditions.ts'
import { exchangeLines } from './exchange-line.ts'
import { type PairRow, pairsOf, type Rate, ratesOf } from './pairs.ts'
import type { Probe } from './probe.ts'
import type { RunFile } from './run-file.ts'
import { planRun, type RunPlan, runIdOf } from './run-plan.ts'
import { type RunResult, runProbes } from './run-probes.ts'
import type { ScorerDeps } from './scorers/scorer.ts'
import { type Suite, suiteId } from './suite.ts'
import { createTarget, type Sender, type TargetOptions } from './target.ts'

export interface SuiteRunOptions {
  suite: Suite
  /** Further suites whose probes are among those asked. */
  besides: readonly Suite[]
  probes: readonly Probe[]
  base: Condition
  conditions: readonly Condition[]
  seed: number
  limit: number | undefined
  target: Omit<TargetOptions, 'run'>
  /** `id/version` of every judge that may score. */
  judges: readonly string[]
  /** What tells two runs of the same settings apart. */
  salt?: string
}

export interface PreparedRun {
  /** The same for the same settings. */
  run: string
  plan: RunPlan
  /** Hashes of the scaffolds that probes are delivered in. */
  scaffolds: readonly string[]
  options: SuiteRunOptions
}

export function prepareRun(options: SuiteRunOptions): PreparedRun {
  const { suite, besides, base, conditions, seed, limit, target, judges, salt } = options
  const plan = planRun(options)
  const scaffolds = [
    ...new Set(plan.deliveries.flatMap(({ probe }) => probe.scaffold?.hash ?? [])),
  ].sort()
  const run = runIdOf({
    suites: [suite, ...besides].map(suiteId),
    base: base.key,
    conditions: conditions.map(({ key }) => key),
    scaffolds,
    target: target.baseUrl.href,
    protocol: target.protocol,
    model: target.model,
    judges,
    seed,
    limit,
    ...(salt === undefined ? {} : { salt }),
  })
  return { run, plan, scaffolds, options }
}

export interface SuiteRunDeps {
  sender: Sender
  scorer: ScorerDeps
  clock: Clock
  signal: AbortSignal
  concurrency: number
  /** Of the whole run; undefined: none. */
  deadlineMs: number | undefined
  /** Undefined: no lines are kept. */
  file: RunFile | undefined
  keepText: boolean
  progress?: (done: number, total: number) => void
}

export interface SuiteRun {
  run: string
  result: RunResult
  rates: readonly Rate[]
  pairs: readonly PairRow[]
  exchanges: number
  /** From the first request to the last verdict. */
  ms: number
}

export async function runSuite(prepared: PreparedRun, deps: SuiteRunDeps): Promise<SuiteRun> {
  const { run, plan, options } = prepared
  const { target, suite, besides } = options
  const suites = new Map([suite, ...besides].map((one) => [one.category, one]))
  let exchanges = 0
  const begun = deps.clock.monotonic()
  const result = await runProbes(
    {
      plan,
      concurrency: deps.concurrency,
      deadlineMs: deps.deadlineMs,
      finished: deps.file?.finished ?? new Map(),
    },
    {
      target: createTarget({ ...target, run }, { sender: deps.sender, clock: deps.clock }),
      scorer: deps.scorer,
      clock: deps.clock,
      signal: deps.signal,
      delivered({ probe, condition }, what, outcome) {
        exchanges += what.asked.length
        const of = suites.get(probe.category) ?? suite
        deps.file?.append(
          exchangeLines(probe, what, outcome, {
            run,
            suite: of.hash,
            suiteVersion: of.version,
            at: deps.clock.now(),
            condition: condition.key,
            protocol: target.protocol,
            model: target.model,
            keepText: deps.keepText,
          }),
        )
      },
      ...(deps.progress === undefined ? {} : { progress: deps.progress }),
    },
  )
  return {
    run,
    result,
    rates: ratesOf(result.scored),
    pairs: pairsOf(result.scored, plan),
    exchanges,
    ms: deps.clock.monotonic() - begun,
  }
}
