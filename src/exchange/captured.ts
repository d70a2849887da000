/**
 * An exchange as the traffic thread knows it: times, sizes, a few headers, bodies as they went by.
 * What crosses from the traffic thread to the monitor thread: a small plain record, and the two
 * bodies as raw bytes, still encoded. The traffic thread has not looked into either of them.
 */
import type { Outcome, UpstreamErrorKind } from './outcome.ts'
import type { Protocol } from './protocol.ts'

export interface CapturedExchange {
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
  traceId: string | undefined
  requestBody: Uint8Array
  responseBody: Uint8Array
}

/** One exchange that has ended, as far as the traffic thread knows it. Durations in milliseconds. */
export interface EndedExchange {
  protocol: Protocol
  route: string
  method: string
  path: string
  outcome: Outcome
  /** The upstream's status; undefined when no response came. */
  status: number | undefined
  errorKind: UpstreamErrorKind | undefined
  startedAt: number
  /** From the request's arrival to its head being sent on, plus the same for the response. */
  overheadMs: number
  /** To the first byte of the response's head; undefined when none came. */
  firstByteMs: number | undefined
  durationMs: number
  largestGapMs: number
  traceId: string | undefined
}

export interface CapturedBodies {
  exchange: EndedExchange
  requestHeaders: Record<string, string>
  responseHeaders: Record<string, string>
  request: readonly Buffer[]
  response: readonly Buffer[]
  bytes: number
}
