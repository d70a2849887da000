/**
 * The bounds without which a client of Redis waits for ever: no queue while disconnected, no retries,
 * a deadline on every command and on every silence of the socket. Nothing is asked of the server at
 * connect but HELLO, so that its user needs no rights beside those of docs/state.md.
 */
import type { ClusterOptions, RedisOptions } from 'ioredis'
import type { RedisAddress } from './redis-address.ts'

export interface RedisSettings {
  /** `redis://` or `rediss://`, host and port; of a cluster several, parted by commas. */
  url: string
  /** Each goes before the one in the URL. */
  username?: string
  password?: string
  /** PEM of every trusted authority; absent: those that Node ships. */
  ca?: string
  /** In front of every key: [a-z0-9_-]{1,64}. */
  prefix: string
  commandTimeoutMs: number
  connectTimeoutMs: number
  cluster: boolean
  /** Default 4 MiB. */
  valueBytesMax?: number
}

export interface ClientSettings {
  settings: RedisSettings
  address: RedisAddress
}

const firstRetryMs = 50
/** How long after its return a server may still be unknown to be back, but for a tenth. */
const lastRetryMs = 1000
/** A peer that does not answer our end of the connection is given up. */
const disconnectTimeoutMs = 100
const redirectionsMax = 3
const slotsRefreshMs = 10_000
const tryAgainMs = 50

/** Grows with the attempts; spread, so that the replicas of a fleet do not come back in one moment. */
export const retryMs = (attempts: number): number =>
  Math.min(firstRetryMs * 2 ** Math.min(attempts - 1, 10), lastRetryMs) * (1 + Math.random() / 10)

export function boundedOptions({ settings, address }: ClientSettings) {
  const username = settings.username ?? address.username
  const password = settings.password ?? address.password
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(address.tls ? { tls: tlsOptions(settings, address) } : {}),
    db: address.db,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    commandTimeout: settings.commandTimeoutMs,
    socketTimeout: settings.commandTimeoutMs,
    connectTimeout: settings.connectTimeoutMs,
    disconnectTimeout: disconnectTimeoutMs,
    retryStrategy: retryMs,
    // HELLO is an answer of the server, which a frozen one does not give; RESP2 would have none.
    protocol: 3,
    // INFO and CLIENT would be two more rights; a server that loads says so to every command.
    enableReadyCheck: false,
    disableClientInfo: true,
  } satisfies RedisOptions
}

export function clusterOptions(client: ClientSettings, followRedirections: boolean) {
  return {
    redisOptions: boundedOptions(client),
    clusterRetryStrategy: retryMs,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    maxRedirections: followRedirections ? redirectionsMax : 0,
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    retryDelayOnTryAgain: tryAgainMs,
    slotsRefreshTimeout: client.settings.connectTimeoutMs,
    slotsRefreshInterval: slotsRefreshMs,
    // Names stay names: certificates are issued to them.
    dnsLookup: (host, callback) => callback(null, host),
  } satisfies ClusterOptions
}

function tlsOptions({ ca, cluster }: RedisSettings, { nodes }: RedisAddress) {
  const host = nodes[0]?.host ?? ''
  const isNumeric = /^[\d.]+$|:/.test(host)
  return {
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
    // Each node of a cluster answers under its own name.
    ...(cluster || isNumeric ? {} : { servername: host }),
  }
}
