/**
 * The data port. fastify owns the server, @fastify/http-proxy the routes; its `handler` option hands
 * each request to forward.ts, because the plugin's own forwarding alters traffic in ways that its
 * options do not reach (docs/decisions/0001-forwarder.md). The port reserves no path: whatever is not
 * a configured route is the only thing answered here.
 */
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import httpProxy from '@fastify/http-proxy'
import Fastify, { type FastifyInstance } from 'fastify'
import { type ForwardOptions, forward } from './forward.ts'
import { answerOwn, type OwnError, ownAnswerBytes } from './own-answer.ts'
import { inMatchOrder, type Route, type RouteMatch, routeRequest } from './routes.ts'
import type { OpenTap } from './tap.ts'
import { headWithoutUpgrade, offersH2c, tunnel } from './tunnel.ts'
import { createUpstreamAgents } from './upstream-agent.ts'

export interface ProxyOptions {
  routes: readonly Route[]
  /** Exchanges open at the same time; one more is answered 503 at once, never queued. */
  connectionsMax: number
  connectTimeoutMs: number
  headersTimeoutMs: number
  upstreamIdleMs: number
  keepAliveTimeoutMs: number
  headerBytesMax: number
  /** PEM of the authorities trusted for upstreams; undefined: the usual ones. */
  ca: readonly string[] | undefined
  openTap: OpenTap
  onConnectionRefused(): void
}

export interface Proxy {
  listen(host: string, port: number): Promise<{ host: string; port: number }>
  /** Exchanges and tunnels open now. */
  open(): number
  /** From now on every response asks its client to close the connection. */
  startDraining(): void
  /**
   * Stops listening and waits until every exchange has ended, at the latest until the deadline.
   * @returns how many exchanges were cut at the deadline
   */
  close(deadlineMs: number): Promise<number>
}

const idleSweepMs = 50

