/** Where the monitor thread begins: reads its modules, builds its stages and runs them. */
import { parentPort, workerData } from 'node:worker_threads'
import type { MonitorSettings } from './messages.ts'
import { runThread } from './run-thread.ts'

if (parentPort === null) throw new Error('monitor/thread.ts runs as a worker thread only')
await runThread(parentPort, workerData as MonitorSettings)
