/**
 * Verdicts as `gen_ai.evaluation.result` events: the body of an OTLP/HTTP export of logs, in the JSON
 * form of protocol buffers (opentelemetry-proto, logs v1): 64-bit numbers are texts, ids are hexadecimal,
 * enumerations are numbers. Never any text of a user or a model.
 */
import { countsAsRefusal, type VerdictClass } from '../exchange/verdict.ts'

export interface Evaluation {
  /** Epoch milliseconds at which the verdict was final. */
  at: number
  verdict: VerdictClass
  judge: string
  judgeVersion: string
  language: string
  set: string
  depth: string
  format: string
  responseId: string | undefined
  requestedModel: string | undefined
  servedModel: string | undefined
  /** 32 hexadecimal digits of the request's traceparent. */
  traceId: string | undefined
}

export interface ExportingService {
  version: string
  /** One for each process. */
  instance: string
}

type Value = { stringValue: string } | { doubleValue: number }
type Attribute = readonly [key: string, value: string | number | undefined]

const infoSeverity = 9
const nothing = '0'.repeat(32)

export function exportBody(
  evaluations: readonly Evaluation[],
  { version, instance }: ExportingService,
): string {
  return JSON.stringify({
    resourceLogs: [
      {
        resource: {
          attributes: attributes([
            ['service.name', 'holdfast'],
            ['service.version', version],
            ['service.instance.id', instance],
          ]),
        },
        scopeLogs: [
          { scope: { name: 'holdfast', version }, logRecords: evaluations.map(logRecord) },
        ],
      },
    ],
  })
}

function logRecord(evaluation: Evaluation): object {
  const { at, verdict, traceId } = evaluation
  const time = `${Math.round(at)}000000`
  return {
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: infoSeverity,
    severityText: 'INFO',
    eventName: 'gen_ai.evaluation.result',
    // An id of zeros is none (W3C trace context).
    ...(traceId === undefined || traceId === nothing ? {} : { traceId }),
    attributes: attributes([
      ['gen_ai.evaluation.name', 'refusal'],
      ['gen_ai.evaluation.score.label', verdict],
      // Unclear is neither: it has a label and no number.
      [
        'gen_ai.evaluation.score.value',
        verdict === 'unclear' ? undefined : countsAsRefusal(verdict) ? 1 : 0,
      ],
      ['gen_ai.response.id', evaluation.responseId],
      ['gen_ai.request.model', evaluation.requestedModel],
      ['gen_ai.response.model', evaluation.servedModel],
      ['holdfast.judge', evaluation.judge],
      ['holdfast.judge.version', evaluation.judgeVersion],
      ['holdfast.language', evaluation.language],
      ['holdfast.set', evaluation.set],
      ['holdfast.depth', evaluation.depth],
      ['holdfast.format', evaluation.format],
    ]),
  }
}

const attributes = (pairs: readonly Attribute[]): { key: string; value: Value }[] =>
  pairs.flatMap(([key, value]) => {
    if (value === undefined) return []
    return [
      { key, value: typeof value === 'string' ? { stringValue: value } : { doubleValue: value } },
    ]
  })
