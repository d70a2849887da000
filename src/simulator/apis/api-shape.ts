/** What one API adds to the simulated model: how requests are read and how answers are written. */
import type { JsonObject } from '../../decode/untrusted-json.ts'
import type { Content } from '../behaviour.ts'
import { tokenCount } from '../pieces.ts'
import type { ReadRequest, SimulatedApi, SimulatedRequest } from '../request.ts'

export interface SimulatedAnswer {
  request: SimulatedRequest
  content: Exclude<Content, { kind: 'overloaded' }>
  /** The model that answers, as the response names it. */
  model: string
  /** Seconds; a constant of the version, so that the same request gets the same bytes. */
  created: number
  /** 48 hex digits that all ids of the answer are cut from. */
  idSeed: string
}

export interface Failure {
  status: number
  /** The provider's word for the kind of error. */
  type: string
  message: string
  param?: string
}

export interface ApiShape {
  readonly api: SimulatedApi
  /** Without the leading /v1. */
  readonly path: string
  read(body: JsonObject): ReadRequest
  /** The whole answer as JSON. */
  body(answer: SimulatedAnswer): object
  /** The same answer as server-sent events, framed. */
  events(answer: SimulatedAnswer): string[]
  failure(failure: Failure, idSeed: string): object
}

export interface TokenUsage {
  input: number
  output: number
}

export function usageOf(answer: SimulatedAnswer): TokenUsage {
  const { request, content } = answer
  const sent = request.turns.flatMap((turn) => turn.texts).map(tokenCount)
  const received =
    content.kind === 'tool_calls'
      ? content.calls.map((call) => tokenCount(call.name) + tokenCount(call.arguments))
      : [tokenCount(content.text)]
  return { input: sum(sent) + 4 * request.turns.length, output: sum(received) }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)

/** One frame; a type of its own only where the API sends one. */
export const frame = (data: object, event?: string): string =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`
