import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { systemClock } from '../../src/clock.ts'
import {
  createUpstreamClient,
  type UpstreamClientOptions,
  type UpstreamPost,
  type UpstreamReply,
} from '../../src/upstream/http-client.ts'
import { type Certificate, createAuthority, selfSigned } from '../e2e/support/certificates.ts'

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void

async function listen(t: Test, server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    if (server instanceof http.Server || server instanceof https.Server)
      server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

async function serve(t: Test, handler: Handler): Promise<URL> {
  const port = await listen(t, http.createServer(handler))
  return new URL(`http://127.0.0.1:${port}/x`)
}

function poster(t: Test, options: Partial<UpstreamClientOptions> = {}) {
  const client = createUpstreamClient({ clock: systemClock, connectionsMax: 4, ...options })
  t.teardown(() => client.close())
  return (url: URL, changes: Partial<UpstreamPost> = {}): Promise<UpstreamReply> =>
    client.post({
      url,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{"a":1}'),
      deadlineMs: 5000,
      responseBytesMax: 65_536,
      retriesMax: 1,
      ...changes,
    })
}

const textOf = (reply: UpstreamReply): string =>
  reply.kind === 'response' ? Buffer.from(reply.body).toString() : reply.reason

t.test('a post sends its body and headers and gives status and body back', async (t) => {
  const url = await serve(t, (request, response) => {
    request.on('data', (chunk: Buffer) =>
      response.end(`${request.method} ${request.headers['accept-encoding']} ${chunk.toString()}`),
    )
  })
  const reply = await poster(t)(url)
  t.equal(textOf(reply), 'POST identity {"a":1}')
  t.same([reply.kind, reply.attempts], ['response', 1])
})

t.test('nobody listening is a failure to connect', async (t) => {
  const server = net.createServer()
  const port = await listen(t, server)
  await new Promise((resolve) => server.close(resolve))
  t.same(await poster(t)(new URL(`http://127.0.0.1:${port}/`)), {
    kind: 'failed',
    reason: 'connect',
    attempts: 1,
  })
})

t.test('an answer that does not come in time fails at the deadline', async (t) => {
  const url = await serve(t, () => {})
  t.same(await poster(t)(url, { deadlineMs: 40 }), {
    kind: 'failed',
    reason: 'deadline',
    attempts: 1,
  })
})

t.test('an answer that drips for ever fails at the deadline and its connection ends', async (t) => {
  let closed: (() => void) | undefined
  const ended = new Promise<void>((resolve) => {
    closed = resolve
  })
  const url = await serve(t, (_request, response) => {
    const drip = setInterval(() => response.write('x'), 5)
    response.on('close', () => {
      clearInterval(drip)
      closed?.()
    })
  })
  t.equal(textOf(await poster(t)(url, { deadlineMs: 100 })), 'deadline')
  await ended
})

t.test('an answer of 50 MB is cut at the cap', async (t) => {
  let sent = 0
  let closed: (() => void) | undefined
  const ended = new Promise<void>((resolve) => {
    closed = resolve
  })
  const url = await serve(t, (_request, response) => {
    const chunk = Buffer.alloc(65_536, 'x')
    const more = (): void => {
      while (sent < 50e6) {
        sent += chunk.byteLength
        if (!response.write(chunk)) break
      }
    }
    response.on('drain', more)
    response.on('close', () => closed?.())
    more()
  })
  t.equal(textOf(await poster(t)(url, { responseBytesMax: 100_000 })), 'too_large')
  await ended
  t.ok(sent < 20e6, `the server could send ${sent} bytes into its own and the system's buffers`)
})

t.test('an answer of exactly the cap is taken, one byte more is not', async (t) => {
  const url = await serve(t, (_request, response) => response.end('x'.repeat(1000)))
  const post = poster(t)
  t.equal(textOf(await post(url, { responseBytesMax: 1000 })).length, 1000)
  t.equal(textOf(await post(url, { responseBytesMax: 999 })), 'too_large')
})

t.test('an answer that breaks off is a reset, never a short body', async (t) => {
  const url = await serve(t, (_request, response) => {
    response.writeHead(200, { 'content-length': 100 })
    response.write('half', () => response.destroy())
  })
  t.equal(textOf(await poster(t)(url)), 'reset')
})

t.test('bytes that are not HTTP are a reset', async (t) => {
  const port = await listen(
    t,
    net.createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.end('\u0000\u0001 no http at all\r\n\r\n')
    }),
  )
  t.equal(textOf(await poster(t)(new URL(`http://127.0.0.1:${port}/`))), 'reset')
})

