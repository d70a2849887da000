/**
 * One client of Redis with a bound on everything: calls fail at once while it is not connected, each
 * settles within its deadline, only so many calls and bytes wait at a time, and after a late answer
 * the connection is given up and made again, so that nothing gathers behind a server that is frozen
 * or slow. A client that has given up for good is replaced.
 */
import { Cluster, Redis } from 'ioredis'
import type { Clock } from '../clock.ts'
import { messageOf } from '../error.ts'
import { failureOf, type RedisFailure } from './redis-error.ts'
import { boundedOptions, type ClientSettings, clusterOptions, retryMs } from './redis-options.ts'
import { refuseUnasked } from './redis-reply-guard.ts'

export type RedisClient = Redis | Cluster

/** Too much waits already. */
export const busy: RedisFailure = { error: 'timeout', cause: 'busy' }

export type Answer<T> = { ok: true; value: T } | { ok: false; failure: RedisFailure }

export interface LinkOptions extends ClientSettings {
  /** False where a command must not go on to another node without those before it (WATCH). */
  followRedirections: boolean
  clock: Clock
  /** Key that is read to learn whether the server answers. */
  probeKey: string
  /** Whether `isUp` may have changed. */
  onChange: () => void
}

const callsMax = 1000
const waitingBytesMax = 67_108_864
/** How much later than the client's own deadline a call is settled whatever the client does. */
const deadlineSlackMs = 25
const probeEveryMs = 1000
const closeMs = 200
/** A server that became a replica keeps its connections: they are made again, to where its name points now. */
const readOnlyReconnectMs = 5000

const notConnected: RedisFailure = { error: 'down', cause: 'closed' }
const late: RedisFailure = { error: 'timeout', cause: 'timeout' }
/** Replies after which every command would be refused alike. */
const refusals: ReadonlySet<string> = new Set(['LOADING', 'MASTERDOWN', 'CLUSTERDOWN', 'NOAUTH'])
/** In a cluster: the slot lies on another node than the one that was asked. */
const elsewhere: ReadonlySet<string> = new Set(['redirected', 'MOVED', 'ASK'])

export class RedisLink {
  readonly #options: LinkOptions
  #client: RedisClient
  #calls = 0
  #bytes = 0
  #up = false
  #closed = false
  /** Why the last attempt to connect failed; what a call says while there is no connection. */
  #whyDown = notConnected
  #timer: NodeJS.Timeout | undefined
  /** The client whose connection was given up and is not closed yet. */
  #dropped: RedisClient | undefined
  #readOnlyAt = Number.NEGATIVE_INFINITY
  #slotsSeen = 0

  constructor(options: LinkOptions) {
    this.#options = options
    this.#client = this.#connect()
  }

  isUp(): boolean {
    return this.#up
  }

  /** How often a cluster has said where its slots are: from then on a key may go to another node. */
  slotsSeen(): number {
    return this.#slotsSeen
  }

  /** `bytes`: what the call sends and holds while it waits. */
  async run<T>(
    work: (client: RedisClient) => Promise<T>,
    bytes: number,
    deadlineMs = this.#options.settings.commandTimeoutMs,
  ): Promise<Answer<T>> {
    const client = this.#client
    if (client.status !== 'ready' || client === this.#dropped)
      return { ok: false, failure: this.#whyDown }
    if (this.#calls >= callsMax || this.#bytes + bytes > waitingBytesMax)
      return { ok: false, failure: busy }
    if (deadlineMs <= 0) return { ok: false, failure: late }
    this.#calls++
    this.#bytes += bytes
    try {
      return { ok: true, value: await within(work(client), deadlineMs + deadlineSlackMs) }
    } catch (error) {
      const failure = error === lateError ? late : asOf(client, failureOf(error))
      this.#learn(client, failure)
      return { ok: false, failure }
    } finally {
      this.#calls--
      this.#bytes -= bytes
    }
  }

  /** Gives the connection up and makes it again; what the server held for it (WATCH) is gone. */
  drop(client: RedisClient = this.#client): void {
    // In any other state one of the two is under way, and a cluster without nodes would stay so.
    if (client.status !== 'ready' || client === this.#dropped) return
    if (client instanceof Cluster && client.nodes().length === 0) return
    this.#dropped = client
    this.#setUp(false)
    client.disconnect(true)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#whyDown = notConnected
    this.#setUp(false)
    const client = this.#client
    if (client.status === 'end') return
    const ended = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, closeMs)
      client.once('end', () => {
        clearTimeout(timer)
        resolve()
      })
    })
    client.disconnect()
    await ended
  }

  #connect(): RedisClient {
    const client = this.#create()
    client.on('error', (error: unknown) => this.#noteWhy(error))
    client.on('ready', () => {
      this.#whyDown = notConnected
      void this.#probe(client)
    })
    client.on('close', () => {
      this.#dropped = undefined
      this.#setUp(false)
    })
    client.once('end', () => {
      this.#setUp(false)
      if (this.#closed) return
      this.#later(retryMs(Number.MAX_SAFE_INTEGER), () => {
        this.#client = this.#connect()
      })
    })
    return client
  }

