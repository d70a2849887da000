/**
 * What lies in Redis, as names and sealed text on one side and keys and values on the other. Others
 * may write there too: every reply is looked at before it is believed, and what is not ours is absent
 * and reported.
 */
import { type BadEntryKind, createEnvelope, type Envelope, type Place } from './envelope.ts'
import { groupOf, isWriter } from './key.ts'
import { failureOf, OddReply } from './redis-error.ts'
import type { Writes } from './store.ts'

export interface RedisEntriesOptions {
  prefix: string
  secret: string | Uint8Array
  valueBytesMax: number
  onBadEntry: (kind: BadEntryKind) => void
}

export interface SealedValue {
  name: string
  sealed: string
  ttlMs: number
}

/** Of a parts key, over the cap of one value: beyond it the key is not read at all. */
const partsFactor = 16
/** A set of parts above it is read in pieces. */
const largeBytes = 1_048_576

/** In place of what a key of another type would give. */
const wrongType = Symbol('wrong type')

export class RedisEntries {
  /** How much of a value is asked for; one byte more than a good one has. */
  readonly lastByte: number
  readonly #options: RedisEntriesOptions
  readonly #envelope: Envelope

  constructor(options: RedisEntriesOptions) {
    this.#options = options
    this.#envelope = createEnvelope(options)
    this.lastByte = this.#envelope.storedBytesMax
  }

  /** With the group as the hash tag of a cluster. */
  name(key: string): string {
    const group = groupOf(key)
    return `${this.#options.prefix}:{${group}}${key.slice(group.length)}`
  }

  names(keys: readonly string[]): string[] {
    return keys.map((key) => this.name(key))
  }

  /** Undefined: over the cap. */
  seal(key: string, value: string, writer?: string): string | undefined {
    return this.#envelope.seal(placeOf(this.name(key), writer), value)
  }

  /** Undefined: one of them is over the cap. */
  sealAll({ set = [] }: Writes): SealedValue[] | undefined {
    const all: SealedValue[] = []
    for (const { key, value, ttlMs } of set) {
      const sealed = this.seal(key, value)
      if (sealed === undefined) return undefined
      all.push({ name: this.name(key), sealed, ttlMs })
    }
    return all
  }

  /** `stored`: a reply for each key, in their order. */
  openValues(keys: readonly string[], stored: readonly unknown[]): Map<string, string> {
    const values = new Map<string, string>()
    for (const [i, key] of keys.entries()) {
      // A key that is absent reads as an empty range; a sealed value never is one.
      if (stored[i] === '') continue
      const value = this.#open({ key: this.name(key) }, stored[i])
      if (value !== undefined) values.set(key, value)
    }
    return values
  }

  openParts(key: string, stored: unknown): Map<string, string> {
    const parts = new Map<string, string>()
    if (typeof stored !== 'object' || stored === null) {
      this.bad('envelope')
      return parts
    }
    for (const [writer, entry] of Object.entries(stored)) {
      const value = isWriter(writer)
        ? this.#open({ key: this.name(key), writer }, entry)
        : this.bad('envelope')
      if (value !== undefined) parts.set(writer, value)
    }
    return parts
  }

  /**
   * Of the keys of parts: those that are read in pieces, and those that are too large to be read;
   * `sizes`: a reply for each.
   */
  partsBySize(
    keys: readonly string[],
    sizes: readonly unknown[],
  ): { large: ReadonlyMap<string, number>; over: ReadonlySet<string> } {
    const { valueBytesMax } = this.#options
    const large = new Map<string, number>()
    const over = new Set<string>()
    for (const [i, key] of keys.entries()) {
      const size = sizes[i] ?? 0
      if (typeof size !== 'number' || size > valueBytesMax * partsFactor) {
        over.add(key)
        this.bad('size')
      } else if (size > largeBytes) large.set(key, size)
    }
    return { large, over }
  }

  bad(kind: BadEntryKind): undefined {
    this.#options.onBadEntry(kind)
  }

  #open(place: Place, stored: unknown): string | undefined {
    if (typeof stored !== 'string') return this.bad('envelope')
    const opened = this.#envelope.open(place, stored)
    return opened.ok ? opened.payload : this.bad(opened.kind)
  }
}

const placeOf = (key: string, writer: string | undefined): Place =>
  writer === undefined ? { key } : { key, writer }

/** The replies to `count` commands; the first error is thrown, but for those that `unless` turns into a value. */
export function resultsOf(
  results: readonly (readonly [Error | null, unknown])[] | null,
  count: number,
  unless: (error: unknown) => unknown = rethrow,
): unknown[] {
  if (!Array.isArray(results) || results.length !== count) throw new OddReply()
  return results.map(([error, value]) => (error === null ? value : unless(error)))
}

function rethrow(error: unknown): never {
  throw error
}

export function unlessWrongType(error: unknown): typeof wrongType {
  if (failureOf(error).cause === 'WRONGTYPE') return wrongType
  throw error
}
