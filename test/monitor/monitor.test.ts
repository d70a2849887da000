import { EventEmitter, once } from 'node:events'
import t from 'tap'
import { systemClock } from '../../src/clock.ts'
import { createMonitor } from '../../src/monitor/monitor.ts'

process.env['HOLDFAST_TEST_BARE_THREAD'] = '1'

function setUp(stallMs = 10_000) {
  const events = new EventEmitter()
  const lost: string[] = []
  const monitor = createMonitor({
    threadUrl: new URL('./faulty-thread.mjs', import.meta.url),
    workerData: {},
    execArgv: [],
    heapMb: 64,
    stallMs,
    restartBackoffMaxMs: 200,
    clock: systemClock,
    onDone: (id) => events.emit('done', id),
    onFigures() {},
    onCheckpoint() {},
    onUnusable() {},
    onCascade() {},
    onOpen: (open) => events.emit(open ? 'open' : 'closed'),
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