  #create(): RedisClient {
    const { settings, address, followRedirections } = this.#options
    const isAsked = (): boolean => this.#calls > 0
    if (!settings.cluster) {
      const redis = new Redis({ ...boundedOptions(this.#options), ...address.nodes[0] })
      refuseUnasked(redis, isAsked)
      return redis
    }
    const cluster = new Cluster(
      [...address.nodes],
      clusterOptions(this.#options, followRedirections),
    )
    cluster.on('+node', (node: Redis) => refuseUnasked(node, isAsked))
    cluster.on('refresh', () => {
      this.#slotsSeen++
    })
    cluster.on('node error', (error: unknown) => this.#noteWhy(error))
    return cluster
  }

  /** Up is who answers: a server that loads or refuses us is connected all the same. */
  async #probe(client: RedisClient): Promise<void> {
    if (this.#closed || client !== this.#client) return
    if (client instanceof Cluster) await connectMasters(client)
    const { probeKey } = this.#options
    const answer = await this.run((redis) => redis.getrange(probeKey, 0, 0), 0)
    if (this.#closed || client !== this.#client || client.status !== 'ready') return
    if (answer.ok) this.#setUp(true)
    else this.#probeLater(client)
  }

  #probeLater(client: RedisClient): void {
    this.#later(probeEveryMs, () => void this.#probe(client))
  }

  #later(ms: number, work: () => void): void {
    if (this.#closed) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(work, ms)
    this.#timer.unref()
  }

  #noteWhy(error: unknown): void {
    const { error: kind, cause } = failureOf(error)
    if (!this.#closed) this.#whyDown = { error: kind === 'no_auth' ? kind : 'down', cause }
  }

  #learn(client: RedisClient, failure: RedisFailure): void {
    const { clock } = this.#options
    if (failure.error === 'timeout') this.drop(client)
    if (client instanceof Cluster) {
      if (elsewhere.has(failure.cause) || failure.cause === 'READONLY') client.refreshSlotsCache()
    } else if (failure.cause === 'READONLY') {
      if (clock.monotonic() - this.#readOnlyAt < readOnlyReconnectMs) return
      this.#readOnlyAt = clock.monotonic()
      this.drop(client)
    }
    if (!refusals.has(failure.cause) || !this.#up) return
    this.#setUp(false)
    this.#probeLater(client)
  }

  #setUp(up: boolean): void {
    if (this.#up === up) return
    this.#up = up
    this.#options.onChange()
  }
}

/** A slot that moved is found again soon; a single server that says so is a cluster by mistake. */
const asOf = (client: RedisClient, { error, cause }: RedisFailure): RedisFailure =>
  client instanceof Cluster && elsewhere.has(cause) ? { error: 'down', cause } : { error, cause }

/** Nodes connect at their first command, and refuse all others until then. */
async function connectMasters(cluster: Cluster): Promise<void> {
  const waiting = cluster.nodes('master').filter(({ status }) => status === 'wait')
  await Promise.all(waiting.map((node) => node.connect().catch(messageOf)))
}

const lateError = new Error('late')

function within<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(lateError), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
