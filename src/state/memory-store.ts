/**
 * The state of a single replica: maps with expiry, bounded in bytes, that can be written out and read
 * back whole. It behaves as the shared store does (test/contract/store.ts), so that what is built on
 * one runs on the other.
 *
 * Expiry runs on the monotonic clock; over a restart it runs on the wall clock, which may jump: a
 * snapshot from the future keeps its entries for as long as they had left when it was made.
 */
import type { Clock } from '../clock.ts'
import {
  checkKey,
  checkTtl,
  checkValue,
  checkWatched,
  checkWriter,
  checkWrites,
  groupOf,
} from './key.ts'
import { decodeSnapshot, encodeSnapshot, type SnapshotEntry } from './snapshot-format.ts'
import {
  decisionsMax,
  type Seen,
  type Store,
  type Stored,
  type StoreError,
  type Watched,
  type Writes,
} from './store.ts'

export interface MemoryStoreOptions {
  clock: Clock
  /** Of keys, writers and values, each with what it takes to hold it. */
  bytesMax: number
  valueBytesMax: number
  /** Called once for each call that failed. */
  onError?: ((error: StoreError) => void) | undefined
}

type Content = string | ReadonlyMap<string, string>

interface Entry {
  content: Content
  expiresAt: number
  bytes: number
}

/** What holding one value takes beside its own bytes: map slots, string and object headers; rounded up. */
const entryBytes = 128
/** A snapshot is one buffer, and is held beside the store while it is written. */
export const memoryBytesMax = 1_073_741_824
const done = { ok: true, value: undefined } as const

export class MemoryStore implements Store {
  readonly #options: MemoryStoreOptions
  readonly #createdAt: number
  #entries = new Map<string, Entry>()
  #bytes = 0
  #sequence = 0

  constructor(options: MemoryStoreOptions) {
    if (options.bytesMax > memoryBytesMax)
      throw new RangeError(`a memory store holds at most ${memoryBytesMax} bytes`)
    this.#options = options
    this.#createdAt = options.clock.monotonic()
  }

