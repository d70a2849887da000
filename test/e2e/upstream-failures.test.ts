/**
 * An upstream that fails: the client learns it at once, in one answer marked as holdfast's own, and
 * nothing is ever sent a second time. Each failure is met with POST and with GET.
 */
import { createServer } from 'node:net'
import t from 'tap'
import { startBlockedListener } from './support/blocked-listener.ts'
import { post, request, response, sized } from './support/bytes.ts'
import { type HoldfastProcess, startHoldfast } from './support/holdfast-process.ts'
import { type Answered, openRawClient, roundTrip } from './support/raw-client.ts'
import { startRawOrigin } from './support/raw-origin.ts'
import { headerValues, statusOf } from './support/wire-message.ts'

const methods = {
  POST: post('/v1/chat/completions', ['Content-Type: application/json'], '{"a":1}'),
  GET: request('GET /v1/models'),
} as const

const origin = await startRawOrigin()
const holdfast = await startHoldfast({ upstream: origin.url })
t.teardown(async () => {
  await holdfast.stop()
  await origin.close()
})

/** Status, code in the header, code in the JSON body. */
function ownAnswer(answer: Answered | undefined): unknown[] {
  if (answer === undefined) return []
  const body: unknown = JSON.parse(answer.response.body.toString())
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : body
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : error
  const type = headerValues(answer.response, 'content-type')
  return [
    statusOf(answer.response),
    ...headerValues(answer.response, 'x-holdfast-error'),
    code,
    ...type,
  ]
}

const own = (status: number, code: string) => [status, code, code, 'application/json']

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

await t.test('upstream refuses connections: 502 within 100 ms', { timeout: 90_000 }, async (t) => {
  const refused = await startHoldfast({ upstream: `http://127.0.0.1:${await freePort()}` })
  t.teardown(() => refused.stop())
  // While its second thread loads it has less than a processor to itself.
  await refused.watches()
  for (const [method, bytes] of Object.entries(methods)) {
    const startedAt = performance.now()
    const [answer] = await roundTrip(refused.port, bytes, [method])
    const ms = performance.now() - startedAt
    t.strictSame(ownAnswer(answer), own(502, 'upstream_unreachable'), method)
    t.ok(ms < 100, `${method} answered after ${ms.toFixed(1)} ms`)
  }
  t.equal(await refused.metric('holdfast_upstream_errors_total', { kind: 'connect' }), 2)
})

await t.test(
  'upstream accepts no connection: 504 after proxy.connect_timeout_ms',
  {
    timeout: 20_000,
  },
  async (t) => {
    const blocked = await startBlockedListener()
    const waiting = await startHoldfast({
      upstream: `http://127.0.0.1:${blocked.port}`,
      env: { HOLDFAST_PROXY_CONNECT_TIMEOUT_MS: '300' },
    })
    t.teardown(async () => {
      await waiting.stop()
      blocked.close()
    })
    for (const [method, bytes] of Object.entries(methods)) {
      const startedAt = performance.now()
      const [answer] = await roundTrip(waiting.port, bytes, [method])
      const ms = performance.now() - startedAt
      t.strictSame(ownAnswer(answer), own(504, 'upstream_timeout'), method)
      t.ok(ms >= 290 && ms < 1500, `${method} answered after ${ms.toFixed(0)} ms`)
    }
    t.equal(await waiting.metric('holdfast_upstream_errors_total', { kind: 'timeout' }), 2)
  },
)

const failures = {
  'closes without an answer': { bytes: '', how: 'end', code: 'upstream_reset' },
  'resets without an answer': { bytes: '', how: 'reset', code: 'upstream_reset' },
  'resets after half a head': {
    bytes: 'HTTP/1.1 200 OK\r\nX-',
    how: 'reset',
    code: 'upstream_reset',
  },
  'sends what is not HTTP': { bytes: 'SSH-2.0-x\r\n\r\n', how: 'end', code: 'upstream_protocol' },
} as const

for (const [name, { bytes, how, code }] of Object.entries(failures)) {
  await t.test(`upstream ${name}: 502, asked once`, { timeout: 20_000 }, async (t) => {
    for (const [method, sent] of Object.entries(methods)) {
      origin.script(async (exchange) => {
        await exchange.request
        if (how === 'end') exchange.end(bytes)
        else if (bytes === '') exchange.reset()
        else exchange.connection.socket.write(bytes, () => exchange.reset())
      })
      const [answer] = await roundTrip(holdfast.port, sent, [method])
      t.strictSame(ownAnswer(answer), own(502, code), method)
      t.equal(origin.requests().length, 1, `${method}: one request at the upstream`)
    }
  })
}

await t.test(
  '503, 429 and 529 are passed on and never repeated',
  { timeout: 20_000 },
  async (t) => {
    for (const status of ['503 Busy', '429 Slow Down', '529 Overloaded']) {
      for (const [method, sent] of Object.entries(methods)) {
        origin.script(async (exchange) => {
          await exchange.request
          exchange.write(sized(status, ['Retry-After: 0'], '{"error":"busy"}'))
        })
        const [answer] = await roundTrip(holdfast.port, sent, [method])
        t.equal(answer?.response.startLine, `HTTP/1.1 ${status}`, method)
        t.equal(origin.requests().length, 1, `${method}: one request at the upstream`)
      }
    }
  },
)

