/**
 * Bodies arrive with the digest they were sent with, both ways: for every position at which a stream
 * can be cut in two, with LF and CRLF, gzip and plain, and for 100 MB, in bounded memory.
 */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import {
  type BigOrigin,
  type BigTransfer,
  startBigOrigin,
  transfer,
  warmUp,
} from './support/big-bodies.ts'
import { message, request, sized } from './support/bytes.ts'
import { type HoldfastProcess, startHoldfast } from './support/holdfast-process.ts'
import { openRawClient, type RawClient } from './support/raw-client.ts'
import { startRawOrigin } from './support/raw-origin.ts'
import { streamEvents } from './support/sse-stream.ts'
import { readMessage } from './support/wire-message.ts'

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const stream = streamEvents.messages.join('')
const crlf = stream.replaceAll('\n', '\r\n')
const bodies = {
  'LF, plain': { body: Buffer.from(stream), encoding: [] },
  'CRLF, plain': { body: Buffer.from(crlf), encoding: [] },
  'LF, gzip': { body: gzipSync(stream), encoding: ['Content-Encoding: gzip'] },
  'CRLF, gzip': { body: gzipSync(crlf), encoding: ['Content-Encoding: gzip'] },
} as const

const origin = await startRawOrigin()
const holdfast = await startHoldfast({ upstream: origin.url })
t.teardown(async () => {
  await holdfast.stop()
  await origin.close()
})

const chunk = (bytes: Buffer): Buffer =>
  bytes.length === 0
    ? bytes
    : Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])

/** Reads one response off a connection that is used again and again. */
async function nextBody(client: RawClient, from: number): Promise<{ body: Buffer; to: number }> {
  const read = () => readMessage(client.received().subarray(from), { kind: 'response' })
  await client.until(() => (read()?.length ?? -1) >= 0)
  const done = read()
  if (done === undefined || done.length < 0) throw new Error('the connection closed early')
  return { body: done.message.body, to: from + done.length }
}

const parts = (body: Buffer, cut: number): Buffer[] => [body.subarray(0, cut), body.subarray(cut)]

for (const [name, { body, encoding }] of Object.entries(bodies)) {
  await t.test(
    `response, ${name}: same digest for a cut at each of ${body.length} bytes`,
    {
      timeout: 60_000,
    },
    async (t) => {
      const wrong: number[] = []
      const head = message(
        'HTTP/1.1 200 OK',
        ['Content-Type: text/event-stream', 'Transfer-Encoding: chunked', ...encoding],
        '',
      )
      const client = await openRawClient(holdfast.port)
      let at = 0
      for (let cut = 0; cut <= body.length; cut++) {
        const start = at
        origin.script(async (exchange) => {
          await exchange.request
          const [first = body, second = body] = parts(body, cut)
          exchange.write(Buffer.concat([head, chunk(first)]))
          // The second part leaves only when the first has gone the whole way.
          const firstBytes = first.subarray(-1)
          await client.until((seen) => seen.subarray(start).includes('\r\n\r\n'))
          if (cut > 0) await client.until((seen) => seen.subarray(start).includes(firstBytes))
          exchange.write(Buffer.concat([chunk(second), Buffer.from('0\r\n\r\n')]))
        })
        client.write(request('POST /v1/messages', ['Content-Length: 2'], '{}'))
        const next = await nextBody(client, at)
        if (digest(next.body) !== digest(body)) wrong.push(cut)
        at = client.forget(next.to)
      }
      client.destroy()
      t.strictSame(wrong, [], `${body.length + 1} cuts`)
    },
  )
}

await t.test(
  'request: same digest for a cut at each byte, sized and in chunks',
  {
    timeout: 60_000,
  },
  async (t) => {
    const body = Buffer.from(crlf)
    const wrong: string[] = []
    let received = ''
    origin.script(async (exchange) => {
      received = digest((await exchange.request).body)
      exchange.write(sized('200 OK', [], 'ok'))
    })
    const client = await openRawClient(holdfast.port)
    let at = 0
    for (let cut = 0; cut <= body.length; cut++) {
      const [first = body, second = body] = parts(body, cut)
      const isChunked = cut % 2 === 1
      const framing = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`
      client.write(request('POST /v1/x', [framing], isChunked ? chunk(first) : first))
      await new Promise((resolve) => setImmediate(resolve))
      client.write(isChunked ? Buffer.concat([chunk(second), Buffer.from('0\r\n\r\n')]) : second)
      const next = await nextBody(client, at)
      if (received !== digest(body)) wrong.push(`${cut} ${framing}`)
      at = client.forget(next.to)
    }
    client.destroy()
    t.strictSame(wrong, [], `${body.length + 1} cuts`)
  },
)

const megabytes = 100
/** Growth that a body must not cause, whatever its size. */
const growthMiB = 64

async function startBig(t: Test): Promise<{ big: BigOrigin; through: HoldfastProcess }> {
  const big = await startBigOrigin(megabytes)
  const through = await startHoldfast({ upstream: big.url })
  t.teardown(async () => {
    await through.stop()
    await big.close()
  })
  await warmUp(through.port)
  await through.settles('holdfast_judged_total', 1, 15_000)
  return { big, through }
}

function sameBothWays(t: Test, result: BigTransfer, expectedMegabytes: number): void {
  t.equal(result.requestDigestAtOrigin, result.requestDigest, 'request')
  t.equal(result.responseDigest, result.responseDigestAtOrigin, 'response')
  t.equal(result.responseBytes, expectedMegabytes * 1_000_000)
}

/**
 * The first transfer lets heaps and allocator grow to their working size, which has nothing to do with
 * the size of a body; a proxy that kept bodies would need 200 MB more for the second.
 */
await t.test(
  `${megabytes} MB and ${3 * megabytes} MB each way: same digest, no memory for the size`,
  {
    timeout: 120_000,
  },
  async (t) => {
    const { through } = await startBig(t)
    sameBothWays(t, await transfer(through.port, megabytes), megabytes)
    const before = through.residentMiB()
    let highest = before
    const watch = setInterval(() => {
      highest = Math.max(highest, through.residentMiB())
    }, 20)
    sameBothWays(t, await transfer(through.port, 3 * megabytes), 3 * megabytes)
    clearInterval(watch)
    const growth = highest - before
    t.ok(
      growth <= growthMiB,
      `${before.toFixed(0)} MiB resident, at most ${growth.toFixed(0)} more`,
    )
  },
)

await t.test(
  '40 clients that do not read: the last 20 cost at most 64 MiB',
  {
    timeout: 60_000,
  },
  async (t) => {
    const { big, through } = await startBig(t)
    const clients: RawClient[] = []
    const addUnread = async (count: number): Promise<number> => {
      const added = await Promise.all(
        Array.from({ length: count }, () => openRawClient(through.port)),
      )
      for (const client of added) {
        client.socket.pause()
        client.write(request('POST /v1/x', ['Content-Length: 0', `X-Megabytes: ${megabytes}`]))
      }
      clients.push(...added)
      await big.stalled(clients.length)
      return through.residentMiB()
    }
    const before = await addUnread(20)
    const growth = (await addUnread(20)) - before
    t.ok(growth <= growthMiB, `${before.toFixed(0)} MiB resident, ${growth.toFixed(0)} more`)
    sameBothWays(t, await transfer(through.port, 1), 1)
    for (const client of clients) client.destroy()
    await through.settles('holdfast_upstream_connections', 0)
  },
)