  async writePart(
    key: string,
    writer: string,
    value: string,
    ttlMs: number,
  ): Promise<Stored<undefined>> {
    checkKey(key)
    checkWriter(writer)
    checkValue(value)
    checkTtl(ttlMs)
    if (this.#isTooLarge(value)) return this.#failed('too_large')
    const entry = this.#live(key)
    if (typeof entry?.content === 'string') return this.#failed('other')
    const parts = new Map(entry?.content ?? []).set(writer, value)
    if (!this.#fits(bytesOf(key, parts) - (entry?.bytes ?? 0))) return this.#failed('full')
    this.#put(key, parts, ttlMs)
    return done
  }

  async read(keys: readonly string[]): Promise<Stored<ReadonlyMap<string, string>>> {
    for (const key of keys) checkKey(key)
    return { ok: true, value: mapOf(keys, (key) => this.#value(key)) }
  }

  async readParts(key: string): Promise<Stored<ReadonlyMap<string, string>>> {
    checkKey(key)
    return { ok: true, value: this.#parts(key) ?? new Map() }
  }

  async set(key: string, value: string, ttlMs: number): Promise<Stored<undefined>> {
    checkKey(key)
    checkValue(value)
    checkTtl(ttlMs)
    const error = this.#apply({ set: [{ key, value, ttlMs }] })
    return error === undefined ? done : this.#failed(error)
  }

  async transact<T>(
    watch: Watched,
    decide: (seen: Seen) => { result: T; writes?: Writes },
  ): Promise<Stored<T>> {
    checkWatched(watch)
    const keys = [...watch.values, ...watch.parts]
    const group = groupOf(keys[0] ?? '')
    for (let decisions = 0; decisions < decisionsMax; decisions++) {
      const before = keys.map((key) => this.#live(key))
      const { result, writes = {} } = decide({
        values: mapOf(watch.values, (key) => this.#value(key)),
        parts: mapOf(watch.parts, (key) => this.#parts(key)),
      })
      checkWrites(writes, group)
      // Every write makes a new entry, so another one tells that somebody wrote meanwhile.
      if (keys.some((key, i) => this.#entries.get(key) !== before[i])) continue
      const error = this.#apply(writes)
      return error === undefined ? { ok: true, value: result } : this.#failed(error)
    }
    return this.#failed('conflict')
  }

  isUp(): boolean {
    return true
  }

  upForMs(): number {
    return this.#options.clock.monotonic() - this.#createdAt
  }

  async close(): Promise<void> {}

  /** The whole state as bytes, for a file. */
  snapshot(): Uint8Array {
    this.#sequence++
    const { clock } = this.#options
    const now = clock.monotonic()
    const entries: SnapshotEntry[] = []
    for (const [key, { content, expiresAt }] of this.#entries)
      if (expiresAt > now) entries.push({ key, ttlMs: expiresAt - now, content })
    return encodeSnapshot({ sequence: this.#sequence, savedAtMs: clock.now(), entries })
  }

  /** Puts a snapshot in place of what is held. False: it is not whole or does not fit, and nothing changed. */
  restore(bytes: Uint8Array): boolean {
    const snapshot = decodeSnapshot(bytes)
    if (snapshot === undefined) return false
    const { clock, bytesMax } = this.#options
    const passedMs = Math.max(0, clock.now() - snapshot.savedAtMs)
    const now = clock.monotonic()
    const entries = new Map<string, Entry>()
    let total = 0
    for (const { key, ttlMs, content } of snapshot.entries) {
      if (ttlMs <= passedMs) continue
      const values = typeof content === 'string' ? [content] : [...content.values()]
      const entry = { content, expiresAt: now + ttlMs - passedMs, bytes: bytesOf(key, content) }
      total += entry.bytes
      if (total > bytesMax || values.some((value) => this.#isTooLarge(value))) return false
      entries.set(key, entry)
    }
    this.#entries = entries
    this.#bytes = total
    this.#sequence = snapshot.sequence
    return true
  }

  #apply({ set = [], drop = [] }: Writes): StoreError | undefined {
    if (set.some(({ value }) => this.#isTooLarge(value))) return 'too_large'
    const replaced = [...set.map(({ key }) => key), ...drop].map((key) => this.#live(key))
    const freed = replaced.reduce((sum, entry) => sum + (entry?.bytes ?? 0), 0)
    const taken = set.reduce((sum, { key, value }) => sum + bytesOf(key, value), 0)
    if (!this.#fits(taken - freed)) return 'full'
    for (const key of drop) this.#remove(key)
    for (const { key, value, ttlMs } of set) this.#put(key, value, ttlMs)
    return undefined
  }

  #value(key: string): string | undefined {
    const content = this.#live(key)?.content
    return typeof content === 'string' ? content : undefined
  }

  /** Contents are replaced, never changed, so a reader keeps what it got. */
  #parts(key: string): ReadonlyMap<string, string> | undefined {
    const content = this.#live(key)?.content
    return typeof content === 'string' ? undefined : content
  }

  #live(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || entry.expiresAt > this.#options.clock.monotonic()) return entry
    this.#remove(key)
    return undefined
  }

  #put(key: string, content: Content, ttlMs: number): void {
    this.#remove(key)
    const expiresAt = this.#options.clock.monotonic() + ttlMs
    const entry = { content, expiresAt, bytes: bytesOf(key, content) }
    this.#entries.set(key, entry)
    this.#bytes += entry.bytes
  }

  #remove(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0
    this.#entries.delete(key)
  }

  /** Makes room by what has expired, and by nothing else. */
  #fits(more: number): boolean {
    const { bytesMax } = this.#options
    if (this.#bytes + more > bytesMax) for (const key of this.#entries.keys()) this.#live(key)
    return this.#bytes + more <= bytesMax
  }

  #isTooLarge(value: string): boolean {
    return Buffer.byteLength(value) > this.#options.valueBytesMax
  }

  #failed(error: StoreError): { ok: false; error: StoreError } {
    this.#options.onError?.(error)
    return { ok: false, error }
  }
}

function bytesOf(key: string, content: Content): number {
  const own = entryBytes + key.length
  if (typeof content === 'string') return own + Buffer.byteLength(content)
  let sum = own
  for (const [writer, value] of content)
    sum += entryBytes + writer.length + Buffer.byteLength(value)
  return sum
}

function mapOf<T>(
  keys: readonly string[],
  of: (key: string) => T | undefined,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>()
  for (const key of keys) {
    const value = of(key)
    if (value !== undefined) found.set(key, value)
  }
  return found
}
