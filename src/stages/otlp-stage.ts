/** The export of verdicts to OpenTelemetry as the monitor thread runs it (docs/otlp.md). */
import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { readOtlpToken } from '../config/otlp-faults.ts'
import type { Config } from '../config/schema.ts'
import type { Labels } from '../enrich/enrich.ts'
import type { CapturedExchange } from '../exchange/captured.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Verdict } from '../exchange/verdict.ts'
import type { Delta } from '../metrics/delta.ts'
import type { PromptSet } from '../metrics/domains.ts'
import { createExporter } from '../otlp/exporter.ts'
import { createUpstreamClient } from '../upstream/http-client.ts'
import { packageVersion } from '../version.ts'

/** Plain data: it crosses to the thread. */
export interface OtlpStageSettings {
  /** Of the receiver, /v1/logs included. */
  url: string
  token: string | undefined
  ca: readonly string[] | undefined
  intervalMs: number
  queueItemsMax: number
  timeoutMs: number
}

interface JudgedExchange {
  captured: CapturedExchange
  exchange: Exchange
  labels: Labels
  set: PromptSet
  verdict: Verdict
}

export interface OtlpStage {
  offer(judged: JudgedExchange): void
  stepMs: number
  step(): Promise<void>
  /** Sends what has gathered, for as long as one export may take. */
  close(): Promise<void>
}

/** Undefined: nothing is exported. */
export function otlpSettings(
  { otlp }: Config,
  ca: readonly string[] | undefined,
): OtlpStageSettings | undefined {
  const { endpoint, intervalMs, queueItemsMax, timeoutMs } = otlp
  if (endpoint === undefined) return undefined
  const token = readOtlpToken(otlp)
  if (!token.ok) throw new Error('otlp.bearer_token_file changed since it was checked')
  const url = `${endpoint.replace(/\/+$/, '')}/v1/logs`
  return { url, token: token.value?.reveal(), ca, intervalMs, queueItemsMax, timeoutMs }
}

export function startOtlp(
  settings: OtlpStageSettings,
  { clock, delta }: { clock: Clock; delta: Delta },
): OtlpStage {
  const { url, token, ca, intervalMs, queueItemsMax, timeoutMs } = settings
  const client = createUpstreamClient({
    clock,
    connectionsMax: 1,
    ...(ca === undefined ? {} : { ca }),
  })
  const exporter = createExporter({
    url: new URL(url),
    token,
    service: { version: packageVersion, instance: randomBytes(8).toString('hex') },
    queueItemsMax,
    timeoutMs,
    client,
    delta,
  })
  return {
    offer({ captured, exchange, labels, set, verdict }) {
      exporter.offer({
        at: clock.now(),
        verdict: verdict.verdict,
        judge: verdict.judge,
        judgeVersion: verdict.version,
        language: labels.language,
        set,
        depth: labels.depth,
        format: labels.format,
        responseId: exchange.responseId,
        requestedModel: exchange.requestedModel,
        servedModel: exchange.servedModel,
        traceId: captured.traceId,
      })
    },
    stepMs: intervalMs,
    step: () => exporter.step(),
    async close() {
      await exporter.step()
      client.close()
    },
  }
}
