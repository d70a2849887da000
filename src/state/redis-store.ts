/**
 * The state that replicas share, in Redis or Valkey. Every key has an expiry, every value is sealed
 * (envelope.ts) and read with a cap on what the server may send. Plain commands share one connection,
 * transactions have another. A part is written absolutely and a transaction decides again after a
 * conflict: nothing counts up, nothing runs on the server. docs/state.md has the commands as an ACL.
 */
import type { Clock } from '../clock.ts'
import type { BadEntryKind } from './envelope.ts'
import { checkKey, checkTtl, checkValue, checkWatched, checkWriter } from './key.ts'
import type { RedisAddress } from './redis-address.ts'
import { RedisEntries, resultsOf, unlessWrongType } from './redis-entries.ts'
import { OddReply, type RedisFailure } from './redis-error.ts'
import { RedisLink } from './redis-link.ts'
import type { RedisSettings } from './redis-options.ts'
import { partSizes, scanParts } from './redis-parts.ts'
import { RedisTransactions, tooLarge } from './redis-transactions.ts'
import type { Seen, Store, Stored, StoreError, Watched, Writes } from './store.ts'

export interface RedisStoreOptions {
  settings: RedisSettings
  address: RedisAddress
  valueBytesMax: number
  clock: Clock
  secret: string | Uint8Array
  onBadEntry: (kind: BadEntryKind) => void
  /** Called once for each call that failed. `cause`: a short code, never a message. */
  onError: (error: StoreError, cause: string) => void
}

const done = { ok: true, value: undefined } as const

export class RedisStore implements Store {
  readonly #options: RedisStoreOptions
  readonly #entries: RedisEntries
  readonly #link: RedisLink
  readonly #transactionLink: RedisLink
  readonly #transactions: RedisTransactions
  #upSince: number | undefined

  constructor(options: RedisStoreOptions) {
    const { settings, address, clock } = options
    const entries = new RedisEntries({ ...options, prefix: settings.prefix })
    const link = (followRedirections: boolean): RedisLink =>
      new RedisLink({
        settings,
        address,
        clock,
        followRedirections,
        probeKey: entries.name('holdfast:probe'),
        onChange: () => this.#noteUp(),
      })
    this.#options = options
    this.#entries = entries
    this.#link = link(true)
    // Another node does not know what was watched.
    this.#transactionLink = link(false)
    this.#transactions = new RedisTransactions({
      link: this.#transactionLink,
      entries,
      clock,
      timeoutMs: settings.commandTimeoutMs,
    })
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
    const name = this.#entries.name(key)
    const sealed = this.#entries.seal(key, value, writer)
    if (sealed === undefined) return this.#failed(tooLarge)
    const answer = await this.#link.run(async (client) => {
      const written = client.multi().hset(name, writer, sealed).pexpire(name, ttlMs)
      const [fields, expires] = resultsOf(await written.exec(), 2)
      if (typeof fields !== 'number' || expires !== 1) throw new OddReply()
    }, sealed.length)
    // Somebody else's key of another type stays until it is dropped or expires.
    if (!answer.ok && answer.failure.cause === 'WRONGTYPE') this.#entries.bad('envelope')
    return answer.ok ? done : this.#failed(answer.failure)
  }

  async read(keys: readonly string[]): Promise<Stored<ReadonlyMap<string, string>>> {
    for (const key of keys) checkKey(key)
    const entries = this.#entries
    const answer = await this.#link.run(
      (client) =>
        Promise.all(
          entries
            .names(keys)
            .map((name) => client.getrange(name, 0, entries.lastByte).catch(unlessWrongType)),
        ),
      0,
    )
    if (!answer.ok) return this.#failed(answer.failure)
    return { ok: true, value: entries.openValues(keys, answer.value) }
  }

  async readParts(key: string): Promise<Stored<ReadonlyMap<string, string>>> {
    checkKey(key)
    const { clock, settings } = this.#options
    const deadline = clock.monotonic() + settings.commandTimeoutMs
    const sizes = await partSizes(this.#link, this.#entries, [key])
    if (!sizes.ok) return this.#failed(sizes.failure)
    const { large, over, furtherMs } = sizes.value
    if (over.has(key)) return { ok: true, value: new Map() }
    const leftMs = deadline + furtherMs - clock.monotonic()
    const entries = this.#entries
    const answer = await this.#link.run(
      async (client) =>
        large.has(key)
          ? await scanParts(client, entries, key)
          : entries.openParts(key, await client.hgetall(entries.name(key)).catch(unlessWrongType)),
      0,
      leftMs,
    )
    return answer.ok ? answer : this.#failed(answer.failure)
  }

  async set(key: string, value: string, ttlMs: number): Promise<Stored<undefined>> {
    checkKey(key)
    checkValue(value)
    checkTtl(ttlMs)
    const sealed = this.#entries.seal(key, value)
    if (sealed === undefined) return this.#failed(tooLarge)
    const name = this.#entries.name(key)
    const answer = await this.#link.run(async (client) => {
      const reply: unknown = await client.set(name, sealed, 'PX', ttlMs)
      if (reply !== 'OK') throw new OddReply()
    }, sealed.length)
    return answer.ok ? done : this.#failed(answer.failure)
  }

  async transact<T>(
    watch: Watched,
    decide: (seen: Seen) => { result: T; writes?: Writes },
  ): Promise<Stored<T>> {
    checkWatched(watch)
    const answer = await this.#transactions.run(watch, decide)
    return answer.ok ? answer : this.#failed(answer.failure)
  }

  isUp(): boolean {
    return this.#upSince !== undefined
  }

  upForMs(): number | undefined {
    if (this.#upSince === undefined) return undefined
    return this.#options.clock.monotonic() - this.#upSince
  }

  async close(): Promise<void> {
    await Promise.all([this.#link.close(), this.#transactionLink.close()])
  }

  #failed({ error, cause }: RedisFailure): { ok: false; error: StoreError } {
    this.#options.onError(error, cause)
    return { ok: false, error }
  }

  #noteUp(): void {
    const up = this.#link.isUp() && this.#transactionLink.isUp()
    if (!up) this.#upSince = undefined
    else this.#upSince ??= this.#options.clock.monotonic()
  }
}
