/** The status page as it is served: what it shows of the configuration, and where its figures come from. */
import type { StatusOptions } from './admin/status/routes.ts'
import type { StatusFacts } from './admin/status/snapshot.ts'
import type { Clock } from './clock.ts'
import { isLoopback, plainHost } from './config/address.ts'
import type { Config } from './config/schema.ts'
import type { Recorder } from './metrics/record.ts'
import type { Monitor } from './monitor/monitor.ts'
import { packageVersion } from './version.ts'

export interface StatusDeps {
  recorder: Pick<Recorder, 'samples'>
  monitor: Pick<Monitor, 'ask' | 'isUp'>
  inFlight: () => number
  /** The operator's, as read. */
  token: string | undefined
  probesConfigured: boolean
  clock: Clock
}

/** Undefined: there is no page. */
export function statusOptions(
  inForce: { readonly config: Config },
  deps: StatusDeps,
): StatusOptions | undefined {
  if (!inForce.config.status.enabled) return undefined
  const { recorder, monitor, inFlight, token, clock } = deps
  const { admin } = inForce.config
  return {
    facts: () => factsOf(inForce.config, deps),
    figures: recorder,
    ask: (request) => monitor.ask(request),
    monitorUp: () => monitor.isUp(),
    inFlight,
    exchanges: undefined,
    beyondLoopback: !isLoopback(plainHost(admin.host)),
    token,
    clock,
  }
}

const factsOf = (
  { judge, sample, capture, languages, probes }: Config,
  { token, probesConfigured }: StatusDeps,
): StatusFacts => ({
  version: packageVersion,
  servedLanguages: languages.served,
  sampleRate: sample.rate,
  captureEnabled: capture.enabled,
  liveJudge: judge.live,
  requestSets: judge.requestSets,
  calibrated: judge.calibrationFile !== undefined,
  gradedModel: judge.graded.url === undefined ? undefined : judge.graded.model,
  probesConfigured,
  probesSchedule: probes.schedule,
  operatorToken: token !== undefined,
})
