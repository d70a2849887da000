/** The one interface of all wire-format decoders, and everything a decode can end in. */
import type { CapturedExchange } from '../exchange/captured.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { McpCall } from '../exchange/mcp-call.ts'
import type { KnownProtocol } from '../exchange/protocol.ts'

/** Why an exchange could not be read. Each is a label value of holdfast_dropped_total{stage="decode"}. */
export const decodeFailures = [
  'unknown_shape',
  'not_json',
  'too_deep',
  'undecodable_encoding',
  'output_cap',
  'error_status',
  'stream_incomplete',
] as const

export type DecodeFailure = (typeof decodeFailures)[number]

/** `no_answer`: read, and no model was asked: the tool side, or a request that only loads a model. */
export type Decoded =
  | { ok: true; exchange: Exchange }
  | { ok: false; reason: DecodeFailure }
  | { ok: false; reason: 'no_answer'; calls: readonly McpCall[] }

/** Bodies are plain bytes here: content encodings are undone before a decoder sees them. */
export interface DecoderInput {
  captured: CapturedExchange
  request: Uint8Array
  response: Uint8Array
}

/** Headers by lower-case name, as Node gives them. */
export type RequestHead = Readonly<Record<string, unknown>>

export interface Decoder {
  readonly protocol: KnownProtocol
  /** Whether a request speaks the protocol, by its head; cheap, reads no body. */
  matches(method: string, path: string, headers?: RequestHead): boolean
  decode(input: DecoderInput): Decoded
}
