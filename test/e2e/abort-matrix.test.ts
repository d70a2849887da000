/**
 * {chat, responses, messages} x {mid-upload, before headers, before the first event, mid-stream}, the
 * client gone by close and by reset in turn. HOLDFAST_TEST_ABORT_RUNS sets the runs of each cell; 84
 * make a thousand in all.
 */
import t from 'tap'
import { testAborts } from './support/abort-suite.ts'
import { message, post, request, response, sized } from './support/bytes.ts'
import { startHoldfast } from './support/holdfast-process.ts'
import { openRawClient } from './support/raw-client.ts'
import { type OriginExchange, startRawOrigin } from './support/raw-origin.ts'
import { reset } from './support/reset.ts'

const runs = Number(process.env['HOLDFAST_TEST_ABORT_RUNS'] ?? 10)
const limitMs = 100

const origin = await startRawOrigin()
const holdfast = await startHoldfast({ upstream: origin.url })
t.teardown(async () => {
  await holdfast.stop()
  await origin.close()
})

await testAborts(t, { origin, holdfast, runs })

/** Resolves once the origin has the heads of this many requests. */
function heads(count: number, then: (exchange: OriginExchange) => void = () => {}) {
  const seen: OriginExchange[] = []
  return new Promise<OriginExchange[]>((resolve) => {
    origin.script((exchange) => {
      seen.push(exchange)
      then(exchange)
      if (seen.length === count) resolve(seen)
    })
  })
}

/** @returns milliseconds from `leftAt` until the upstream saw its connection close, or Infinity */
async function closedAfter({ connection }: OriginExchange, leftAt: number): Promise<number> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, 2000)
  })
  await Promise.race([connection.closed, tooLate])
  clearTimeout(timer)
  return (connection.closedAt ?? Number.POSITIVE_INFINITY) - leftAt
}

await t.test(
  'client leaves with three pipelined requests open: all three upstreams see it',
  {
    timeout: 10_000,
  },
  async (t) => {
    const all = heads(3)
    const client = await openRawClient(holdfast.port)
    client.write(Buffer.concat([1, 2, 3].map((i) => post(`/v1/${i}`, [], '{}'))))
    const exchanges = await all
    const leftAt = performance.now()
    client.destroy()
    for (const exchange of exchanges) {
      const ms = await closedAfter(exchange, leftAt)
      t.ok(ms <= limitMs, `${exchange.head.startLine} closed after ${ms.toFixed(1)} ms`)
    }
    await holdfast.settles('holdfast_upstream_connections', 0)
  },
)

await t.test(
  'client leaves an upload that was already answered: the upstream sees it',
  {
    timeout: 10_000,
  },
  async (t) => {
    const answered = heads(1, (exchange) => exchange.write(sized('413 Too Large', [], 'too large')))
    const client = await openRawClient(holdfast.port)
    client.write(request('POST /v1/x', ['Content-Length: 1000000'], 'only the start'))
    const [exchange] = await answered
    await client.until((seen) => seen.includes('too large'))
    const leftAt = performance.now()
    client.destroy()
    if (exchange === undefined) throw new Error('no request reached the origin')
    const ms = await closedAfter(exchange, leftAt)
    t.ok(ms <= limitMs, `closed after ${ms.toFixed(1)} ms`)
    await holdfast.settles('holdfast_upstream_connections', 0)
  },
)

await t.test(
  'client leaves while it reads nothing: the upstream sees it',
  { timeout: 10_000 },
  async (t) => {
    const endless = Buffer.alloc(1 << 20, 'x')
    const reached = heads(1, (exchange) => {
      exchange.write(response('200 OK', [`Content-Length: ${1 << 30}`]))
      for (let i = 0; i < 32; i++) exchange.write(endless)
    })
    const client = await openRawClient(holdfast.port)
    client.socket.pause()
    client.write(post('/v1/x', [], '{}'))
    const [exchange] = await reached
    if (exchange === undefined) throw new Error('no request reached the origin')
    const leftAt = performance.now()
    reset(client.socket)
    const ms = await closedAfter(exchange, leftAt)
    t.ok(ms <= limitMs, `closed after ${ms.toFixed(1)} ms`)
  },
)

const framings = {
  chunked: {
    head: message('HTTP/1.1 200 OK', ['Transfer-Encoding: chunked'], ''),
    body: (n: number) => (n === 0 ? '' : `${(n + 1).toString(16)}\r\n${'z'.repeat(n)}`),
  },
  'content-length': {
    head: message('HTTP/1.1 200 OK', ['Content-Length: 1000000'], ''),
    body: (n: number) => 'z'.repeat(n),
  },
  'close-delimited': {
    head: message('HTTP/1.1 200 OK', ['Content-Type: text/event-stream'], ''),
    body: (n: number) => 'z'.repeat(n),
  },
} as const

const bodyBytes = (text: string): number =>
  text.slice(text.indexOf('\r\n\r\n') + 4).replace(/[^z]/g, '').length

/** The reset follows when the client has the bytes: the kernel may throw away what is still unread. */
async function resetAfter(head: Buffer, body: string, n: number) {
  const sent = new Promise<OriginExchange>((resolve) => {
    origin.script(async (exchange) => {
      await exchange.request
      exchange.write(Buffer.concat([head, Buffer.from(body)]))
      resolve(exchange)
    })
  })
  const client = await openRawClient(holdfast.port)
  client.write(post('/v1/x', [], '{}'))
  const exchange = await sent
  await client.until((seen) => {
    const text = seen.toString('latin1')
    return text.includes('\r\n\r\n') && bodyBytes(text) >= n
  })
  exchange.reset()
  const ending = await client.closed
  client.destroy()
  return { ending, text: client.received().toString('latin1') }
}

/** Every length up to 64, then every 37th up to 4,096. */
const cuts = Array.from({ length: 4097 }, (_, n) => n).filter((n) => n <= 64 || n % 37 === 0)

for (const [framing, { head, body }] of Object.entries(framings)) {
  await t.test(
    `${framing}, upstream resets after N bytes: exactly N bytes, then a broken stream`,
    {
      timeout: 60_000,
    },
    async (t) => {
      const wrong: string[] = []
      for (const n of cuts) {
        const { ending, text } = await resetAfter(head, body(n), n)
        // Without a length only a reset tells the client that the body is not whole.
        const broken =
          framing === 'close-delimited' ? ending === 'reset' : !text.includes('\r\n0\r\n')
        if (!text.startsWith('HTTP/1.1 200') || bodyBytes(text) !== n || !broken)
          wrong.push(`${n}: ${bodyBytes(text)} bytes, ${ending}`)
      }
      t.strictSame(wrong, [], `${cuts.length} lengths`)
    },
  )
}

await t.test('after all resets nothing is left open', { timeout: 10_000 }, async (t) => {
  await holdfast.settles('holdfast_upstream_connections', 0)
  await holdfast.settles('holdfast_in_flight', 0)
  t.strictSame(origin.open().length, 0)
})