await t.test('20 answers 503 of 200 KB, then a POST is served', { timeout: 20_000 }, async (t) => {
  origin.script(async (exchange) => {
    const { startLine } = await exchange.request
    const busy = startLine.startsWith('GET')
    exchange.write(busy ? sized('503 Busy', [], Buffer.alloc(200_000)) : sized('200 OK', [], 'ok'))
  })
  for (let i = 0; i < 20; i++) {
    const [answer] = await roundTrip(holdfast.port, methods.GET)
    t.equal(answer?.response.body.length, 200_000)
  }
  const [answer] = await roundTrip(holdfast.port, methods.POST, ['POST'])
  t.equal(answer?.response.body.toString(), 'ok')
  t.equal(origin.requests().length, 21, 'one request at the upstream for each one sent')
})

await t.test('nothing in a request chooses the upstream', { timeout: 20_000 }, async (t) => {
  const decoy = await startRawOrigin((exchange) => exchange.write(sized('200 OK', [], 'decoy')))
  t.teardown(() => decoy.close())
  origin.script(async (exchange) => {
    await exchange.request
    exchange.write(sized('200 OK', [], 'real'))
  })
  const authority = `127.0.0.1:${decoy.port}`
  const attempts = [
    request(`GET ${decoy.url}/v1/x`),
    request(`GET http://user@${authority}/v1/x`),
    request('GET /v1/x', [`Host: ${authority}`]),
    request('GET /v1/x', [`X-Forwarded-Host: ${authority}`, `Forwarded: host=${authority}`]),
    request('GET /v1/x', [`X-Portkey-Custom-Host: ${decoy.url}`, `X-Upstream: ${decoy.url}`]),
    request(`GET //${authority}/v1/x`),
    request(`GET /${decoy.url}/v1/x`),
    request(`GET /v1/x?upstream=${decoy.url}&api_base=${decoy.url}`),
    post('/v1/x', [], JSON.stringify({ api_base: decoy.url, base_url: decoy.url })),
  ]
  for (const attempt of attempts) {
    const [answer] = await roundTrip(holdfast.port, attempt)
    t.equal(
      answer?.response.body.toString(),
      'real',
      attempt.toString('latin1').slice(0, attempt.indexOf('\r')),
    )
  }
  t.equal(decoy.connections.length, 0, 'connections to the other host')
})

await t.test(
  'proxy.connections_max is reached: 503 at once, and served again after',
  {
    timeout: 20_000,
  },
  async (t) => {
    const capped: HoldfastProcess = await startHoldfast({
      upstream: origin.url,
      env: { HOLDFAST_PROXY_CONNECTIONS_MAX: '2' },
    })
    t.teardown(() => capped.stop())
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let arrived = 0
    let both = () => {}
    const bothArrived = new Promise<void>((resolve) => {
      both = resolve
    })
    origin.script(async (exchange) => {
      await exchange.request
      if (++arrived === 2) both()
      await held
      exchange.write(sized('200 OK', [], 'ok'))
    })
    const clients = await Promise.all([openRawClient(capped.port), openRawClient(capped.port)])
    for (const client of clients) client.write(methods.POST)
    await bothArrived
    for (const [method, bytes] of Object.entries(methods)) {
      const [answer] = await roundTrip(capped.port, bytes, [method])
      t.strictSame(ownAnswer(answer), own(503, 'connection_cap'), method)
    }
    t.equal(await capped.metric('holdfast_connection_refusals_total'), 2)
    release()
    for (const client of clients) {
      const [answer] = await client.responses(['POST'])
      t.equal(answer?.response.body.toString(), 'ok')
      client.destroy()
    }
    await capped.settles('holdfast_upstream_connections', 0)
    const [answer] = await roundTrip(capped.port, methods.POST, ['POST'])
    t.equal(answer?.response.body.toString(), 'ok', 'served again')
  },
)

await t.test(
  '200 streams at the same time: each has its first event at once',
  {
    timeout: 30_000,
  },
  async (t) => {
    const first = 'data: first\n\n'
    origin.script(async (exchange) => {
      await exchange.request
      exchange.write(
        response('200 OK', ['Content-Type: text/event-stream', 'Transfer-Encoding: chunked']),
      )
      exchange.write(`${first.length.toString(16)}\r\n${first}\r\n`)
    })
    const clients = await Promise.all(
      Array.from({ length: 200 }, () => openRawClient(holdfast.port)),
    )
    const startedAt = performance.now()
    for (const client of clients) client.write(methods.POST)
    await Promise.all(clients.map((client) => client.until((seen) => seen.includes(first))))
    const ms = performance.now() - startedAt
    t.ok(ms < 2000, `the last of 200 first events came after ${ms.toFixed(0)} ms`)
    t.equal(await holdfast.metric('holdfast_upstream_connections'), 200)
    for (const client of clients) client.destroy()
    await holdfast.settles('holdfast_upstream_connections', 0)
  },
)
