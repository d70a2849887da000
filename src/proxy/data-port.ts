/**
 * The server of the data port: fastify owns it, @fastify/http-proxy registers one route per upstream.
 * Every request is taken over before the plugin would forward it, because its forwarding alters
 * traffic in ways that its options do not reach (docs/decisions/0001-forwarder.md). Nothing here reads
 * a body, and no path is reserved.
 */
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import httpProxy from '@fastify/http-proxy'
import Fastify, { type FastifyInstance } from 'fastify'
import { type OwnError, ownAnswerBytes } from './own-answer.ts'
import { inMatchOrder, type Route, type RouteMatch, routeRequest } from './routes.ts'
import { headWithoutUpgrade, offersH2c } from './tunnel.ts'
import { isWellFormed } from './well-formed.ts'

export interface DataPortOptions {
  routes: readonly Route[]
  /** Those in force now: they may have changed since the start. */
  routesNow(): readonly Route[]
  keepAliveTimeoutMs: number
  headerBytesMax: number
  onRequest(req: IncomingMessage, res: ServerResponse, routed: RouteMatch | OwnError): void
  onUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer, routed: RouteMatch | OwnError): void
}

const slowHeadMs = 60_000
const slowHeadCheckMs = 10_000

/** @returns the application, ready to listen; its server carries everything that is not a request */
export async function createDataPort(options: DataPortOptions): Promise<FastifyInstance> {
  const routes = inMatchOrder(options.routes)
  /** Connections with a malformed request: what seems to be the next one may be a part of it. */
  const spoiled = new WeakSet<Duplex>()
  const routeOf = (req: IncomingMessage): RouteMatch | OwnError => {
    if (spoiled.has(req.socket) || !isWellFormed(req)) {
      spoiled.add(req.socket)
      return 'bad_request'
    }
    const routed = routeRequest(options.routesNow(), req.url ?? '/')
    return routed.ok ? routed.match : routed.error
  }
  const taken = new WeakMap<IncomingMessage, RouteMatch | OwnError>()
  /** The response each client connection is busy with, so that no error answer is written into it. */
  const answering = new WeakMap<Duplex, ServerResponse>()

  const app: FastifyInstance = Fastify({
    logger: false,
    http: {
      maxHeaderSize: options.headerBytesMax,
      headersTimeout: slowHeadMs,
      connectionsCheckingInterval: slowHeadCheckMs,
      // node:http would answer by itself, without the mark of our own answers; see isWellFormed.
      requireHostHeader: false,
    },
    // A slow body is the client's own business, as it is with the upstream.
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: options.keepAliveTimeoutMs,
    return503OnClosing: false,
    forceCloseConnections: false,
    exposeHeadRoutes: false,
    // fastify finds the route by a path of ours; the client's own path is for the upstream alone.
    rewriteUrl(req) {
      const routed = routeOf(req)
      taken.set(req, routed)
      const at = typeof routed === 'string' ? -1 : routes.indexOf(routed.route)
      // One that came later than the start: fastify takes no more routes, and needs none for it.
      return at < 0 ? '/none' : `/${at}/`
    },
    clientErrorHandler(error, socket) {
      const busy = answering.get(socket)?.writableFinished === false
      if (busy || !socket.writable) socket.destroy()
      else socket.end(ownAnswerBytes(clientErrors[error.code ?? ''] ?? 'bad_request'))
    },
  })
  const take = (req: IncomingMessage, res: ServerResponse): void => {
    answering.set(req.socket, res)
    options.onRequest(req, res, taken.get(req) ?? 'no_route')
  }

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
  app.setNotFoundHandler((request, reply) => {
    reply.hijack()
    take(request.raw, reply.raw)
  })
  for (const [index, route] of routes.entries()) {
    await app.register(httpProxy, {
      prefix: `/${index}`,
      upstream: route.upstream.origin,
      httpMethods: app.supportedMethods,
      preValidation: (_request, _reply, done) => done(),
      preHandler(request, reply) {
        reply.hijack()
        take(request.raw, reply.raw)
      },
      // The plugin's own client is never asked; were it, it would verify and never repeat.
      undici: { connect: { rejectUnauthorized: true } },
      retryMethods: [],
    })
  }
  listenForTheRest(app.server, routeOf, options)
  return app
}

/** What node:http reports by other events than a plain request. */
function listenForTheRest(
  server: Server,
  routeOf: (req: IncomingMessage) => RouteMatch | OwnError,
  options: DataPortOptions,
): void {
  // Whether to go on is the upstream's to say: its 100 is passed on like every other response.
  server.on('checkContinue', (req, res) => server.emit('request', req, res))
  server.on('checkExpectation', (req, res) => server.emit('request', req, res))
  server.on('connect', (_req, socket: Duplex) => {
    socket.on('error', () => socket.destroy())
    socket.end(ownAnswerBytes('connect_refused'))
  })
  server.on('upgrade', (req, socket: Duplex, head: Buffer) => {
    if (!offersH2c(req)) return options.onUpgrade(req, socket, head, routeOf(req))
    // Parsed again without the offer, the request takes the ordinary path.
    socket.unshift(Buffer.concat([Buffer.from(headWithoutUpgrade(req), 'latin1'), head]))
    server.emit('connection', socket)
  })
}

const clientErrors: Record<string, OwnError> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
}
