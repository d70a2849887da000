/** The status page as it is served: what it shows of the configuration, and where its figures come from. */
import type { ExchangeReader, ExchangeRow } from '../admin/status/exchanges.ts'
import type { StatusOptions } from '../admin/status/routes.ts'
import type { StatusFacts } from '../admin/status/snapshot.ts'
import type { Clock } from '../clock.ts'
import { isLoopback, plainHost } from '../config/address.ts'
import type { Config } from '../config/schema.ts'
import { readEvidence } from '../evidence/read.ts'
import type { ExchangeRecord, ProbeRecord } from '../evidence/record.ts'
import { detectorMetrics } from '../exchange/detector-metric.ts'
import type { Recorder } from '../metrics/record.ts'
import type { Monitor } from '../monitor/monitor.ts'
import { packageVersion } from '../version.ts'

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
    exchanges: exchangeReader(inForce.config),
    beyondLoopback: !isLoopback(plainHost(admin.host)),
    token,
    clock,
  }
}

/** Undefined: no evidence is kept. */
function exchangeReader({ evidence: { folder } }: Config): ExchangeReader | undefined {
  if (folder === undefined) return undefined
  return async function* read({ metric, language, set, limit }) {
    const watched = detectorMetrics.find((name) => name === metric)
    if (watched === undefined) return
    const records = readEvidence({
      folder,
      kinds: ['exchange', 'probe'],
      detector: { metric: watched, language, set },
      order: 'newest_first',
      limit,
    })
    for await (const record of records) {
      if (record.kind === 'exchange' || record.kind === 'probe') yield rowOf(record)
    }
  }
}

const rowOf = (record: ExchangeRecord | ProbeRecord): ExchangeRow => {
  const { id, source, language, set, judge, verdict } = record
  const shared = { id, at: Date.parse(record.at), source, language, set, judge, verdict }
  return record.kind === 'probe'
    ? {
        ...shared,
        confidence: undefined,
        model: undefined,
        probe: record.probe,
        shape: record.condition,
        conversation: undefined,
        traceId: undefined,
        text: undefined,
      }
    : {
        ...shared,
        confidence: record.confidence,
        model: record.model ?? record.requested_model,
        probe: undefined,
        shape: `${record.format}, depth ${record.depth}`,
        conversation: record.conversation,
        traceId: record.trace_id,
        text: record.text,
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
