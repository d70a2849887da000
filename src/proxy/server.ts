/**
 * The proxy: counts exchanges in and out, refuses what is over the cap, and lets every open exchange
 * end before it stops.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { createDataPort } from './data-port.ts'
import { type ForwardOptions, forward } from './forward.ts'
import { answerOwn, type OwnError, ownAnswerBytes } from './own-answer.ts'
import { inMatchOrder, type Route, type RouteMatch } from './routes.ts'
import type { OpenTap, Tap } from './tap.ts'
import { tunnel } from './tunnel.ts'
import { createUpstreams, type Upstream } from './upstreams.ts'

export interface ProxyOptions {
  routes: readonly Route[]
  /** Exchanges open at the same time; one more is answered 503 at once, never queued. */
  connectionsMax: number
  /** Connections of clients open at the same time; one more is closed at once. */
  clientConnectionsMax: number
  connectTimeoutMs: number
  headersTimeoutMs: number
  upstreamIdleMs: number
  keepAliveTimeoutMs: number
  headerBytesMax: number
  /** PEM of the authorities trusted for upstreams; undefined: the usual ones. */
  ca: readonly string[] | undefined
  openTap: OpenTap
  onConnectionRefused(): void
  onClientRefused(): void
}

/** What may change while it runs, for requests that come later. */
export interface ProxyUpdate {
  routes: readonly Route[]
  connectionsMax: number
  connectTimeoutMs: number
  headersTimeoutMs: number
}

export interface Proxy {
  listen(host: string, port: number): Promise<{ host: string; port: number }>
  /** Exchanges and tunnels open now. */
  open(): number
  /** Connections of clients open now, idle ones included. */
  clients(): number
  /** Requests under way end with the route and the times they began with. */
  update(next: ProxyUpdate): void
  /** From now on every response asks its client to close the connection. */
  startDraining(): void
  /**
   * Stops listening and waits until every exchange has ended, at the latest until the deadline.
   *
   * @returns how many exchanges were cut at the deadline
   */
  close(deadlineMs: number): Promise<number>
}

const idleSweepMs = 50
const lastExchangesMs = 1000

export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  let draining = false
  const tunnels = new Set<Duplex>()
  const upstreams = createUpstreams(options)
  // By the route that a request was matched with: it may be one of before.
  const upstreamOf = new WeakMap<Route, Upstream>()
  const inForce = (next: ProxyUpdate): InForce => {
    const { connectTimeoutMs, headersTimeoutMs } = next
    const routes = inMatchOrder(next.routes)
    for (const route of routes) upstreamOf.set(route, upstreams.to(route.upstream))
    return {
      routes,
      connectionsMax: next.connectionsMax,
      forwarding: { connectTimeoutMs, headersTimeoutMs, isDraining: () => draining },
    }
  }
  let now = inForce(options)
  const exchanges = createExchanges(options, upstreamOf, () => now.connectionsMax)
  const app = await createDataPort({
    ...options,
    routes: now.routes,
    routesNow: () => now.routes,
    onRequest(req, res, routed) {
      const entered = exchanges.enter(req, routed, false)
      if (typeof entered !== 'string') {
        return forward(
          req,
          res,
          entered.upstream,
          entered.match.target,
          entered.tap,
          now.forwarding,
        )
      }
      req.resume()
      // Where a malformed request ends is anyone's guess.
      answerOwn(res, entered, draining || entered === 'bad_request')
    },
    onUpgrade(req, socket, head, routed) {
      const entered = exchanges.enter(req, routed, true)
      if (typeof entered === 'string') {
        socket.on('error', () => socket.destroy())
        socket.end(ownAnswerBytes(entered))
        return
      }
      tunnels.add(socket)
      socket.on('close', () => tunnels.delete(socket))
      tunnel(req, socket, head, entered.upstream, entered.match.target, entered.tap, now.forwarding)
    },
  })
  const { server } = app
  const clients = countClients(server, options)

  return {
    async listen(host, port) {
      await app.listen({ host, port })
      const address = server.address() as AddressInfo
      return { host: address.address, port: address.port }
    },
    open: () => exchanges.open(),
    clients,
    update(next) {
      now = inForce(next)
    },
    startDraining() {
      draining = true
    },
    async close(deadlineMs) {
      draining = true
      let cut = 0
      // fastify's close waits for connections that are open but idle; these end as they fall idle.
      const sweep = setInterval(() => server.closeIdleConnections(), idleSweepMs)
      const deadline = setTimeout(() => {
        cut = exchanges.open()
        server.closeAllConnections()
        for (const socket of tunnels) socket.destroy()
      }, deadlineMs)
      const given = pause(deadlineMs + lastExchangesMs, undefined, { ref: false })
      await app.close()
      // Each ended with its connection; the end of the process waits for none that did not say so.
      await Promise.race([exchanges.ended(), given])
      clearInterval(sweep)
      clearTimeout(deadline)
      upstreams.destroy()
      return cut
    },
  }
}

function countClients(server: Server, options: ProxyOptions): () => number {
  // A connection whose upgrade was declined is announced a second time.
  const open = new Set<Duplex>()
  server.maxConnections = options.clientConnectionsMax
  server.on('drop', () => options.onClientRefused())
  server.on('connection', (socket: Duplex) => {
    if (open.has(socket)) return
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return () => open.size
}

interface InForce {
  routes: readonly Route[]
  connectionsMax: number
  forwarding: ForwardOptions
}

interface Entered {
  match: RouteMatch
  upstream: Upstream
  tap: Tap
}

interface Exchanges {
  /** Counts the exchange in; its tap counts it out. */
  enter(req: IncomingMessage, routed: RouteMatch | OwnError, upgrade: boolean): Entered | OwnError
  open(): number
  /** Resolves when none is open. */
  ended(): Promise<void>
}

function createExchanges(
  options: ProxyOptions,
  upstreamOf: WeakMap<Route, Upstream>,
  connectionsMax: () => number,
): Exchanges {
  let open = 0
  let idle: (() => void) | undefined
  return {
    enter(req, routed, upgrade) {
      if (typeof routed === 'string') return routed
      const upstream = upstreamOf.get(routed.route)
      if (upstream === undefined) return 'no_route'
      const tap = options.openTap(req, routed.path, routed.route.name, upgrade)
      if (open >= connectionsMax()) {
        options.onConnectionRefused()
        tap.end('refused')
        return 'connection_cap'
      }
      open++
      const end = tap.end.bind(tap)
      tap.end = (outcome) => {
        end(outcome)
        if (--open === 0) idle?.()
      }
      return { match: routed, upstream, tap }
    },
    open: () => open,
    ended: () =>
      new Promise((resolve) => {
        if (open === 0) resolve()
        else idle = resolve
      }),
  }
}
