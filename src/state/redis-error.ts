/** What went wrong at Redis, as one of our words and a short code; never a message, which may quote a password. */
import { codeOf } from '../error.ts'
import type { StoreError } from './store.ts'

export interface RedisFailure {
  error: StoreError
  /** Word of the reply (`OOM`), code of the socket or certificate (`ECONNREFUSED`), or what was seen. */
  cause: string
}

/** First words of error replies, as Redis 7 and Valkey write them. */
const replies: ReadonlyMap<string, StoreError> = new Map([
  ['OOM', 'full'],
  ['READONLY', 'read_only'],
  ['MISCONF', 'read_only'],
  ['NOREPLICAS', 'read_only'],
  ['NOAUTH', 'no_auth'],
  ['WRONGPASS', 'no_auth'],
  ['NOPERM', 'no_auth'],
  ['LOADING', 'down'],
  ['MASTERDOWN', 'down'],
  ['CLUSTERDOWN', 'down'],
  ['BUSY', 'down'],
  ['TRYAGAIN', 'down'],
  ['MOVED', 'other'],
  ['ASK', 'other'],
  ['CROSSSLOT', 'other'],
  ['WRONGTYPE', 'other'],
  ['EXECABORT', 'other'],
  ['ERR', 'other'],
])

/** Messages of the client library. */
const messages: readonly [RegExp, RedisFailure][] = [
  [/^Command timed out/, { error: 'timeout', cause: 'timeout' }],
  [/^Socket timeout/, { error: 'timeout', cause: 'timeout' }],
  [/^Too many Cluster redirections/, { error: 'down', cause: 'redirected' }],
  [/^Failed to refresh slots cache/, { error: 'down', cause: 'no_node' }],
  [/^ERR max number of clients/, { error: 'down', cause: 'clients_max' }],
  [/Please report this\.$/, { error: 'down', cause: 'protocol' }],
]

/** Codes of the system and of TLS are short words; anything longer is cut. */
const codePattern = /^[A-Z][A-Z0-9_]{1,63}$/

/** A reply that is well-formed and yet no answer to what was asked. */
export class OddReply extends Error {}

export function failureOf(error: unknown): RedisFailure {
  if (error instanceof OddReply) return { error: 'other', cause: 'odd_reply' }
  const first = firstOf(error)
  const message = first instanceof Error ? first.message : ''
  const known = messages.find(([pattern]) => pattern.test(message))
  if (known !== undefined) return known[1]
  const word = /^(?:EXECABORT .{0,80} because of: )?([A-Z]{2,20})\b/.exec(message)?.[1] ?? ''
  const reply = replies.get(word)
  if (reply !== undefined) return { error: reply, cause: word }
  if (first instanceof Error && first.name === 'ReplyError')
    return { error: 'other', cause: 'reply' }
  const code = codeOf(first)
  if (code !== undefined && codePattern.test(code)) return { error: 'down', cause: code }
  return { error: 'down', cause: 'closed' }
}

/** An aborted transaction says why in the error of the command that was refused. */
function firstOf(error: unknown): unknown {
  if (!(error instanceof Error) || !('previousErrors' in error)) return error
  const { previousErrors } = error
  return Array.isArray(previousErrors) && previousErrors[0] instanceof Error
    ? previousErrors[0]
    : error
}
