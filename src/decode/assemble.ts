/**
 * The course all wire formats share: request, then error body, stream or whole response, then one
 * Exchange out of both. A format hands in how to read its parts; nothing here knows a format.
 */
import type { Answer, Exchange, ProviderRefusalReason } from '../exchange/exchange.ts'
import type { KnownProtocol } from '../exchange/protocol.ts'
import type { Decoded, DecodeFailure, DecoderInput } from './decoder.ts'
import { refusalOfError } from './provider-refusal.ts'
import { readSse, type SseEvent } from './sse.ts'
import { isJsonObject, type JsonObject, parseJsonBytes, valueAt } from './untrusted-json.ts'

/** What the request says. */
export type Asked = Pick<
  Exchange,
  'requestedModel' | 'system' | 'turns' | 'tools' | 'structured' | 'stateful' | 'identity'
>

/** What the response says. */
export type Answered = Pick<
  Exchange,
  'servedModel' | 'responseId' | 'answer' | 'providerRefusals' | 'usage'
>

export interface StreamReader {
  /** A reason ends the reading and drops the exchange. */
  push(event: SseEvent): DecodeFailure | undefined
  /** After the last event; `stream_incomplete` when the stream ended before its terminal event. */
  finish(): Answered | DecodeFailure
}

export interface WireFormat {
  readonly protocol: KnownProtocol
  /** undefined: not a shape of this format. */
  readRequest(body: JsonObject, path: string): Asked | 'no_answer' | undefined
  readWhole(body: JsonObject): Answered | DecodeFailure
  /** Undefined: the format has no server-sent events. */
  createStreamReader?(): StreamReader
  /** A framing of its own; undefined: this body has none, it is events or one JSON object. */
  readFramed?(response: Uint8Array): Answered | DecodeFailure | undefined
}

const failed = (reason: DecodeFailure): Decoded => ({ ok: false, reason })

export const decodeWith = (format: WireFormat, input: DecoderInput): Decoded => {
  const request = parseJsonBytes(input.request)
  if (!request.ok) return failed(request.reason)
  if (!isJsonObject(request.value)) return failed('unknown_shape')
  const asked = format.readRequest(request.value, input.captured.path)
  if (asked === undefined) return failed('unknown_shape')
  if (asked === 'no_answer') return { ok: false, reason: asked, calls: [] }
  const { status } = input.captured
  const isError = status < 200 || status > 299
  const { streamed, answered } = isError
    ? { streamed: false, answered: readErrorBody(input.response) }
    : readResponse(format, input.response)
  if (typeof answered === 'string') return failed(answered)
  return {
    ok: true,
    exchange: { protocol: format.protocol, streamed, ...asked, ...answered },
  }
}

const readResponse = (
  format: WireFormat,
  bytes: Uint8Array,
): { streamed: boolean; answered: Answered | DecodeFailure } => {
  const framed = format.readFramed?.(bytes)
  if (framed !== undefined) return { streamed: true, answered: framed }
  const reader = looksLikeStream(bytes) ? format.createStreamReader?.() : undefined
  return reader === undefined
    ? { streamed: false, answered: readWholeBody(format, bytes) }
    : { streamed: true, answered: readStream(reader, bytes) }
}

/**
 * Decided by the bytes, not by Content-Type: servers answer a streaming request with a JSON error
 * under the type of a stream. A stream begins with a comment or one of four field names.
 */
const looksLikeStream = (bytes: Uint8Array): boolean =>
  /^\s*(?::|data|event|id|retry)/.test(new TextDecoder().decode(bytes.subarray(0, 64)))

const readWholeBody = (format: WireFormat, bytes: Uint8Array): Answered | DecodeFailure => {
  const response = parseJsonBytes(bytes)
  if (!response.ok) return response.reason
  return isJsonObject(response.value) ? format.readWhole(response.value) : 'unknown_shape'
}

const readStream = (reader: StreamReader, bytes: Uint8Array): Answered | DecodeFailure =>
  readSse(bytes, (event) => reader.push(event)) ?? reader.finish()

/** A refusal may come as an error status; every other error is no answer of the model. */
const readErrorBody = (bytes: Uint8Array): Answered | DecodeFailure => {
  const body = parseJsonBytes(bytes)
  return body.ok ? answeredByError(valueAt(body.value, 'error')) : 'error_status'
}

/** An error object in place of an answer: a policy refusal is an exchange, the rest is dropped. */
export const answeredByError = (error: unknown): Answered | 'error_status' => {
  const refusal = refusalOfError(error)
  if (refusal === undefined) return 'error_status'
  return {
    servedModel: undefined,
    responseId: undefined,
    answer: errorAnswer(refusal),
    providerRefusals: [refusal],
    usage: { inputTokens: undefined, outputTokens: undefined },
  }
}

const errorAnswer = (refusal: ProviderRefusalReason): Answer => ({
  text: '',
  refusal: '',
  reasoning: '',
  toolCalls: [],
  stop: refusal === 'content_filter' ? 'content_filter' : 'error',
  choices: 0,
})

/** Each reason once, in the order found. */
export const refusalList = (
  ...found: readonly (ProviderRefusalReason | false | undefined)[]
): ProviderRefusalReason[] => [
  ...new Set(found.filter((reason) => reason !== undefined && reason !== false)),
]
