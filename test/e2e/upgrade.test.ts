/**
 * Upgraded connections are tunnels: the client sees the upstream's own answer and nothing before it,
 * every header arrives, and after a 101 each side gets the other's bytes and the other's ending.
 */
import { createHash } from 'node:crypto'
import t from 'tap'
import { bytes, chunked, message, request, response, sized } from './support/bytes.ts'
import { startHoldfast } from './support/holdfast-process.ts'
import { openRawClient } from './support/raw-client.ts'
import { type OriginConnection, type OriginExchange, startRawOrigin } from './support/raw-origin.ts'
import { reset } from './support/reset.ts'
import { headerValues } from './support/wire-message.ts'

const offer = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.sk-1',
  'Authorization: Bearer sk-1',
  'OpenAI-Beta: realtime=v1',
  'Cookie: a=1',
  'x-MiXeD: Kept',
]
const agreed = response('101 Switching Protocols', [
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
  'Sec-WebSocket-Protocol: realtime',
  'x-ReQuest-Id: 7',
])
const opening = request('GET /v1/realtime?model=sim', offer)

const origin = await startRawOrigin()
const holdfast = await startHoldfast({ upstream: origin.url })
t.teardown(async () => {
  await holdfast.stop()
  await origin.close()
})

function nextExchange(): Promise<OriginExchange> {
  return new Promise((resolve) => {
    origin.script((exchange) => resolve(exchange))
  })
}

/** A tunnel whose handshake is done, seen from both ends. */
async function openTunnel() {
  const arrived = nextExchange()
  const client = await openRawClient(holdfast.port)
  client.write(opening)
  const exchange = await arrived
  exchange.write(agreed)
  await client.until((seen) => seen.includes('\r\n\r\n'))
  const headBytes = client.received().indexOf('\r\n\r\n') + 4
  const requestBytes = exchange.connection.received().length
  return { client, exchange, headBytes, requestBytes }
}

async function originReceives(connection: OriginConnection, length: number): Promise<Buffer> {
  while (connection.received().length < length)
    await new Promise((resolve) => connection.socket.once('data', resolve))
  return connection.received()
}

await t.test(
  'the 101 comes from the upstream, after the upstream has sent it',
  {
    timeout: 10_000,
  },
  async (t) => {
    const arrived = nextExchange()
    const client = await openRawClient(holdfast.port)
    client.write(opening)
    const exchange = await arrived
    t.equal(client.received().length, 0, 'nothing before the upstream answers')
    const sent = exchange.head.headers.filter(([name]) => name.toLowerCase() !== 'host')
    const expected = offer.map((line) => line.split(': '))
    const byName = (pairs: readonly (readonly string[])[]) => pairs.map(String).sort()
    t.strictSame(byName(sent), byName(expected), 'every header, and no other')
    t.equal(exchange.head.startLine, 'GET /v1/realtime?model=sim HTTP/1.1')
    exchange.write(agreed)
    await client.until((seen) => seen.includes('\r\n\r\n'))
    const lines = (text: string) => text.split('\r\n').sort()
    t.strictSame(lines(client.received().toString('latin1')), lines(agreed.toString('latin1')))
    client.destroy()
  },
)

await t.test('bytes pass both ways unchanged, 5 MB each', { timeout: 20_000 }, async (t) => {
  const { client, exchange, headBytes, requestBytes } = await openTunnel()
  const up = Buffer.alloc(5_000_000, 'up-')
  const down = Buffer.alloc(5_000_000, '-down')
  client.write(up)
  exchange.write(down)
  const digest = (data: Buffer) => createHash('sha256').update(data).digest('hex')
  const atOrigin = await originReceives(exchange.connection, requestBytes + up.length)
  const atClient = await client.until((seen) => seen.length >= headBytes + down.length, 15_000)
  t.equal(digest(atOrigin.subarray(requestBytes)), digest(up))
  t.equal(digest(atClient.subarray(headBytes)), digest(down))
  client.destroy()
})

await t.test(
  'bytes sent together with either head are not lost',
  { timeout: 10_000 },
  async (t) => {
    const arrived = nextExchange()
    const client = await openRawClient(holdfast.port)
    client.write(Buffer.concat([opening, bytes('early-from-client')]))
    const exchange = await arrived
    exchange.write(Buffer.concat([agreed, bytes('early-from-upstream')]))
    await client.until((seen) => seen.includes('early-from-upstream'))
    while (!exchange.connection.received().includes('early-from-client'))
      await new Promise((resolve) => exchange.connection.socket.once('data', resolve))
    t.pass('both arrived')
    client.destroy()
  },
)

