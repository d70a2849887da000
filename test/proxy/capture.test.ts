import type { IncomingMessage } from 'node:http'
import t from 'tap'
import type { CapturedBodies, EndedExchange } from '../../src/exchange/captured.ts'
import { createCapture } from '../../src/proxy/capture.ts'

const trace = '0af7651916cd43dd8448eb211c80319c'
const request = {
  method: 'POST',
  headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` },
  rawHeaders: ['Authorization', 'Bearer secret', 'X-Session-Id', 's1', 'x-session-id', 's2'],
} as unknown as IncomingMessage

function setUp(budgetBytes = 1000) {
  let now = 0
  const events: string[] = []
  const captured: CapturedBodies[] = []
  const pressure = { admits: true, stopped: false }
  const ended: EndedExchange[] = []
  const capture = createCapture({
    clock: { now: () => 5000 + now, monotonic: () => now },
    requestBytesMax: 10,
    responseBytesMax: 20,
    budgetBytes,
    protocolOf: (_method, path) => (path === '/chat' ? 'openai_chat' : 'unknown'),
    wants: (protocol) => protocol !== 'unknown',
    requestHeaderNames: new Set(['x-session-id']),
    responseHeaderNames: new Set(['content-type']),
    admits: () => pressure.admits,
    stopped: () => pressure.stopped,
    sink: {
      sampled: (protocol) => events.push(`sampled ${protocol}`),
      probe: (protocol) => events.push(`probe ${protocol}`),
      tunnelled: (path) => events.push(`tunnelled ${path}`),
      dropped: (reason) => events.push(`dropped ${reason}`),
      captured: (bodies) => captured.push(bodies),
      ended: (exchange) => ended.push(exchange),
    },
  })
  const open = (path = '/chat', upgrade = false, sent = request) =>
    capture.openTap(sent, path, 'r', upgrade)
  return { capture, pressure, events, captured, ended, open, at: (ms: number) => (now = ms) }
}

t.test(
  'a complete exchange is captured once, with its times and only the listed headers',
  async (t) => {
    const { open, captured, ended, events, capture, at } = setUp()
    const tap = open()
    tap.requestChunk(Buffer.from('ab'))
    at(1)
    tap.requestSent()
    at(100)
    tap.responseHead(200, ['Content-Type', 'text/plain', 'Set-Cookie', 'x'])
    at(102)
    tap.responseSent()
    at(110)
    tap.responseChunk(Buffer.from('cd'))
    at(150)
    tap.responseChunk(Buffer.from('ef'))
    t.equal(capture.heldBytes(), 6)
    at(160)
    tap.end('complete')
    t.equal(capture.heldBytes(), 0)
    t.same(events, ['sampled openai_chat'])
    t.equal(captured.length, 1)
    t.same(captured[0]?.requestHeaders, { 'x-session-id': 's1' })
    t.same(captured[0]?.responseHeaders, { 'content-type': 'text/plain' })
    t.equal(Buffer.concat([...(captured[0]?.response ?? [])]).toString(), 'cdef')
    t.equal(captured[0]?.bytes, 6)
    t.same(ended, [
      {
        protocol: 'openai_chat',
        route: 'r',
        method: 'POST',
        path: '/chat',
        outcome: 'complete',
        status: 200,
        errorKind: undefined,
        startedAt: 5000,
        overheadMs: 3,
        firstByteMs: 100,
        durationMs: 160,
        largestGapMs: 40,
        traceId: trace,
      },
    ])
  },
)

t.test('unknown protocols and tunnels are counted but not sampled', async (t) => {
  const { open, events, ended, captured } = setUp()
  open('/other').end('complete')
  open('/chat', true).end('complete')
  t.same([events.length, ended.length, captured.length], [0, 2, 0])
})

t.test('a body over its cap gives the capture up at once, once, and frees its bytes', async (t) => {
  const { open, events, captured, capture } = setUp()
  const tap = open()
  tap.requestChunk(Buffer.alloc(8))
  tap.requestChunk(Buffer.alloc(8))
  t.equal(capture.heldBytes(), 0)
  tap.responseChunk(Buffer.alloc(50))
  tap.end('complete')
  t.same(events, ['sampled openai_chat', 'dropped request_truncated'])
  const other = open()
  other.responseChunk(Buffer.alloc(21))
  other.end('complete')
  t.equal(events.at(-1), 'dropped response_truncated')
  t.equal(captured.length, 0)
})

t.test('captures together never hold more than the budget', async (t) => {
  const { open, events, captured, capture } = setUp(15)
  const first = open()
  const second = open()
  first.requestChunk(Buffer.alloc(9))
  second.requestChunk(Buffer.alloc(9))
  t.equal(capture.heldBytes(), 9)
  first.end('complete')
  second.end('complete')
  t.equal(capture.heldBytes(), 0)
  t.same(events.slice(2), ['dropped capture_budget'])
  t.equal(captured.length, 1)
})

t.test('an exchange that did not complete is dropped by the name of its end', async (t) => {
  const { open, events } = setUp()
  for (const outcome of [
    'client_aborted',
    'upstream_reset',
    'upstream_error',
    'refused',
  ] as const) {
    open().end(outcome)
    t.equal(events.at(-1), `dropped ${outcome}`)
  }
})

t.test('a probe passes, is counted, and is neither sampled nor held', async (t) => {
  const { capture, events, captured, ended, open } = setUp()
  const headers = { ...request.headers, 'x-holdfast-probe': 'run_1' }
  const tap = open('/chat', false, Object.assign(Object.create(request), { headers }))
  tap.requestChunk(Buffer.from('12345'))
  tap.responseHead(200, [])
  tap.responseChunk(Buffer.from('1234567'))
  t.equal(capture.heldBytes(), 0)
  tap.end('complete')
  t.same(events, ['probe openai_chat'])
  t.equal(captured.length, 0)
  t.match(ended, [{ protocol: 'openai_chat', outcome: 'complete', status: 200 }])
})

t.test('under pressure a new exchange is not held, and is dropped as shed', async (t) => {
  const { open, pressure, events, captured, capture } = setUp()
  pressure.admits = false
  const tap = open()
  tap.requestChunk(Buffer.from('ab'))
  t.equal(capture.heldBytes(), 0)
  tap.end('complete')
  t.same(events, ['sampled openai_chat', 'dropped shed'])
  t.same(captured, [])
})

t.test(
  'when capture stops, open captures are let go at their next chunk or at their end',
  async (t) => {
    const { open, pressure, events, captured, ended, capture } = setUp()
    const [streaming, done] = [open(), open()]
    streaming.requestChunk(Buffer.from('ab'))
    done.requestChunk(Buffer.from('cd'))
    pressure.stopped = true
    t.equal(capture.heldBytes(), 4)
    streaming.responseChunk(Buffer.from('ef'))
    t.equal(capture.heldBytes(), 2)
    done.end('complete')
    t.equal(capture.heldBytes(), 0)
    streaming.end('complete')
    t.same(events.slice(2), ['dropped shed', 'dropped shed'])
    t.same(captured, [])
    t.equal(ended.length, 2, 'both exchanges are counted all the same')
  },
)

t.test(
  'a tunnel is told when the upstream agrees, and an upgrade it refuses is none',
  async (t) => {
    const { open, events } = setUp()
    const agreed = open('/v1/realtime', true)
    agreed.requestSent()
    t.same(events, [])
    agreed.responseHead(101, [])
    agreed.end('complete')
    t.same(events, ['tunnelled /v1/realtime'])
    const refused = open('/v1/realtime', true)
    refused.responseHead(401, [])
    refused.end('complete')
    open('/chat', false).responseHead(101, [])
    t.same(events, ['tunnelled /v1/realtime', 'sampled openai_chat'])
  },
)
