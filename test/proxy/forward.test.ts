/** What the raw-socket tests of test/e2e do not reach: who is told what, and when. */
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { createProxy, type ProxyOptions } from '../../src/proxy/server.ts'

async function setUp(
  t: Test,
  handler: (req: IncomingMessage, res: ServerResponse) => void,
  clientConnectionsMax = 100,
) {
  const upstream = http.createServer(handler)
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  const events: string[] = []
  const options: ProxyOptions = {
    routes: [
      {
        name: 'r',
        prefix: '/',
        stripPrefix: true,
        upstream: new URL(`http://127.0.0.1:${(upstream.address() as AddressInfo).port}`),
      },
    ],
    connectionsMax: 100,
    clientConnectionsMax,
    connectTimeoutMs: 1000,
    headersTimeoutMs: 0,
    upstreamIdleMs: 4000,
    keepAliveTimeoutMs: 5000,
    headerBytesMax: 65_536,
    ca: undefined,
    openTap: (_req, path) => ({
      requestChunk() {},
      requestSent() {},
      responseHead() {},
      responseSent() {},
      responseChunk() {},
      upstreamError: (kind) => events.push(`${path} ${kind}`),
      end: (outcome) => events.push(`${path} ${outcome}`),
    }),
    onConnectionRefused() {},
    onClientRefused: () => events.push('client refused'),
  }
  const proxy = await createProxy(options)
  const { port } = await proxy.listen('127.0.0.1', 0)
  t.teardown(async () => {
    upstream.closeAllConnections()
    upstream.close()
    await proxy.close(0)
  })
  const until = async (condition: () => boolean): Promise<void> => {
    for (let i = 0; i < 400 && !condition(); i++) await new Promise((r) => setTimeout(r, 5))
    if (!condition()) throw new Error(`never came: ${events.join(', ')}`)
  }
  return { upstream, proxy, port, events, until }
}

t.test(
  'a client that leaves ends every exchange of its connection, the waiting ones too',
  async (t) => {
    const seen: string[] = []
    const { proxy, port, events, until } = await setUp(t, (req) => {
      seen.push(req.url ?? '')
      req.socket.on('close', () => seen.push(`closed ${req.url}`))
    })
    const client = net.connect(port, '127.0.0.1')
    for (const path of ['/a', '/b', '/c']) client.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
    await until(() => seen.length === 3)
    t.equal(proxy.open(), 3)
    client.destroy()
    await until(() => proxy.open() === 0 && seen.length === 6)
    t.same(events.sort(), ['/a client_aborted', '/b client_aborted', '/c client_aborted'])
  },
)

t.test('an answer that waits behind another one ends with its client', async (t) => {
  let answered = false
  const { proxy, port, events, until } = await setUp(t, (req, res) => {
    // Long enough for the proxy to have read it, and its upstream to be done.
    if (req.url === '/b') res.end('b', () => setTimeout(() => (answered = true), 20))
  })
  const client = net.connect(port, '127.0.0.1')
  for (const path of ['/a', '/b']) client.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
  await until(() => answered)
  t.equal(proxy.open(), 2, 'neither has reached the client')
  client.destroy()
  await until(() => proxy.open() === 0)
  t.same(events.sort(), ['/a client_aborted', '/b client_aborted'])
})

t.test('what follows a malformed request on its connection reaches no upstream', async (t) => {
  const seen: string[] = []
  const { port, until } = await setUp(t, (req, res) => {
    seen.push(req.url ?? '')
    res.end()
  })
  // With a connection to the upstream at hand it would be there at once.
  await (await fetch(`http://127.0.0.1:${port}/before`)).text()
  await new Promise((r) => setTimeout(r, 20))
  const client = net.connect(port, '127.0.0.1')
  let text = ''
  let closed = false
  client.on('data', (bytes) => (text += bytes.toString()))
  client.on('close', () => (closed = true))
  client.write(
    'POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \r\nContent-Length: 3\r\n\r\n9\r\n' +
      'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n',
  )
  await until(() => closed)
  await new Promise((r) => setTimeout(r, 50))
  t.match(text, /^HTTP\/1\.1 400 /)
  t.same(seen, ['/before'])
})

t.test('an upload goes on to its end when the upstream has answered and gone', async (t) => {
  const { port, events, until } = await setUp(t, (req, res) => {
    res.writeHead(413, { 'content-length': '3', connection: 'close' })
    res.end('big', () => req.socket.destroySoon())
  })
  const client = net.connect(port, '127.0.0.1')
  let answer = ''
  client.on('data', (chunk) => {
    answer += chunk.toString()
  })
  client.write(`POST /up HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n`)
  await until(() => answer.endsWith('big'))
  let sent = 0
  for (let i = 0; i < 80; i++) {
    if (!client.write(Buffer.alloc(100_000))) await once(client, 'drain')
    sent += 100_000
  }
  t.equal(sent, 8_000_000, 'the client was let write all of it')
  client.destroy()
  await until(() => events.includes('/up complete'))
})

t.test('over the cap of client connections the newest is closed, the open ones stay', async (t) => {
  const { proxy, port, events, until } = await setUp(t, (_req, res) => res.end('ok'), 2)
  const open = [net.connect(port), net.connect(port)]
  t.teardown(() => open.forEach((socket) => void socket.destroy()))
  await until(() => proxy.clients() === 2)
  const third = net.connect(port)
  third.on('error', () => {})
  await once(third, 'close')
  await until(() => events.includes('client refused'))
  t.equal(proxy.clients(), 2)
  const [first, second] = open
  first?.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
  t.match(String((await once(first ?? net.connect(port), 'data'))[0]), /^HTTP\/1.1 200/)
  second?.destroy()
  await until(() => proxy.clients() === 1)
})
