import t from 'tap'
import type { CapturedBodies } from '../../src/exchange/captured.ts'
import type { Batch } from '../../src/monitor/messages.ts'
import { createQueue } from '../../src/monitor/queue.ts'

const captured = (request: string[], response: string[]): CapturedBodies => ({
  exchange: {
    protocol: 'openai_chat',
    route: 'r',
    method: 'POST',
    path: '/v1/chat/completions',
    outcome: 'complete',
    status: 200,
    errorKind: undefined,
    startedAt: 1,
    overheadMs: 0,
    firstByteMs: 2,
    durationMs: 3,
    largestGapMs: 1,
    traceId: undefined,
  },
  requestHeaders: {},
  responseHeaders: {},
  request: request.map((text) => Buffer.from(text)),
  response: response.map((text) => Buffer.from(text)),
  bytes: Buffer.byteLength(request.join('') + response.join('')),
})

function setUp(windowItems = 1000, windowBytes = 10_000_000) {
  const sent: Batch[] = []
  const drops = new Map<string, number>()
  const queue = createQueue({
    windowItems,
    windowBytes,
    send: (batch) => sent.push(batch),
    dropped: (reason, count) => drops.set(reason, (drops.get(reason) ?? 0) + count),
  })
  return { queue, sent, drops }
}

const bodiesOf = (batch: Batch | undefined): [string, string][] =>
  (batch?.exchanges ?? []).map(({ requestOffset, requestLength, responseLength }) => [
    Buffer.from(batch?.bodies ?? new ArrayBuffer(0), requestOffset, requestLength).toString(),
    Buffer.from(
      batch?.bodies ?? new ArrayBuffer(0),
      requestOffset + requestLength,
      responseLength,
    ).toString(),
  ])

t.test('exchanges gathered within a moment travel in one batch, bodies side by side', async (t) => {
  const { queue, sent } = setUp()
  queue.setOpen(true)
  queue.offer(captured(['a', 'b'], ['c']))
  queue.offer(captured([], ['dé', 'f']))
  queue.offer(captured(['g'], []))
  t.equal(sent.length, 0, 'nothing is sent at once')
  await new Promise((resolve) => setTimeout(resolve, 60))
  t.equal(sent.length, 1)
  t.same(bodiesOf(sent[0]), [
    ['ab', 'c'],
    ['', 'déf'],
    ['g', ''],
  ])
  t.equal(queue.size(), 3)
  t.equal(queue.acknowledge(sent[0]?.id ?? 0, sent[0]?.bodies ?? new ArrayBuffer(0)), 3)
  t.equal(queue.size(), 0)
})

t.test('64 exchanges or 256 KiB are sent without waiting', async (t) => {
  const { queue, sent } = setUp()
  queue.setOpen(true)
  for (let i = 0; i < 64; i++) queue.offer(captured(['x'], []))
  t.equal(sent.length, 1)
  queue.offer(captured(['y'.repeat(200_000)], []))
  queue.offer(captured(['z'.repeat(300_000)], []))
  t.equal(sent.length, 3)
  t.equal(bodiesOf(sent[2])[0]?.[0].length, 300_000)
})

t.test('buffers that came back are used again', async (t) => {
  const { queue, sent } = setUp()
  queue.setOpen(true)
  for (let i = 0; i < 64; i++) queue.offer(captured(['x'], []))
  const first = sent[0]
  queue.acknowledge(first?.id ?? 0, first?.bodies ?? new ArrayBuffer(0))
  for (let i = 0; i < 64; i++) queue.offer(captured(['x'], []))
  t.equal(sent[1]?.bodies, first?.bodies)
})

t.test('the window bounds items and bytes, sent or gathered; the newest is dropped', async (t) => {
  const { queue, sent, drops } = setUp(70, 1000)
  queue.setOpen(true)
  for (let i = 0; i < 75; i++) queue.offer(captured(['x'], []))
  t.equal(drops.get('window_items'), 5)
  queue.acknowledge(sent[0]?.id ?? 0, sent[0]?.bodies ?? new ArrayBuffer(0))
  queue.offer(captured(['y'.repeat(2000)], []))
  t.equal(drops.get('window_bytes'), 1)
  t.equal(queue.size(), 6)
})

t.test('while closed exchanges gather, and go out on opening', async (t) => {
  const { queue, sent } = setUp()
  for (let i = 0; i < 100; i++) queue.offer(captured(['x'], []))
  t.equal(sent.length, 0)
  queue.setOpen(true)
  t.same(
    sent.map((batch) => batch.exchanges.length),
    [100],
  )
})

t.test('what was lost is counted, and its late acknowledgement is worth nothing', async (t) => {
  const { queue, sent, drops } = setUp()
  queue.setOpen(true)
  for (let i = 0; i < 70; i++) queue.offer(captured(['x'], []))
  queue.setOpen(false)
  t.equal(queue.lose(), 64)
  queue.discard('monitor_down')
  t.equal(drops.get('monitor_down'), 6)
  t.equal(queue.acknowledge(sent[0]?.id ?? 0, sent[0]?.bodies ?? new ArrayBuffer(0)), 0)
  t.equal(queue.size(), 0)
})
