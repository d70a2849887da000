/**
 * Sends verdicts to an OTLP receiver, a batch at a time. Nothing waits for it: what does not fit into the
 * queue, what the receiver does not take and what it could not be sent in time is dropped and counted. A
 * repetition is made only where OTLP allows one (429, 502, 503, 504) and the receiver says when.
 */
import type { OtlpOutcome } from '../exchange/otlp-outcome.ts'
import type { Delta } from '../metrics/delta.ts'
import type { UpstreamClient } from '../upstream/http-client.ts'
import { type Evaluation, type ExportingService, exportBody } from './evaluation-logs.ts'

export interface ExporterOptions {
  /** Of the receiver, /v1/logs included. */
  url: URL
  token: string | undefined
  service: ExportingService
  queueItemsMax: number
  timeoutMs: number
  client: Pick<UpstreamClient, 'post'>
  delta: Pick<Delta, 'inc'>
}

export interface Exporter {
  offer(evaluation: Evaluation): void
  /** Sends what has gathered, one batch after the other; a call while one runs does nothing. */
  step(): Promise<void>
}

const batchItemsMax = 512
const responseBytesMax = 65_536
const retriesMax = 3
const retryStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504])
/** Model names and ids are the peers' to choose. */
const textMax = 256

export function createExporter(options: ExporterOptions): Exporter {
  const { url, token, service, delta, client } = options
  const count = (outcome: OtlpOutcome, items: number): void => {
    if (items > 0) delta.inc('holdfast_otlp_events_total', { outcome }, items)
  }
  let queue: Evaluation[] = []
  let sending = false
  const send = async (batch: readonly Evaluation[]): Promise<void> => {
    const reply = await client.post({
      url,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: Buffer.from(exportBody(batch, service)),
      deadlineMs: options.timeoutMs,
      responseBytesMax,
      retriesMax,
      retryStatuses,
    })
    if (reply.kind === 'failed') return count('unreachable', batch.length)
    if (reply.status < 200 || reply.status > 299) return count('refused', batch.length)
    const rejected = Math.min(batch.length, rejectedIn(reply.body))
    count('refused', rejected)
    count('exported', batch.length - rejected)
  }
  return {
    offer(evaluation) {
      if (queue.length >= options.queueItemsMax) return count('queue_full', 1)
      queue.push(bounded(evaluation))
    },
    async step() {
      if (sending) return
      sending = true
      try {
        while (queue.length > 0) {
          const batch = queue.slice(0, batchItemsMax)
          queue = queue.slice(batchItemsMax)
          await send(batch)
        }
      } finally {
        sending = false
      }
    },
  }
}

const cut = (text: string | undefined): string | undefined => text?.slice(0, textMax)

const bounded = (evaluation: Evaluation): Evaluation => ({
  ...evaluation,
  responseId: cut(evaluation.responseId),
  requestedModel: cut(evaluation.requestedModel),
  servedModel: cut(evaluation.servedModel),
})

/** `partialSuccess.rejectedLogRecords` of the answer, a number or a text; 0 where there is none. */
function rejectedIn(body: Uint8Array): number {
  const text = Buffer.from(body).toString('utf8')
  const found = /"rejectedLogRecords"\s*:\s*"?(\d{1,9})/.exec(text)?.[1]
  return found === undefined ? 0 : Number(found)
}
