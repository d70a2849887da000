/**
 * A request as the simulated model sees it: the same nouns for the three APIs. The readers are the
 * simulator's own and share nothing with src/decode but the accessors of untrusted JSON: what is
 * tested must not be what states the truth.
 */
import type { Format } from '../exchange/stratum.ts'

export type SimulatedApi = 'openai_chat' | 'openai_responses' | 'anthropic_messages'

export interface SimulatedTurn {
  role: 'system' | 'user' | 'assistant' | 'tool'
  /** The text parts as sent, in order. */
  texts: readonly string[]
}

export interface SimulatedTool {
  name: string
  /** JSON schema of the arguments; undefined when the tool takes free text. */
  schema: unknown
}

export type ToolChoice =
  | { kind: 'auto' }
  | { kind: 'none' }
  | { kind: 'any' }
  | { kind: 'named'; name: string }

/** `any`: some JSON object. */
export type OutputShape = { kind: 'text' } | { kind: 'any' } | { kind: 'schema'; schema: unknown }

export interface SimulatedRequest {
  api: SimulatedApi
  model: string
  stream: boolean
  /** Chat completions send usage in a stream only when asked. */
  streamUsage: boolean
  turns: readonly SimulatedTurn[]
  tools: readonly SimulatedTool[]
  toolChoice: ToolChoice
  output: OutputShape
  tokensMax: number | undefined
  /** Responses only: the answer this request goes on from. */
  previousResponseId: string | undefined
  /** The body in one spelling, without the switches that only change the delivery. */
  identity: string
}

export type ReadRequest =
  | { ok: true; request: SimulatedRequest }
  | { ok: false; message: string; param: string }

export const refuseRequest = (param: string, message: string): ReadRequest => ({
  ok: false,
  message,
  param,
})

/** User turns that a person wrote, in this request alone. */
export const userTurns = (request: SimulatedRequest): number =>
  request.turns.filter((turn) => turn.role === 'user').length

const lastUserTurn = (request: SimulatedRequest): SimulatedTurn | undefined =>
  request.turns.findLast((turn) => turn.role === 'user')

export const lastUserText = (request: SimulatedRequest): string =>
  (lastUserTurn(request)?.texts ?? []).join('\n')

/** Agents put reminders into parts before the person's own text. */
export const lastUserPart = (request: SimulatedRequest): string =>
  lastUserTurn(request)?.texts.at(-1) ?? ''

export const endsWithToolResult = (request: SimulatedRequest): boolean =>
  request.turns.at(-1)?.role === 'tool'

export const formatOf = (request: SimulatedRequest): Format => {
  if (request.output.kind !== 'text') return 'structured'
  return request.tools.length > 0 ? 'agentic' : 'chat'
}

/** Without what changes from one delivery to another, so that both forms get the same ids. */
export const identityOf = (body: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(
    Object.entries(body).filter(([key]) => key !== 'stream' && key !== 'stream_options'),
  )
