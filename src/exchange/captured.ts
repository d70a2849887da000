/**
 * What crosses from the traffic thread to the monitor thread: a small plain record, and the two
 * bodies as raw bytes, still encoded. The traffic thread has not looked into either of them.
 */
import type { Protocol } from './protocol.ts'

export interface CapturedExchange {
  /** Counts up within one process; used for acknowledgement only. */
  id: number
  protocol: Protocol
  method: string
  /** Path as sent, without the query. */
  path: string
  route: string
  status: number
  /** Epoch milliseconds of the request's head. */
  startedAt: number
  /** Milliseconds from the request's head to the first and the last byte of the response body. */
  firstByteMs: number
  durationMs: number
  largestGapMs: number
  /** Lower-case names; only those on the capture list (identity, encodings, trace context). */
  requestHeaders: Record<string, string>
  responseHeaders: Record<string, string>
  requestBody: Uint8Array
  responseBody: Uint8Array
}
