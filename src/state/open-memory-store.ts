/** A memory store from settings; apart from open-store.ts, which loads the client of Redis. */
import type { Clock } from '../clock.ts'
import { MemoryStore } from './memory-store.ts'
import type { StoreError } from './store.ts'

export interface MemorySettings {
  kind: 'memory'
  bytesMax: number
  valueBytesMax?: number
}

export const valueBytesMaxDefault = 4_194_304

export const openMemoryStore = (
  { bytesMax, valueBytesMax = valueBytesMaxDefault }: MemorySettings,
  { clock, onError }: { clock: Clock; onError: (error: StoreError, cause: string) => void },
): MemoryStore =>
  new MemoryStore({ bytesMax, valueBytesMax, clock, onError: (error) => onError(error, error) })
