/**
 * From an identifier as a client sends it to the keys that records may hold of it: which header or field it
 * came in decides, and nobody remembers that. For those who look for a user or a conversation by name.
 */
import { createKeyedHash } from './keyed-hash.ts'
import { identifier, metadataIdentity } from './user-identity.ts'

const distinct = (keys: readonly (string | undefined)[]): string[] => [
  ...new Set(keys.filter((key) => key !== undefined)),
]

export function userKeysOf(secret: string | Uint8Array, id: string): string[] {
  const hash = createKeyedHash(secret, 'user')
  return distinct(
    [identifier(id), metadataIdentity(id).user].map((name) =>
      name === undefined ? undefined : hash(name),
    ),
  )
}

/** Conversations that no client names are known by their keys alone. */
export function conversationKeysOf(secret: string | Uint8Array, id: string): string[] {
  const hash = createKeyedHash(secret, 'conversation')
  const name = identifier(id)
  if (name === undefined) return []
  return distinct([
    hash('header', name),
    hash('session', name, ''),
    hash('conversation', name),
    hash('cache_key', name),
    hash('continues', name),
  ])
}
