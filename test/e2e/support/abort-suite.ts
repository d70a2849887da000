/**
 * A client that leaves must free its upstream at once, whatever the exchange was doing: model calls
 * are paid for by the token. Run by the abort matrix and, shortened, under each Node version.
 */
import type { Test } from 'tap'
import { message, request } from './bytes.ts'
import type { HoldfastProcess } from './holdfast-process.ts'
import { openRawClient, type RawClient } from './raw-client.ts'
import type { Answer, OriginExchange, RawOrigin } from './raw-origin.ts'
import { reset } from './reset.ts'
import { type Api, apiPath, apis, requestBody, streamEvents } from './sse-stream.ts'

export const abortPhases = [
  'mid-upload',
  'before headers',
  'before the first event',
  'mid-stream',
] as const
export type AbortPhase = (typeof abortPhases)[number]

const limitMs = 100

const streamHead = message(
  'HTTP/1.1 200 OK',
  ['Content-Type: text/event-stream', 'Transfer-Encoding: chunked'],
  '',
)

const asChunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

/** What the upstream does in this phase, and the call that tells when the phase is reached. */
function script(api: Api, phase: AbortPhase, reached: (exchange: OriginExchange) => void): Answer {
  return async (exchange) => {
    if (phase === 'mid-upload') return reached(exchange)
    await exchange.request
    if (phase === 'before headers') return reached(exchange)
    exchange.write(streamHead)
    if (phase === 'mid-stream') exchange.write(streamEvents[api].slice(0, 2).map(asChunk).join(''))
    reached(exchange)
  }
}

async function clientReaches(client: RawClient, api: Api, phase: AbortPhase): Promise<void> {
  const second = streamEvents[api][1] ?? ''
  if (phase === 'before the first event') await client.until((seen) => seen.includes('\r\n\r\n'))
  if (phase === 'mid-stream') await client.until((seen) => seen.includes(second))
}

/** @returns milliseconds from the client's leaving until the upstream saw its connection close */
export async function abortOnce(
  origin: RawOrigin,
  port: number,
  api: Api,
  phase: AbortPhase,
  how: 'close' | 'reset',
): Promise<number> {
  const reached = new Promise<OriginExchange>((resolve) => {
    origin.script(script(api, phase, resolve))
  })
  const client = await openRawClient(port)
  const body = Buffer.from(requestBody(api, true))
  const head = request(`POST ${apiPath[api]}`, [
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ])
  const sent = phase === 'mid-upload' ? body.subarray(0, body.length >> 1) : body
  client.write(Buffer.concat([head, sent]))
  const { connection } = await reached
  await clientReaches(client, api, phase)
  const leftAt = performance.now()
  if (how === 'reset') reset(client.socket)
  else client.destroy()
  await connection.closed
  return (connection.closedAt ?? Number.POSITIVE_INFINITY) - leftAt
}

export async function testAborts(
  t: Test,
  setup: { origin: RawOrigin; holdfast: HoldfastProcess; runs: number },
): Promise<void> {
  const { origin, holdfast, runs } = setup
  // Connections that earlier exchanges have left in the proxy's pool.
  const idle = new Set(origin.open())
  for (const api of apis) {
    for (const phase of abortPhases) {
      const name = `${api}, client leaves ${phase}: the upstream sees it within ${limitMs} ms`
      await t.test(name, { timeout: 30_000 + runs * 200 }, async (t) => {
        const times: number[] = []
        for (let run = 0; run < runs; run++) {
          const how = run % 2 === 0 ? 'close' : 'reset'
          times.push(await abortOnce(origin, holdfast.port, api, phase, how))
        }
        const slow = times.filter((ms) => ms > limitMs)
        t.strictSame(slow, [], `${runs} runs, slowest ${Math.max(...times).toFixed(1)} ms`)
      })
    }
  }
  await t.test('after all aborts nothing is left open', { timeout: 10_000 }, async (t) => {
    await holdfast.settles('holdfast_upstream_connections', 0)
    await holdfast.settles('holdfast_in_flight', 0)
    const left = origin.open().filter((connection) => !idle.has(connection))
    t.equal(left.length, 0, 'no upstream socket is left')
  })
}
