/**
 * A monitor thread that fails on request: the session header of an exchange names the failure. All
 * else goes to the built thread. Plain JavaScript, so that it starts as quickly as the built one.
 */
import { parentPort, workerData } from 'node:worker_threads'

const faults = {
  'fault-throw': () => {
    throw new Error('planted')
  },
  'fault-exit': () => process.exit(3),
  'fault-loop': () => {
    for (;;);
  },
  'fault-out_of_memory': () => {
    const kept = []
    for (;;) kept.push(new Array(100_000).fill(kept.length))
  },
}

parentPort.on('message', ({ exchanges = [] }) => {
  for (const { requestHeaders } of exchanges) faults[requestHeaders['x-session-id']]?.()
})

if (process.env.HOLDFAST_TEST_BARE_THREAD === undefined) {
  await import('../../dist/monitor/thread.js')
} else {
  const tell = (key, reason) => parentPort.postMessage({ kind: 'unusable', key, reason })
  parentPort.on('message', ({ kind, rate, id, bodies }) => {
    if (kind === 'stop') return parentPort.postMessage({ kind: 'stopped' })
    if (kind !== undefined) return tell(kind, `${rate}`)
    const delta = { counts: [], observations: [], lost: [] }
    parentPort.postMessage({ kind: 'done', id, delta, bodies }, [bodies])
  })
  setInterval(() => parentPort.postMessage({ kind: 'alive' }), 100)
  parentPort.postMessage({ kind: 'ready' })
  tell('built from', `${workerData.name}`)
}
