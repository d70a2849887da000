import { EventEmitter, once } from 'node:events'
import t from 'tap'
import { systemClock } from '../../src/clock.ts'
import { createMonitor } from '../../src/monitor/monitor.ts'
import { faultyThread } from '../support/threads.ts'

process.env['HOLDFAST_TEST_BARE_THREAD'] = '1'

function setUp(stallMs = 10_000) {
  const events = new EventEmitter()
  const lost: string[] = []
  const monitor = createMonitor({
    threadUrl: faultyThread.url,
    workerData: { name: 'first' },
    execArgv: [],
    heapMb: 64,
    stallMs,
    restartBackoffMaxMs: 200,
    clock: systemClock,
    onDone: (id) => events.emit('done', id),
    onFigures() {},
    onCheckpoint() {},
    onUnusable: (key, reason) => events.emit('told', `${key} ${reason}`),
    onCascade() {},
    onOpen: (open) => events.emit(open ? 'open' : 'closed'),
    onReplaced: () => events.emit('replaced'),
    onLost(reason) {
      lost.push(reason)
      events.emit('lost')
    },
  })
  const send = (id: number, session: string): void => {
    monitor.send({
      id,
      bodies: new ArrayBuffer(8),
      exchanges: [
        {
          protocol: 'openai_chat',
          method: 'POST',
          path: '/',
          route: 'r',
          status: 200,
          startedAt: 0,
          firstByteMs: 0,
          durationMs: 0,
          largestGapMs: 0,
          traceId: undefined,
          requestHeaders: { 'x-session-id': session },
          responseHeaders: {},
          requestOffset: 0,
          requestLength: 0,
          responseLength: 0,
        },
      ],
    })
  }
  return { monitor, events, lost, send }
}

for (const [session, reason] of [
  ['fault-throw', 'error'],
  ['fault-exit', 'exit'],
  ['fault-out_of_memory', 'out_of_memory'],
  ['fault-loop', 'stalled'],
] as const) {
  t.test(`a thread lost by ${reason} is named, down at once, and works again`, async (t) => {
    const { monitor, events, lost, send } = setUp(reason === 'stalled' ? 1000 : 20_000)
    t.equal(monitor.isUp(), false, 'not up before it is ready')
    await once(events, 'open')
    t.equal(monitor.isUp(), true)
    send(1, 'none')
    t.same(await once(events, 'done'), [1])
    send(2, session)
    await once(events, 'lost')
    t.same(lost, [reason])
    t.equal(monitor.isUp(), false)
    await once(events, 'open')
    send(3, 'none')
    t.same(await once(events, 'done'), [3])
    await monitor.close()
    t.same(lost, [reason], 'closing is no loss')
  })
}

t.test('a thread that is replaced acknowledges what it has, and is no loss', async (t) => {
  const { monitor, events, lost, send } = setUp()
  t.same(await once(events, 'told'), ['built from first'])
  const done: unknown[] = []
  events.on('done', (id) => done.push(id))
  const replaced = once(events, 'replaced')
  for (const id of [1, 2, 3]) send(id, 'none')
  const told = once(events, 'told')
  await monitor.replace({ name: 'second' }, 64)
  await replaced
  t.same(done, [1, 2, 3])
  t.same(await told, ['built from second'])
  send(4, 'none')
  await once(events, 'done')
  t.same(done, [1, 2, 3, 4])
  t.same(lost, [])
  await monitor.close()
})

t.test('a thread that has not started yet is replaced too', async (t) => {
  const { monitor, events, lost } = setUp()
  await monitor.replace({ name: 'second' }, 64)
  t.same(await once(events, 'told'), ['built from second'])
  t.equal(monitor.isUp(), true)
  t.same(lost, [])
  await monitor.close()
})

t.test('a new sample rate reaches the thread that runs', async (t) => {
  const { monitor, events } = setUp()
  await once(events, 'told')
  monitor.setSampleRate(0.25)
  t.same(await once(events, 'told'), ['sample_rate 0.25'])
  await monitor.close()
  monitor.setSampleRate(0.5)
})
