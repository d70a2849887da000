/**
 * A monitor thread that fails on request: the session header of an exchange names the failure. All
 * else goes to the real thread, which it loads.
 */
import { parentPort } from 'node:worker_threads'
import type { Batch } from '../../src/monitor/messages.ts'

const faults: Record<string, () => void> = {
  throw: () => {
    throw new Error('planted')
  },
  exit: () => process.exit(3),
  loop: () => {
    for (;;);
  },
  out_of_memory: () => {
    const kept: number[][] = []
    for (;;) kept.push(new Array(100_000).fill(kept.length))
  },
}

parentPort?.on('message', ({ exchanges }: Batch) => {
  for (const { requestHeaders } of exchanges) {
    faults[requestHeaders['x-session-id']?.replace('fault-', '') ?? '']?.()
  }
})

if (process.env['HOLDFAST_TEST_BARE_THREAD'] === undefined) {
  await import('../../src/monitor/thread.ts')
} else {
  parentPort?.on('message', ({ id, bodies }: Batch) => {
    parentPort?.postMessage(
      { kind: 'done', id, delta: { counts: [], observations: [], lost: [] }, bodies },
      [bodies],
    )
  })
  setInterval(() => parentPort?.postMessage({ kind: 'alive' }), 100)
  parentPort?.postMessage({ kind: 'ready' })
}
