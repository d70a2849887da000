/** Where the monitor thread begins: reads its modules, builds its stages and runs them. */
import { parentPort, workerData } from 'node:worker_threads'
import { readAhead } from '../read-ahead.ts'
import type { MonitorSettings } from './messages.ts'

if (parentPort === null) throw new Error('monitor/thread.ts runs as a worker thread only')
await readAhead('./run-thread.ts', import.meta.url)
const { runThread } = await import('./run-thread.ts')
await runThread(parentPort, workerData as MonitorSettings)