t.test('a compressed answer, which was not asked for, is undecodable', async (t) => {
  const url = await serve(t, (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{}')),
  )
  t.equal(textOf(await poster(t)(url)), 'undecodable')
})

t.test('a redirect is an answer and is not followed', async (t) => {
  let hits = 0
  const url = await serve(t, (_request, response) => {
    hits++
    response.writeHead(307, { location: '/elsewhere' }).end()
  })
  const reply = await poster(t)(url)
  t.match(reply, { kind: 'response', status: 307 })
  t.equal(hits, 1)
})

t.test('429 and 503 are repeated when they ask for it, as often as allowed', async (t) => {
  for (const status of [429, 503]) {
    let hits = 0
    const url = await serve(t, (_request, response) => {
      hits++
      response.writeHead(status, { 'retry-after': '0' }).end('later')
    })
    const reply = await poster(t)(url, { retriesMax: 2 })
    t.match(reply, { kind: 'response', status, attempts: 3 })
    t.equal(hits, 3)
  }
})

t.test('a repetition that works gives its own answer', async (t) => {
  let hits = 0
  const url = await serve(t, (_request, response) => {
    if (hits++ === 0) response.writeHead(429, { 'retry-after': '0' }).end('later')
    else response.end('now')
  })
  const reply = await poster(t)(url)
  t.equal(textOf(reply), 'now')
  t.equal(reply.attempts, 2)
})

t.test('nothing else is repeated', async (t) => {
  const cases: [number, Record<string, string>][] = [
    [503, {}],
    [429, { 'retry-after': 'soon' }],
    [429, { 'retry-after': '3600' }],
    [500, { 'retry-after': '0' }],
    [200, { 'retry-after': '0' }],
  ]
  for (const [status, headers] of cases) {
    let hits = 0
    const url = await serve(t, (_request, response) => {
      hits++
      response.writeHead(status, headers).end()
    })
    t.match(await poster(t)(url), { kind: 'response', status, attempts: 1 })
    t.equal(hits, 1, `${status} ${JSON.stringify(headers)}`)
  }
})

async function serveTls(
  t: Test,
  { cert, key }: Certificate,
): Promise<{ url: URL; hits(): number }> {
  let hits = 0
  const server = https.createServer({ cert, key }, (_request, response) => {
    hits++
    response.end('secure')
  })
  const port = await listen(t, server)
  return { url: new URL(`https://127.0.0.1:${port}/`), hits: () => hits }
}

t.test('a certificate that is not trusted gets no request', async (t) => {
  const authority = createAuthority('test root')
  const expired = { notBefore: new Date(1e12), notAfter: new Date(1.1e12) }
  const cases: [string, Certificate][] = [
    ['self-signed', selfSigned(['IP:127.0.0.1'])],
    ['of an unknown authority', createAuthority('other').issue({ names: ['IP:127.0.0.1'] })],
    ['of another name', authority.issue({ names: ['other.example'] })],
    ['expired', authority.issue({ names: ['IP:127.0.0.1'], ...expired })],
  ]
  const post = poster(t, { ca: [authority.cert] })
  for (const [name, certificate] of cases) {
    const { url, hits } = await serveTls(t, certificate)
    t.equal(textOf(await post(url)), 'tls', name)
    t.equal(hits(), 0, name)
  }
})

t.test('a certificate of a trusted authority gets the request', async (t) => {
  const authority = createAuthority('test root')
  const { url } = await serveTls(t, authority.issue({ names: ['IP:127.0.0.1'] }))
  t.equal(textOf(await poster(t, { ca: [authority.cert] })(url)), 'secure')
})

t.test('a plain server behind an https address is a TLS failure', async (t) => {
  const url = await serve(t, (_request, response) => response.end('plain'))
  t.equal(textOf(await poster(t)(new URL(`https://${url.host}/`))), 'tls')
})

t.test('a handshake that stands still fails at the deadline', async (t) => {
  const port = await listen(
    t,
    net.createServer((socket) => {
      t.teardown(() => socket.destroy())
      socket.on('error', () => socket.destroy())
    }),
  )
  const url = new URL(`https://127.0.0.1:${port}/`)
  t.equal(textOf(await poster(t)(url, { deadlineMs: 50 })), 'deadline')
})

t.test('more calls than connections wait for one, within their deadline', async (t) => {
  const held: (() => void)[] = []
  let arrived: (() => void) | undefined
  const first = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const url = await serve(t, (_request, response) => {
    held.push(() => response.end('done'))
    arrived?.()
  })
  const post = poster(t, { connectionsMax: 1 })
  const holder = post(url)
  await first
  t.equal(textOf(await post(url, { deadlineMs: 30 })), 'deadline')
  held[0]?.()
  t.equal(textOf(await holder), 'done')
  const next = post(url)
  while (held.length < 2) await new Promise((resolve) => setImmediate(resolve))
  held[1]?.()
  t.equal(textOf(await next), 'done')
})