await t.test('a refusal is relayed with its headers and body', { timeout: 10_000 }, async (t) => {
  const refusals = {
    sized: sized('401 Unauthorized', ['WWW-Authenticate: Bearer', 'x-A: b'], '{"error":"no key"}'),
    chunked: message(
      'HTTP/1.1 403 Forbidden',
      ['Transfer-Encoding: chunked'],
      chunked(['{"error":', '"no"}']),
    ),
  } as const
  for (const [name, refusal] of Object.entries(refusals)) {
    const arrived = nextExchange()
    const client = await openRawClient(holdfast.port)
    client.write(opening)
    const exchange = await arrived
    exchange.write(refusal)
    const [answer] = await client.responses(['GET'])
    const [, status = ''] = refusal.toString('latin1').split('\r\n', 1)[0]?.split(' ') ?? []
    t.match(answer?.response.startLine, new RegExp(`^HTTP/1.1 ${status} `), name)
    t.match(answer?.response.body.toString(), /^\{"error":"no/, name)
    if (name === 'sized' && answer !== undefined)
      t.strictSame(headerValues(answer.response, 'www-authenticate'), ['Bearer'])
    client.destroy()
  }
})

await t.test('an upstream that fails the handshake: 502', { timeout: 10_000 }, async (t) => {
  origin.script((exchange) => exchange.reset())
  const client = await openRawClient(holdfast.port)
  client.write(opening)
  const [answer] = await client.responses(['GET'])
  t.match(answer?.response.startLine, /^HTTP\/1\.1 502 /)
  t.strictSame(answer && headerValues(answer.response, 'x-holdfast-error'), ['upstream_reset'])
  client.destroy()
})

await t.test(
  'client ends its side: the upstream sees the end and can still send',
  {
    timeout: 10_000,
  },
  async (t) => {
    const { client, exchange } = await openTunnel()
    client.write('last words')
    client.socket.end()
    await exchange.connection.closed
    t.match(exchange.connection.received().toString('latin1'), /last words$/)
    t.pass('the upstream saw the end')
    await client.closed
  },
)

await t.test(
  'upstream ends its side: the client sees the end after the last byte',
  {
    timeout: 10_000,
  },
  async (t) => {
    const { client, exchange, headBytes } = await openTunnel()
    exchange.end('goodbye')
    t.equal(await client.closed, 'end')
    t.equal(client.received().subarray(headBytes).toString(), 'goodbye')
    client.destroy()
  },
)

await t.test(
  'client vanishes: the upstream sees it within 100 ms',
  { timeout: 10_000 },
  async (t) => {
    for (const how of ['close', 'reset'] as const) {
      const { client, exchange } = await openTunnel()
      const leftAt = performance.now()
      if (how === 'reset') reset(client.socket)
      else client.destroy()
      await exchange.connection.closed
      const ms = (exchange.connection.closedAt ?? Number.POSITIVE_INFINITY) - leftAt
      t.ok(ms <= 100, `${how}: ${ms.toFixed(1)} ms`)
    }
  },
)

await t.test(
  'upstream vanishes: the client sees it within 100 ms',
  { timeout: 10_000 },
  async (t) => {
    const { client, exchange } = await openTunnel()
    const leftAt = performance.now()
    exchange.reset()
    await client.closed
    const ms = performance.now() - leftAt
    t.ok(ms <= 100, `${ms.toFixed(1)} ms`)
    client.destroy()
  },
)

await t.test(
  'client vanishes before the answer: the upstream sees it within 100 ms',
  {
    timeout: 10_000,
  },
  async (t) => {
    const arrived = nextExchange()
    const client = await openRawClient(holdfast.port)
    client.write(opening)
    const { connection } = await arrived
    const leftAt = performance.now()
    client.destroy()
    await connection.closed
    const ms = (connection.closedAt ?? Number.POSITIVE_INFINITY) - leftAt
    t.ok(ms <= 100, `${ms.toFixed(1)} ms`)
  },
)

await t.test(
  'an offer of h2c, as Java sends it, is served over HTTP/1.1, and again on the same connection',
  {
    timeout: 10_000,
  },
  async (t) => {
    origin.script(async (exchange) => {
      const { body } = await exchange.request
      exchange.write(sized('200 OK', [], `got ${body.toString()}`))
    })
    const settings = 'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA'
    const h2c = ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', settings]
    const java = (body: string) =>
      request('POST /v1/x', [...h2c, `Content-Length: ${body.length}`, 'User-Agent: Java'], body)
    const client = await openRawClient(holdfast.port)
    client.write(java('one'))
    await client.responses(['POST'])
    client.write(java('second'))
    const answers = await client.responses(['POST', 'POST'])
    t.strictSame(
      answers.map(({ response: r }) => `${r.startLine} ${r.body.toString()}`),
      ['HTTP/1.1 200 OK got one', 'HTTP/1.1 200 OK got second'],
    )
    client.destroy()
  },
)

await t.test('after all tunnels nothing is left open', { timeout: 10_000 }, async (t) => {
  await holdfast.settles('holdfast_upstream_connections', 0)
  t.pass('no tunnel is left')
})

await t.test('a tunnel is counted when it opens, by what its path asks for', async (t) => {
  const labels = { protocol: 'openai_realtime' }
  const before = (await holdfast.metric('holdfast_tunnels_total', labels)) ?? 0
  const { client } = await openTunnel()
  t.equal(await holdfast.metric('holdfast_tunnels_total', labels), before + 1)
  t.equal(await holdfast.metric('holdfast_tunnels_total', { protocol: 'other' }), 0)
  client.destroy()
})
