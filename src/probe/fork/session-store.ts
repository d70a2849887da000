/**
 * Copies of live sessions, in the memory of this thread and nowhere else, bounded by number, bytes and
 * age. Each stands under its tenant; a fork is made from one copy alone, so no two ever meet.
 */
import type { Clock } from '../../clock.ts'
import type { SessionCopy } from './session-copy.ts'

export interface SessionStoreOptions {
  itemsMax: number
  bytesMax: number
  /** At most 15 minutes. */
  ttlMs: number
  clock: Clock
}

export interface HeldSession {
  tenant: string
  conversation: string
  copy: SessionCopy
}

export interface SessionStore {
  /** A newer copy of a conversation takes the place of the older one. False: it is larger than all room. */
  add: (session: HeldSession) => boolean
  /** The newest of the tenant that waited longest for its turn; it is held no more. */
  take: () => HeldSession | undefined
  size: () => { items: number; bytes: number }
}

export const sessionAgeMaxMs = 900_000

interface Entry extends HeldSession {
  bytes: number
  at: number
}

export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const { itemsMax, bytesMax, clock } = options
  const ttlMs = Math.min(options.ttlMs, sessionAgeMaxMs)
  /** Oldest first. */
  const entries = new Map<string, Entry>()
  /** Tenants in the order of their turns. */
  const turns = new Map<string, true>()
  let bytes = 0

  const remove = (key: string): void => {
    bytes -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }
  const expire = (): void => {
    const oldest = clock.monotonic() - ttlMs
    for (const [key, { at }] of entries) {
      if (at > oldest) break
      remove(key)
    }
  }
  const newestOf = (tenant: string): [string, Entry] | undefined =>
    [...entries].filter(([, entry]) => entry.tenant === tenant).at(-1)

  return {
    add(session) {
      expire()
      const size = 2 * JSON.stringify(session).length
      if (size > bytesMax) return false
      const key = JSON.stringify([session.tenant, session.conversation])
      remove(key)
      for (const oldest of entries.keys()) {
        if (entries.size < itemsMax && bytes + size <= bytesMax) break
        remove(oldest)
      }
      entries.set(key, { ...session, bytes: size, at: clock.monotonic() })
      bytes += size
      if (!turns.has(session.tenant)) turns.set(session.tenant, true)
      // Tenants whose copies are all gone.
      if (turns.size > 2 * itemsMax) {
        const present = new Set([...entries.values()].map(({ tenant }) => tenant))
        for (const tenant of turns.keys()) if (!present.has(tenant)) turns.delete(tenant)
      }
      return true
    },
    take() {
      expire()
      for (const tenant of turns.keys()) {
        turns.delete(tenant)
        const found = newestOf(tenant)
        if (found === undefined) continue
        const [key, { conversation, copy }] = found
        remove(key)
        turns.set(tenant, true)
        return { tenant, conversation, copy }
      }
      return undefined
    },
    size() {
      expire()
      return { items: entries.size, bytes }
    },
  }
}
