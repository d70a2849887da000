/** The one interface of all wire-format decoders, and everything a decode can end in. */
import type { CapturedExchange } from '../exchange/captured.ts'
import type { Exchange } from '../exchange/exchange.ts'
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

export type Decoded = { ok: true; exchange: Exchange } | { ok: false; reason: DecodeFailure }

/** Bodies are plain bytes here: content encodings are undone before a decoder sees them. */
export interface DecoderInput {
  captured: CapturedExchange
  request: Uint8Array
  response: Uint8Array
}

export interface Decoder {
  readonly protocol: KnownProtocol
  /** Whether a request to this method and path speaks the protocol; cheap, reads no body. */
  matches(method: string, path: string): boolean
  decode(input: DecoderInput): Decoded
}
