/**
 * From a reply to a grade or an error: the one place that decides what counts. Everything that is not
 * a complete answer of status 200 whose whole text is one object of the schema is an error.
 */
import type { GradeError, TransportError } from '../../exchange/graded-outcome.ts'
import type { Dimension } from './dimension.ts'
import type { Usage, Wire } from './wire.ts'

export type PostReply = { attempts: number } & (
  | { kind: 'response'; status: number; body: Uint8Array }
  | { kind: 'failed'; reason: TransportError }
)

export type Grade<R> = { kind: 'graded'; grade: R } | { kind: 'error'; reason: GradeError }

/** What a reply says of the endpoint. `unclear`: the item may be the reason. */
export type EndpointHealth = 'working' | 'failing' | 'unclear'

export interface ReadReply<R> {
  result: Grade<R>
  endpoint: EndpointHealth
  /** Undefined: something may have been billed, and nobody knows how much. */
  usage: Usage | undefined
}

const nothing: Usage = { inputTokens: 0, outputTokens: 0 }

export function readReply<R>(
  reply: PostReply,
  wire: Wire,
  dimension: Pick<Dimension<string, R>, 'parse'>,
): ReadReply<R> {
  if (reply.kind === 'failed') {
    const unsent = reply.reason === 'connect' || reply.reason === 'tls'
    return failing(reply.reason, unsent ? nothing : undefined)
  }
  if (reply.status !== 200) return statusError(reply.status)
  const json = jsonOf(reply.body)
  if (json === undefined) return failing('malformed', undefined)
  const read = wire.read(json)
  const { usage } = read
  const error = (reason: GradeError): ReadReply<R> => ({
    result: { kind: 'error', reason },
    endpoint: 'working',
    usage,
  })
  switch (read.kind) {
    case 'malformed':
      return failing('malformed', usage)
    case 'refused':
      return error('judge_refused')
    case 'truncated':
      return error('truncated')
    case 'text': {
      const grade = dimension.parse(read.text)
      return grade === undefined
        ? error('off_schema')
        : { result: { kind: 'graded', grade }, endpoint: 'working', usage }
    }
  }
}

const failing = (reason: GradeError, usage: Usage | undefined): ReadReply<never> => ({
  result: { kind: 'error', reason },
  endpoint: 'failing',
  usage,
})

function statusError(status: number): ReadReply<never> {
  if (status === 429) return failing('rate_limited', nothing)
  if (status === 401 || status === 403 || status === 404) return failing('misconfigured', nothing)
  if (status >= 500) return failing('server_error', nothing)
  if (status >= 400) return { ...failing('client_error', nothing), endpoint: 'unclear' }
  return status >= 300 ? failing('redirect', nothing) : failing('malformed', undefined)
}

/** The size is bounded by the client; what is read of it are a few own properties. */
function jsonOf(body: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    return value
  } catch {
    return undefined
  }
}
