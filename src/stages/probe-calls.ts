/**
 * How the probes of a replica reach the API: under the one lease and the one switch of the fleet, each
 * kind from a purse of its own.
 */
import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { ProbeConfig } from '../config/probe-schema.ts'
import type { GradedJudge } from '../judge/graded-judge.ts'
import type { Delta } from '../metrics/delta.ts'
import type { Purse } from '../probe/schedule/keys.ts'
import { createLease } from '../probe/schedule/lease.ts'
import { createMeteredTarget, type Halt } from '../probe/schedule/metered-target.ts'
import { createProbeState } from '../probe/schedule/probe-state.ts'
import { createPurseBudget } from '../probe/schedule/purse-budget.ts'
import { createStopSwitch } from '../probe/schedule/stop-switch.ts'
import type { StopReason, Target } from '../probe/target.ts'
import type { Store, StoreError } from '../state/store.ts'
import type { UpstreamClient } from '../upstream/http-client.ts'
import { Secret } from '../upstream/secret.ts'
import { packageVersion } from '../version.ts'
import type { EndedRun } from './evidence-stage.ts'
import type { ProbeStageSettings } from './probe-settings.ts'
import type { ProfiledRun } from './profile-stage.ts'

export interface ProbeStageDeps {
  store: Store
  secret: Uint8Array
  clock: Clock
  /** Reads what no rule can; undefined: none is configured. */
  graded?: GradedJudge | undefined
  /** Keeps the state of a memory store beyond this thread. */
  save: () => Promise<void>
  /** Undefined: nobody records runs. */
  ended?: ((run: EndedRun) => void) | undefined
  /** Of complete runs, for the alignment profile. */
  profiled?: ((run: ProfiledRun) => void) | undefined
}

export interface Calls {
  settings: ProbeStageSettings
  deps: Pick<ProbeStageDeps, 'clock'>
  delta: Delta
  parts: ReturnType<typeof fleetParts>
  client: UpstreamClient
  /** False: this thread ends. */
  open: () => boolean
}

export function fleetParts(
  settings: ProbeStageSettings,
  { store, clock }: ProbeStageDeps,
  delta: Delta,
) {
  const { probes } = settings
  const onError = (error: StoreError): void => delta.inc('holdfast_state_errors_total', { error })
  const common = { store, clock, onError }
  const dayBudget = (purse: 'fork' | 'shadow') => {
    const { callsPerDay: calls, tokensPerDay: tokens } = probes[purse]
    const limits = { hour: { calls }, day: { calls, tokens } }
    return createPurseBudget(purse, { ...common, limits, prices: pricesOf(probes) })
  }
  return {
    onError,
    forkBudget: dayBudget('fork'),
    shadowBudget: dayBudget('shadow'),
    lease: createLease({
      ...common,
      holder: randomBytes(8).toString('hex'),
      leaseMs: probes.leaseMs,
    }),
    stopSwitch: createStopSwitch(common),
    budget: createPurseBudget('canary', {
      ...common,
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

/** Calls that are paid from a purse, under the one lease and the one switch. */
export function probeTargets({ settings, deps, delta, parts, client, open }: Calls) {
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
  const budgets = { canary: parts.budget, fork: parts.forkBudget, shadow: parts.shadowBudget }
  return (
    purse: Purse,
    run: string,
    halted: (why: Halt) => void,
    { url = probes.url, model = probes.model }: { url?: string; model?: string | undefined } = {},
  ): Target =>
    createMeteredTarget(
      {
        protocol: probes.protocol,
        baseUrl: new URL(url),
        model,
        key,
        adversarialKey: purse === 'canary' ? adversarialKey : 'same',
        deadlineMs: probes.timeoutMs,
        retriesMax: purse === 'canary' ? probes.retriesMax : 0,
        userAgent: `holdfast-probe/${packageVersion}`,
        run,
      },
      {
        sender: client,
        clock: deps.clock,
        budget: budgets[purse],
        stopSwitch: stopping,
        mayRun: () => open() && lease.held() !== undefined,
        halted,
        spent: (calls, usage) => countSpent(delta, probes, purse, calls, usage),
      },
    )
}

function countSpent(
  delta: Delta,
  probes: ProbeConfig,
  kind: Purse,
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