export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const routes = inMatchOrder(options.routes)
  const matches = new WeakMap<IncomingMessage, RouteMatch | OwnError>()
  /** The response each client connection is busy with, so that no error answer is written into it. */
  const answering = new WeakMap<Duplex, ServerResponse>()
  const tunnels = new Set<Duplex>()
  let open = 0
  let draining = false

  const agents = createUpstreamAgents({
    idleMs: options.upstreamIdleMs,
    ca: options.ca,
    headerBytesMax: options.headerBytesMax,
  })
  const forwarding: ForwardOptions = {
    agents,
    connectTimeoutMs: options.connectTimeoutMs,
    headersTimeoutMs: options.headersTimeoutMs,
    isDraining: () => draining,
  }

  /** Counts the exchange in; its tap counts it out. Undefined: the cap is reached. */
  const enter = (req: IncomingMessage, match: RouteMatch, upgrade: boolean) => {
    if (open >= options.connectionsMax) {
      options.onConnectionRefused()
      options.openTap(req, match.path, match.route.name, upgrade).end('refused')
      return undefined
    }
    open++
    const tap = options.openTap(req, match.path, match.route.name, upgrade)
    const end = tap.end.bind(tap)
    tap.end = (outcome) => {
      open--
      end(outcome)
    }
    return tap
  }

  const handle = (req: IncomingMessage, res: ServerResponse): void => {
    const match = matches.get(req)
    answering.set(req.socket, res)
    if (match === undefined || typeof match === 'string') {
      req.resume()
      return answerOwn(res, match ?? 'no_route', draining)
    }
    const tap = enter(req, match, false)
    if (tap === undefined) {
      req.resume()
      return answerOwn(res, 'connection_cap', draining)
    }
    forward(req, res, match, tap, forwarding)
  }

  const app = createApp(options, {
    pathInside(req) {
      const routed = routeRequest(routes, req.url ?? '/')
      matches.set(req, routed.ok ? routed.match : routed.error)
      return routed.ok ? `/${routes.indexOf(routed.match.route)}/` : '/none'
    },
    isAnswering(socket) {
      return answering.get(socket)?.writableFinished === false
    },
  })
  app.setNotFoundHandler((request, reply) => {
    reply.hijack()
    handle(request.raw, reply.raw)
  })
  for (const [index, route] of routes.entries()) {
    await app.register(httpProxy, {
      prefix: `/${index}`,
      upstream: route.upstream.origin,
      httpMethods: app.supportedMethods,
      // Nothing may read a body here, not even to find out its type.
      preValidation: (_request, _reply, done) => done(),
      handler: (request, reply) => {
        reply.hijack()
        handle(request.raw, reply.raw)
      },
      // The plugin's own client is never asked; were it, it would verify and never repeat.
      undici: { connect: { rejectUnauthorized: true } },
      retryMethods: [],
    })
  }

  const server = app.server
  server.on('checkContinue', (req, res) => server.emit('request', req, res))
  server.on('checkExpectation', (req, res) => server.emit('request', req, res))
  server.on('connect', (_req, socket: Duplex) => {
    socket.on('error', () => socket.destroy())
    socket.end(ownAnswerBytes('connect_refused'))
  })
  server.on('upgrade', (req, socket: Duplex, head: Buffer) => {
    if (offersH2c(req)) {
      socket.unshift(Buffer.concat([Buffer.from(headWithoutUpgrade(req), 'latin1'), head]))
      server.emit('connection', socket)
      return
    }
    const routed = routeRequest(routes, req.url ?? '/')
    const tap = routed.ok ? enter(req, routed.match, true) : undefined
    if (!routed.ok || tap === undefined) {
      socket.on('error', () => socket.destroy())
      socket.end(ownAnswerBytes(routed.ok ? 'connection_cap' : routed.error))
      return
    }
    tunnels.add(socket)
    socket.on('close', () => tunnels.delete(socket))
    tunnel(req, socket, head, routed.match, tap, forwarding)
  })

  return {
    async listen(host, port) {
      await app.listen({ host, port })
      const address = server.address() as AddressInfo
      return { host: address.address, port: address.port }
    },
    open: () => open,
    startDraining() {
      draining = true
    },
    async close(deadlineMs) {
      draining = true
      let cut = 0
      // fastify's close waits for connections that are open but idle; these end as they fall idle.
      const sweep = setInterval(() => server.closeIdleConnections(), idleSweepMs)
      const deadline = setTimeout(() => {
        cut = open
        server.closeAllConnections()
        for (const socket of tunnels) socket.destroy()
      }, deadlineMs)
      await app.close()
      while (open > 0) await new Promise((resolve) => setTimeout(resolve, idleSweepMs))
      clearInterval(sweep)
      clearTimeout(deadline)
      agents.destroy()
      return cut
    },
  }
}

interface Inside {
  /** The path under which fastify finds the request's route; the client's own path is not routed. */
  pathInside(req: IncomingMessage): string
  isAnswering(socket: Duplex): boolean
}

function createApp(options: ProxyOptions, inside: Inside): FastifyInstance {
  const app: FastifyInstance = Fastify({
    logger: false,
    http: {
      maxHeaderSize: options.headerBytesMax,
      // A slow head is cut (slow-loris); a slow body is the client's own business, as it is upstream.
      headersTimeout: 60_000,
    },
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: options.keepAliveTimeoutMs,
    return503OnClosing: false,
    forceCloseConnections: false,
    exposeHeadRoutes: false,
    rewriteUrl: (req) => inside.pathInside(req),
    clientErrorHandler: (error, socket) => {
      if (!socket.writable || inside.isAnswering(socket)) return void socket.destroy()
      const tooLarge = error.code === 'HPE_HEADER_OVERFLOW'
      socket.end(ownAnswerBytes(tooLarge ? 'headers_too_large' : 'bad_request'))
    },
  })
  for (const method of http.METHODS) {
    if (method !== 'CONNECT' && !app.supportedMethods.includes(method)) app.addHttpMethod(method)
  }
  // fastify would refuse types it cannot parse; the header goes on from rawHeaders, untouched.
  app.addHook('onRequest', (request, _reply, done) => {
    delete request.raw.headers['content-type']
    done()
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  return app
}
