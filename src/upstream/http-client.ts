/**
 * Small requests of our own to model APIs: one deadline over everything, a cap on the response, no
 * redirects, certificates always verified, and never more than the attempts the caller allows, each
 * of them asked for by the API itself (429 or 503 with Retry-After). What the peer does is data:
 * `post` never rejects. Nothing is logged here, and no error carries a header or a body.
 */
import http from 'node:http'
import https from 'node:https'
import type { Clock } from '../clock.ts'
import { retryAfterMs } from './retry-after.ts'

/** Label values; the first reason that applied. */
export const upstreamFailures = [
  'connect',
  'tls',
  'reset',
  'deadline',
  'too_large',
  'undecodable',
] as const
export type UpstreamFailure = (typeof upstreamFailures)[number]

export interface UpstreamPost {
  url: URL
  /** Lower-case names. `content-length`, `host` and `accept-encoding` are set here. */
  headers: Readonly<Record<string, string>>
  body: Uint8Array
  /** From the call to the last byte of the response, waiting for a repetition included. */
  deadlineMs: number
  responseBytesMax: number
  /** Repetitions after the first attempt, only where the API asks for them. */
  retriesMax: number
  /** Statuses that ask for one when Retry-After stands beside them; absent: 429 and 503. */
  retryStatuses?: ReadonlySet<number>
}

export type UpstreamReply = { attempts: number } & (
  | { kind: 'response'; status: number; body: Uint8Array }
  | { kind: 'failed'; reason: UpstreamFailure }
)

export interface UpstreamClient {
  post(request: UpstreamPost): Promise<UpstreamReply>
  /** Ends idle and running connections. */
  close(): void
}

export interface UpstreamClientOptions {
  clock: Clock
  connectionsMax: number
  /** PEM of every trusted authority; absent: the roots that Node ships. */
  ca?: readonly string[]
}

const idleMs = 4000
const headerBytesMax = 16_384
const retryStatus: ReadonlySet<number> = new Set([429, 503])

type Attempt =
  | { kind: 'response'; status: number; body: Uint8Array; retryAfter: string | undefined }
  | { kind: 'failed'; reason: UpstreamFailure }

export function createUpstreamClient(options: UpstreamClientOptions): UpstreamClient {
  const { clock } = options
  const pool: http.AgentOptions = {
    keepAlive: true,
    maxSockets: options.connectionsMax,
    maxTotalSockets: options.connectionsMax,
    maxFreeSockets: options.connectionsMax,
    timeout: idleMs,
  }
  const plain = new http.Agent(pool)
  const secure = new https.Agent({
    ...pool,
    rejectUnauthorized: true,
    ...(options.ca === undefined ? {} : { ca: [...options.ca] }),
  })

  return {
    async post(request) {
      const end = clock.monotonic() + request.deadlineMs
      const left = (): number => end - clock.monotonic()
      for (let attempts = 1; ; attempts++) {
        const reply = await attempt(request, left(), plain, secure)
        if (reply.kind === 'failed') return { ...reply, attempts }
        const { retryAfter, ...response } = reply
        if (
          attempts > request.retriesMax ||
          !(request.retryStatuses ?? retryStatus).has(reply.status)
        ) {
          return { ...response, attempts }
        }
        const waitMs = retryAfterMs(retryAfter, clock.now())
        // A wait that leaves no time for an answer is not begun: the API's own answer is the result.
        if (waitMs === undefined || waitMs >= left()) return { ...response, attempts }
        await new Promise((resolve) => setTimeout(resolve, waitMs))
      }
    },
    close() {
      plain.destroy()
      secure.destroy()
    },
  }
}

function attempt(
  { url, headers, body, responseBytesMax }: UpstreamPost,
  timeoutMs: number,
  plain: http.Agent,
  secure: https.Agent,
): Promise<Attempt> {
  return new Promise((resolve) => {
    const common: http.RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'accept-encoding': 'identity', 'content-length': body.byteLength },
      maxHeaderSize: headerBytesMax,
    }
    const request =
      url.protocol === 'https:'
        ? https.request(url, { ...common, agent: secure })
        : http.request(url, { ...common, agent: plain })
    const done = (result: Attempt): void => {
      clearTimeout(timer)
      resolve(result)
      // Whatever comes later is unwanted. A response that was read to its end keeps its socket.
      if (result.kind === 'failed') request.destroy()
    }
    const fail = (reason: UpstreamFailure): void => done({ kind: 'failed', reason })
    const timer = setTimeout(() => fail('deadline'), Math.max(0, timeoutMs))
    request.on('error', (error) => fail(failureOf(error)))
    request.on('response', (response) => {
      readBody(response, responseBytesMax, fail, (bytes) =>
        done({
          kind: 'response',
          status: response.statusCode ?? 0,
          body: bytes,
          retryAfter: response.headers['retry-after'],
        }),
      )
    })
    request.end(body)
  })
}

function readBody(
  response: http.IncomingMessage,
  bytesMax: number,
  fail: (reason: UpstreamFailure) => void,
  done: (body: Uint8Array) => void,
): void {
  response.on('error', (error) => fail(failureOf(error)))
  const encoding = response.headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return fail('undecodable')
  const chunks: Buffer[] = []
  let bytes = 0
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.byteLength
    if (bytes > bytesMax) return fail('too_large')
    chunks.push(chunk)
  })
  response.on('end', () => {
    if (response.complete) done(Buffer.concat(chunks))
    else fail('reset')
  })
  response.on('aborted', () => fail('reset'))
}

const certificateCodes =
  /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|HOSTNAME_MISMATCH|ERR_TLS|ERR_SSL|EPROTO)/
const connectCodes = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EMFILE',
  'ENFILE',
])

function failureOf(error: NodeJS.ErrnoException): UpstreamFailure {
  const code = error.code ?? ''
  if (certificateCodes.test(code)) return 'tls'
  if (connectCodes.has(code) || code.startsWith('EAI_')) return 'connect'
  return 'reset'
}
