/**
 * Refuses an upstream that is this process: one client request to a proxy that points at itself
 * becomes as many as there are sockets. The literal comparison needs no network and runs with the
 * other rules; the one by address runs once at start, after names are resolved.
 */
import { networkInterfaces } from 'node:os'
import type { Fault } from '../error.ts'
import { isLoopback, isWildcard, plainHost, portOf } from './address.ts'
import type { Config, HostPort } from './schema.ts'

export type Reachable = Pick<Config, 'routes' | 'listen' | 'admin'>

/** All addresses of a name; throws as node:dns does. */
export type Lookup = (host: string) => Promise<readonly string[]>

const reason = (key: string): string =>
  `is the ${key} address of this process: every request would go round in a circle`

/** Whether a connection to one of `addresses` would arrive at a socket bound to `listener`. */
function meets(
  addresses: readonly string[],
  listener: HostPort,
  own: ReadonlySet<string>,
): boolean {
  const bound = plainHost(listener.host)
  return addresses.some((address) => {
    if (address === bound) return true
    const local = isLoopback(address) || isWildcard(address) || own.has(address)
    if (isWildcard(bound)) return local
    // Connecting to 0.0.0.0 or :: goes to the loopback address.
    if (isLoopback(bound))
      return (
        isWildcard(address) ||
        address === 'localhost' ||
        (bound === 'localhost' && isLoopback(address))
      )
    return false
  })
}

function faultsOf(
  config: Reachable,
  addressesOf: (route: number) => readonly string[],
  own: ReadonlySet<string>,
  keyOf: (route: number) => string,
): Fault[] {
  return config.routes.flatMap((route, i) => {
    const port = portOf(new URL(route.upstream))
    for (const key of ['listen', 'admin'] as const) {
      // Port 0 is not known before it is bound.
      if (config[key].port !== port || port === 0) continue
      if (meets(addressesOf(i), config[key], own)) return [{ key: keyOf(i), reason: reason(key) }]
    }
    return []
  })
}

const hostOf = (config: Reachable, i: number): string =>
  plainHost(new URL(config.routes[i]?.upstream ?? '').hostname)

export const isOwnListener = (config: Reachable, keyOf: (route: number) => string): Fault[] =>
  faultsOf(config, (i) => [hostOf(config, i)], new Set(), keyOf)

export const ownAddresses = (): Set<string> =>
  new Set(
    Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? []).map((entry) => plainHost(entry.address)),
    ),
  )

/**
 * A name that cannot be resolved now is no fault here: the upstream may come up later.
 * Call it with the real ports when `listen` or `admin` has port 0.
 */
export async function resolvesToOwnListener(
  config: Reachable,
  lookup: Lookup,
  own: ReadonlySet<string> = ownAddresses(),
): Promise<Fault[]> {
  const resolved = await Promise.all(
    config.routes.map(async (_, i) => {
      const host = hostOf(config, i)
      try {
        return [host, ...(await lookup(host)).map(plainHost)]
      } catch {
        return [host]
      }
    }),
  )
  const listeners = await withAddresses(config, lookup)
  const faults = listeners.flatMap((listener) =>
    faultsOf(
      { ...config, ...listener },
      (i) => resolved[i] ?? [],
      own,
      (i) => `routes[${i}].upstream`,
    ),
  )
  return faults.filter((fault, i) => faults.findIndex((other) => other.key === fault.key) === i)
}

/** A listener named by a host name is compared by each of its addresses. */
async function withAddresses(
  config: Reachable,
  lookup: Lookup,
): Promise<Pick<Config, 'listen' | 'admin'>[]> {
  const of = async (listener: HostPort): Promise<HostPort[]> => {
    try {
      const addresses = await lookup(plainHost(listener.host))
      return [listener, ...addresses.map((address) => ({ ...listener, host: plainHost(address) }))]
    } catch {
      return [listener]
    }
  }
  const [listen, admin] = await Promise.all([of(config.listen), of(config.admin)])
  const longer = Math.max(listen.length, admin.length)
  return Array.from({ length: longer }, (_, i) => ({
    listen: listen[i] ?? config.listen,
    admin: admin[i] ?? config.admin,
  }))
}
