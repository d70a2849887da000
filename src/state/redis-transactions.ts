/**
 * Transactions on a connection of their own, one behind the other, since WATCH belongs to a
 * connection: look at the sizes of parts, watch and read in one round trip, decide, write between
 * MULTI and EXEC. Whatever way it ends the keys are no longer watched: by EXEC, by UNWATCH, or because
 * the connection is given up.
 */
import type { Clock } from '../clock.ts'
import { checkWrites, groupOf } from './key.ts'
import { type RedisEntries, resultsOf, type SealedValue, unlessWrongType } from './redis-entries.ts'
import { OddReply, type RedisFailure } from './redis-error.ts'
import { type Answer, busy, type RedisLink } from './redis-link.ts'
import { type PartSizes, partSizes, scanParts } from './redis-parts.ts'
import { decisionsMax, type Seen, type Watched, type Writes } from './store.ts'

export interface RedisTransactionsOptions {
  link: RedisLink
  entries: RedisEntries
  clock: Clock
  /** For all round trips of one transaction together. */
  timeoutMs: number
}

const transactionsMax = 512
/** How many timeouts a transaction may wait for those before it. */
const waitTimeouts = 4

/** What releasing the watch has at least, after the time of the transaction itself. */
const releaseMs = 50
const conflict: RedisFailure = { error: 'conflict', cause: 'conflict' }
export const tooLarge: RedisFailure = { error: 'too_large', cause: 'too_large' }

type Decide<T> = (seen: Seen) => { result: T; writes?: Writes }

export class RedisTransactions {
  readonly #options: RedisTransactionsOptions
  #waiting = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: RedisTransactionsOptions) {
    this.#options = options
  }

  /** Of keys that were checked. Rejects with what `decide` throws, and with nothing else. */
  async run<T>(watch: Watched, decide: Decide<T>): Promise<Answer<T>> {
    if (this.#waiting >= transactionsMax) return { ok: false, failure: busy }
    this.#waiting++
    const { clock, timeoutMs } = this.#options
    const latest = clock.monotonic() + waitTimeouts * timeoutMs
    const turn = this.#last.then(async (): Promise<Answer<T>> => {
      if (clock.monotonic() > latest) return { ok: false, failure: busy }
      return await this.#transact(watch, decide)
    })
    // The one behind does not care how this one ended.
    const ended = (): number => this.#waiting--
    this.#last = turn.then(ended, ended)
    return await turn
  }

  async #transact<T>(watch: Watched, decide: Decide<T>): Promise<Answer<T>> {
    const { clock, entries, link, timeoutMs } = this.#options
    let deadline = clock.monotonic() + timeoutMs
    const leftMs = (): number => deadline - clock.monotonic()
    const first = [...watch.values, ...watch.parts][0] ?? ''
    let watching = false
    try {
      for (let decisions = 0; decisions < decisionsMax; decisions++) {
        const sizes = await partSizes(link, entries, watch.parts, leftMs())
        if (!sizes.ok) return sizes
        deadline += sizes.value.furtherMs
        watching = true
        const slots = link.slotsSeen()
        const seen = await this.#watch(watch, sizes.value, leftMs())
        if (!seen.ok) return seen
        // Another node, which keeps no watch, may have given a part of it.
        if (link.slotsSeen() !== slots) continue
        // Until EXEC is sent nothing waits but microtasks, so it goes to the connection that watches.
        const { result, writes = {} } = decide(seen.value)
        checkWrites(writes, groupOf(first))
        const sets = entries.sealAll(writes)
        if (sets === undefined) return { ok: false, failure: tooLarge }
        const drops = entries.names(writes.drop ?? [])
        if (sets.length + drops.length === 0) return { ok: true, value: result }
        const written = await this.#execute(sets, drops, leftMs())
        if (!written.ok) return written
        watching = false
        if (written.value) return { ok: true, value: result }
      }
      return { ok: false, failure: conflict }
    } finally {
      if (watching) await this.#release(entries.name(first), Math.max(leftMs(), releaseMs))
    }
  }

  async #watch(
    { values, parts }: Watched,
    { over, large }: PartSizes,
    leftMs: number,
  ): Promise<Answer<Seen>> {
    const { link, entries } = this.#options
    const small = parts.filter((key) => !over.has(key) && !large.has(key))
    const scanned = new Map<string, ReadonlyMap<string, string>>()
    const answer = await link.run(
      async (client) => {
        const pipeline = client.pipeline().watch(...entries.names([...values, ...parts]))
        for (const name of entries.names(values)) pipeline.getrange(name, 0, entries.lastByte)
        for (const name of entries.names(small)) pipeline.hgetall(name)
        const count = 1 + values.length + small.length
        const replies = resultsOf(await pipeline.exec(), count, unlessWrongType).slice(1)
        // Nothing waits but microtasks between a reply and the next command: see below.
        for (const key of large) scanned.set(key, await scanParts(client, entries, key))
        return replies
      },
      0,
      leftMs,
    )
    if (!answer.ok) return answer
    const stored = answer.value
    const seenParts = new Map<string, ReadonlyMap<string, string>>()
    for (const [i, key] of small.entries()) {
      scanned.set(key, entries.openParts(key, stored[values.length + i]))
    }
    for (const [key, opened] of scanned) if (opened.size > 0) seenParts.set(key, opened)
    return { ok: true, value: { values: entries.openValues(values, stored), parts: seenParts } }
  }

  /** False: somebody wrote a watched key, and nothing was written here. */
  async #execute(
    sets: readonly SealedValue[],
    drops: readonly string[],
    leftMs: number,
  ): Promise<Answer<boolean>> {
    return await this.#options.link.run(
      async (client) => {
        const multi = client.multi()
        for (const { name, sealed, ttlMs } of sets) multi.set(name, sealed, 'PX', ttlMs)
        if (drops.length > 0) multi.del(...drops)
        const results = await multi.exec()
        if (results === null) return false
        const replies = resultsOf(results, sets.length + Math.min(drops.length, 1))
        if (sets.some((_, i) => replies[i] !== 'OK')) throw new OddReply()
        return true
      },
      sets.reduce((sum, { sealed }) => sum + sealed.length, 0),
      leftMs,
    )
  }

  /** UNWATCH names no key: behind a read of a watched one a cluster sends it to the same node. */
  async #release(name: string, leftMs: number): Promise<void> {
    const { link } = this.#options
    const released = await link.run(
      async (client) =>
        resultsOf(
          await client.pipeline().getrange(name, 0, 0).unwatch().exec(),
          2,
          unlessWrongType,
        ),
      0,
      leftMs,
    )
    if (!released.ok) link.drop()
  }
}
