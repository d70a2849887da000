/** What a request says of its user and of the user's session; values are hashed before any use. */
import type { IdentityHints } from '../exchange/exchange.ts'
import type { KeyedHash } from './keyed-hash.ts'

/** Identifiers are short; what is longer is cut before it is hashed. */
export const identifierLengthMax = 512
const metadataLengthMax = 4_096

export interface MetadataIdentity {
  user: string | undefined
  session: string | undefined
}

/**
 * Anthropic's metadata.user_id. Coding agents put a session into it, as `user_..._session_<id>`
 * or as JSON with `session_id`: that part names the conversation, the rest the user.
 */
export const metadataIdentity = (userId: string | undefined): MetadataIdentity => {
  if (userId === undefined || userId.length > metadataLengthMax) {
    return { user: undefined, session: undefined }
  }
  if (userId.startsWith('{')) return fromJson(userId)
  const at = userId.lastIndexOf('_session_')
  if (at < 0) return { user: identifier(userId), session: undefined }
  return {
    user: identifier(userId.slice(0, at)),
    session: identifier(userId.slice(at + '_session_'.length)),
  }
}

const fromJson = (text: string): MetadataIdentity => {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    // Not JSON after all: an identifier that starts with a brace.
    return { user: identifier(text), session: undefined }
  }
  if (typeof parsed !== 'object' || parsed === null) return { user: undefined, session: undefined }
  const fields = new Map<string, unknown>(Object.entries(parsed))
  const field = (name: string): string | undefined => {
    const value = fields.get(name)
    return typeof value === 'string' ? identifier(value) : undefined
  }
  return {
    user: field('account_uuid') ?? field('user_id') ?? field('device_id'),
    session: field('session_id'),
  }
}

/** Trimmed and cut; undefined when nothing is left. */
export const identifier = (value: string | undefined): string | undefined => {
  const trimmed = value?.slice(0, identifierLengthMax).trim()
  return trimmed === '' ? undefined : trimmed
}

/** undefined: the request names no user. */
export const userKeyOf = (identity: IdentityHints, hash: KeyedHash): string | undefined => {
  const named =
    identifier(identity.safetyIdentifier) ??
    identifier(identity.user) ??
    metadataIdentity(identity.metadataUserId).user
  return named === undefined ? undefined : hash(named)
}
