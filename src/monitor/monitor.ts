/**
 * Keeps one monitor thread alive, from the outside. The thread may throw, exit, spin or run out of
 * memory: what it held is counted as lost, it is started again after a growing pause, and the traffic
 * thread never waits for it.
 */
import { Worker } from 'node:worker_threads'
import type { Clock } from '../clock.ts'
import type { RestartReason } from '../metrics/catalogue.ts'
import type { MetricDelta } from '../metrics/delta.ts'
import type { BudgetState } from '../spend/budget.ts'
import type { OperatorAnswer } from '../watch/operator.ts'
import type { Batch, FromMonitor, MonitorRequest, ToMonitor } from './messages.ts'
import { createRestartPause } from './restart-pause.ts'

export interface MonitorOptions {
  /** The thread's module; it gets `workerData` and speaks the messages of messages.ts. */
  threadUrl: URL
  workerData: unknown
  heapMb: number
  /** Flags of the thread's Node; undefined: those of this process. */
  execArgv?: readonly string[] | undefined
  /** Without a sign of life for this long the thread is ended and started again. */
  stallMs: number
  restartBackoffMaxMs: number
  clock: Clock
  onDone(id: number, delta: MetricDelta, bodies: ArrayBuffer): void
  onFigures(delta: MetricDelta): void
  onCascade(delta: MetricDelta, spent: BudgetState): void
  onCheckpoint(bytes: Uint8Array): void
  onUnusable(key: string, reason: string): void
  /** The thread takes batches from now on, or no longer does. */
  onOpen(open: boolean): void
  /** The thread is gone, and with it every batch it had not acknowledged. */
  onLost(reason: RestartReason, error: unknown): void
  /** The thread has ended because another one is wanted, and has written what it held. */
  onReplaced(): void
}

export interface Monitor {
  send(batch: Batch): void
  /** True while the thread answers; false at the latest two seconds after it stopped to. */
  isUp(): boolean
  /** Asks the thread; it is given a while to answer. */
  ask(request: MonitorRequest): Promise<OperatorAnswer>
  /** Changes what is read, at once and for every thread that is started later. */
  setSampleRate(rate: number): void
  /** Another thread, built from this; the one that runs may write what it holds before. */
  replace(workerData: unknown, heapMb: number): Promise<void>
  /** Lets the thread write what it holds, for a while, then ends it. */
  close(): Promise<void>
}

const checkMs = 500
const silentMs = 2000
/** Loading language models on a busy machine takes its time; until then silence says nothing. */
const startMsMax = 60_000
/** What lives for one exchange is small; the default triples the resident memory of the thread. */
const youngHeapMb = 4
const answerMs = 5000
const stopMs = 2000
const asksMax = 64

export function createMonitor(options: MonitorOptions): Monitor {
  let worker: Worker | undefined
  let ready = false
  let closing = false
  let stalled = false
  let lastHeard = 0
  const pause = createRestartPause(options.restartBackoffMaxMs)
  let restart: NodeJS.Timeout | undefined
  const now = (): number => options.clock.monotonic()
  const asked = createAsked()
  let stopped: (() => void) | undefined
  let { workerData, heapMb } = options
  let replacing = false

  const start = (): void => {
    ready = false
    stalled = false
    lastHeard = now()
    let failure: unknown
    const thread = new Worker(options.threadUrl, {
      workerData,
      resourceLimits: {
        maxOldGenerationSizeMb: heapMb,
        maxYoungGenerationSizeMb: youngHeapMb,
      },
      ...(options.execArgv === undefined ? {} : { execArgv: [...options.execArgv] }),
    })
    worker = thread
    thread.on('message', (message: FromMonitor) => {
      lastHeard = now()
      if (message.kind === 'done') options.onDone(message.id, message.delta, message.bodies)
      else if (message.kind === 'figures') options.onFigures(message.delta)
      else if (message.kind === 'cascade') options.onCascade(message.delta, message.spent)
      else if (message.kind === 'checkpoint') options.onCheckpoint(message.bytes)
      else if (message.kind === 'answer') asked.settle(message.id, message.answer)
      else if (message.kind === 'stopped') stopped?.()
      else if (message.kind === 'unusable') options.onUnusable(message.key, message.reason)
      else if (message.kind === 'ready') {
        ready = true
        pause.ready(now())
        options.onOpen(true)
      }
    })
    thread.on('error', (error) => {
      failure = error
    })
    thread.on('exit', () => {
      worker = undefined
      stopped?.()
      if (closing) return
      ready = false
      options.onOpen(false)
      if (replacing) {
        replacing = false
        options.onReplaced()
        return start()
      }
      options.onLost(stalled ? 'stalled' : reasonOf(failure), failure)
      restart = setTimeout(start, pause.lost(now()))
    })
  }

  const end = async (): Promise<void> => {
    const thread = worker
    if (ready && thread !== undefined) {
      const done = new Promise<void>((resolve) => {
        stopped = resolve
      })
      const message: ToMonitor = { kind: 'stop' }
      thread.postMessage(message)
      await Promise.race([done, wait(stopMs)])
    }
    await thread?.terminate()
  }
  const check = setInterval(() => {
    const patienceMs = ready ? options.stallMs : startMsMax
    if (worker === undefined || stalled || now() - lastHeard < patienceMs) return
    stalled = true
    void worker.terminate()
  }, checkMs)
  check.unref()
  start()

  return {
    send(batch) {
      worker?.postMessage(batch, [batch.bodies])
    },
    isUp: () => ready && now() - lastHeard < silentMs,
    ask(request) {
      const target = ready ? worker : undefined
      if (target === undefined) return Promise.resolve(away)
      return asked.open((id) => {
        const message: ToMonitor = { kind: 'ask', id, request }
        target.postMessage(message)
      })
    },
    setSampleRate(rate) {
      const message: ToMonitor = { kind: 'sample_rate', rate }
      worker?.postMessage(message)
    },
    async replace(data, heap) {
      workerData = data
      heapMb = heap
      // None runs: the next one is built from it.
      if (worker === undefined || closing) return
      replacing = true
      options.onOpen(false)
      await end()
    },
    async close() {
      closing = true
      clearInterval(check)
      clearTimeout(restart)
      await end()
    },
  }
}

function reasonOf(failure: unknown): RestartReason {
  if (failure === undefined) return 'exit'
  const code = failure instanceof Error && 'code' in failure ? failure.code : undefined
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out_of_memory' : 'error'
}

const away = {
  ok: false,
  failure: 'unavailable',
  reason: 'the monitor is not running',
} as const satisfies OperatorAnswer

/** Questions on their way: each is answered once, by the thread or by the clock. */
function createAsked() {
  const open = new Map<number, (answer: OperatorAnswer) => void>()
  let next = 0
  return {
    open(send: (id: number) => void): Promise<OperatorAnswer> {
      if (open.size >= asksMax) return Promise.resolve({ ...away, reason: 'too many questions' })
      const id = next++
      return new Promise((resolve) => {
        const timer = setTimeout(
          () => settle(id, { ...away, reason: 'no answer in time' }),
          answerMs,
        )
        open.set(id, (answer) => {
          clearTimeout(timer)
          resolve(answer)
        })
        send(id)
      })
    },
    settle,
  }
  function settle(id: number, answer: OperatorAnswer): void {
    open.get(id)?.(answer)
    open.delete(id)
  }
}

const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
