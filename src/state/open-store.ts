/** The store that the settings ask for. It is there at once; a shared one comes up when it is reached. */
import type { Clock } from '../clock.ts'
import type { BadEntryKind } from './envelope.ts'
import { type MemorySettings, openMemoryStore, valueBytesMaxDefault } from './open-memory-store.ts'
import { parseRedisAddress } from './redis-address.ts'
import type { RedisSettings } from './redis-options.ts'
import { RedisStore } from './redis-store.ts'
import type { Store, StoreError } from './store.ts'

export type StoreSettings = MemorySettings | ({ kind: 'redis' } & RedisSettings)

export interface StoreDeps {
  clock: Clock
  /** Of the deployment: every replica has the same. */
  secret: string | Uint8Array
  /** An entry that others wrote and that is not ours; it is treated as absent. */
  onBadEntry: (kind: BadEntryKind) => void
  /** Called once for each call that failed. `cause`: a short code, never a message. */
  onError: (error: StoreError, cause: string) => void
}

const prefixPattern = /^[a-z0-9_-]{1,64}$/

/** Throws a RangeError for settings that no check has seen. */
export function openStore(settings: StoreSettings, deps: StoreDeps): Store {
  if (settings.kind === 'memory') return openMemoryStore(settings, deps)
  const { valueBytesMax = valueBytesMaxDefault } = settings
  const address = parseRedisAddress(settings.url, settings.cluster)
  if (!address.ok) throw new RangeError(`the address of Redis ${address.reason}`)
  if (!prefixPattern.test(settings.prefix))
    throw new RangeError('the prefix is no [a-z0-9_-]{1,64}')
  return new RedisStore({ settings, address: address.value, valueBytesMax, ...deps })
}
