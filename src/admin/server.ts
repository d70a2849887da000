/**
 * The admin port: /metrics, /healthz, /readyz, what an operator may change (operator-routes.ts) and the
 * status page (status/routes.ts). It is its own listener, so the data port reserves no path. Readiness
 * says only whether traffic should come here; a dead monitor is a metric and never a reason to take a
 * working proxy out of service.
 */
import Fastify, { type FastifyInstance } from 'fastify'
import type { Log } from '../log.ts'
import type { Recorder } from '../metrics/record.ts'
import { addOperatorRoutes, type OperatorAccess } from './operator-routes.ts'
import { addStatusRoutes, type StatusOptions } from './status/routes.ts'

export interface AdminOptions {
  recorder: Pick<Recorder, 'text' | 'contentType' | 'onScrape'>
  /** Listening and not draining. */
  ready: () => boolean
  log: Pick<Log, 'scrapeFailed'>
  /** Undefined: operator endpoints are off. */
  operator?: OperatorAccess | undefined
  /** Undefined: there is no status page. */
  status?: StatusOptions | undefined
  /** Sets the gauges that are read rather than counted; runs at the instant of the scrape. */
  beforeScrape?: () => void
  /** A scrape that takes longer is answered 503. */
  scrapeDeadlineMs?: number
}

export interface Admin {
  /** @returns the address as bound */
  listen(host: string, port: number): Promise<{ host: string; port: number }>
  close(): Promise<void>
}

const scrapeDeadlineDefaultMs = 5000
const requestTimeoutMs = 10_000
const connectionsMax = 256
const safeHeaders = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' }

export function createAdmin(options: AdminOptions): Admin {
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    requestTimeout: requestTimeoutMs,
    bodyLimit: 1024,
    // A path that cannot be decoded reaches neither hooks nor handlers.
    frameworkErrors(_error, _request, reply) {
      reply.hijack()
      reply.raw.writeHead(400, { ...safeHeaders, 'content-type': 'application/json' })
      reply.raw.end('{"error":"bad_request"}')
    },
  })
  app.server.maxConnections = connectionsMax
  if (options.beforeScrape !== undefined) options.recorder.onScrape(options.beforeScrape)
  addRoutes(app, options)
  addOperatorRoutes(app, options.operator)
  if (options.status !== undefined) addStatusRoutes(app, options.status)
  return {
    async listen(host, port) {
      // The first text makes those of all label sets; better now than while traffic waits.
      await within(options.scrapeDeadlineMs ?? scrapeDeadlineDefaultMs, options.recorder.text())
      await app.listen({ host, port })
      const address = app.server.address()
      if (address === null || typeof address === 'string') throw new Error('no TCP address')
      return { host: address.address, port: address.port }
    },
    close: () => app.close(),
  }
}

function addRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { recorder, ready, log, scrapeDeadlineMs = scrapeDeadlineDefaultMs } = options
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(safeHeaders)
  })
  app.get('/metrics', async (_request, reply) => {
    const outcome = await within(scrapeDeadlineMs, recorder.text())
    if (outcome.ok) return reply.header('content-type', recorder.contentType).send(outcome.text)
    log.scrapeFailed(outcome.error)
    return reply.code(503).send({ error: 'scrape_failed' })
  })
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const isReady = ready()
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not_ready' })
  })
  app.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ error: 'not_found' }))
  app.setErrorHandler(async (error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500
    const isClients = typeof status === 'number' && status >= 400 && status < 500
    if (!isClients) log.scrapeFailed(error)
    return reply
      .code(isClients ? status : 500)
      .send({ error: isClients ? 'bad_request' : 'internal_error' })
  })
}

type Scrape = { ok: true; text: string } | { ok: false; error: unknown }

async function within(deadlineMs: number, text: Promise<string>): Promise<Scrape> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Scrape>((resolve) => {
    const error = Object.assign(new Error('scrape over its deadline'), { code: 'SCRAPE_DEADLINE' })
    timer = setTimeout(() => resolve({ ok: false, error }), deadlineMs)
  })
  const done = text.then(
    (value): Scrape => ({ ok: true, text: value }),
    (error: unknown): Scrape => ({ ok: false, error }),
  )
  try {
    return await Promise.race([done, late])
  } finally {
    clearTimeout(timer)
  }
}
