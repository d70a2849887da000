/**
 * From the traffic thread to the monitor: captured exchanges are gathered for a few milliseconds and
 * handed over many at a time. A window of items and bytes bounds everything that is gathered or
 * unacknowledged; what comes on top is dropped, newest first, and counted. Nothing here waits.
 *
 * Bodies are copied once, into a buffer of our own that is transferred and comes back: chunks of the
 * sockets may share memory with traffic that is still being sent.
 */
import type { CapturedBodies } from '../exchange/captured.ts'
import type { QueueDrop } from '../exchange/drop.ts'
import type { Batch, BatchedExchange } from './messages.ts'

export interface QueueOptions {
  /** Exchanges gathered or unacknowledged. */
  windowItems: number
  windowBytes: number
  /** Hands a batch over; the queue no longer touches its buffer. */
  send(batch: Batch): void
  dropped(reason: QueueDrop, count: number): void
}

export interface Queue {
  offer(captured: CapturedBodies): void
  /** Starts or stops sending; while stopped, exchanges gather up to the window. */
  setOpen(open: boolean): void
  /** The batch is done; its buffer, when it came back, is used again. Returns how many exchanges it held. */
  acknowledge(id: number, bodies: ArrayBuffer): number
  /** Forgets every unacknowledged batch and says how many exchanges were in them. */
  lose(): number
  /** Drops what has been gathered but not sent. */
  discard(reason: QueueDrop): void
  /** Exchanges gathered or unacknowledged now. */
  size(): number
}

const batchItems = 64
const batchBytes = 256 * 1024
const gatherMs = 20
const spareBuffersMax = 8

export function createQueue(options: QueueOptions): Queue {
  let gathered: CapturedBodies[] = []
  let gatheredBytes = 0
  const sent = new Map<number, { items: number; bytes: number }>()
  let sentItems = 0
  let sentBytes = 0
  let nextId = 1
  let open = false
  let timer: NodeJS.Timeout | undefined
  const spare: ArrayBuffer[] = []

  const bufferFor = (bytes: number): ArrayBuffer => {
    if (bytes > batchBytes) return Buffer.allocUnsafeSlow(bytes).buffer
    return spare.pop() ?? new ArrayBuffer(batchBytes)
  }

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (!open || gathered.length === 0) return
    const bodies = bufferFor(gatheredBytes)
    const exchanges = layOut(gathered, bodies)
    const id = nextId++
    sent.set(id, { items: exchanges.length, bytes: gatheredBytes })
    sentItems += exchanges.length
    sentBytes += gatheredBytes
    gathered = []
    gatheredBytes = 0
    options.send({ id, exchanges, bodies })
  }

  return {
    offer(captured) {
      if (sentItems + gathered.length >= options.windowItems) {
        return options.dropped('window_items', 1)
      }
      if (sentBytes + gatheredBytes + captured.bytes > options.windowBytes) {
        return options.dropped('window_bytes', 1)
      }
      if (gatheredBytes + captured.bytes > batchBytes) flush()
      gathered.push(captured)
      gatheredBytes += captured.bytes
      if (gathered.length >= batchItems || gatheredBytes >= batchBytes) flush()
      else timer ??= setTimeout(flush, gatherMs)
    },
    setOpen(value) {
      open = value
      if (open) flush()
    },
    acknowledge(id, bodies) {
      const batch = sent.get(id)
      if (bodies.byteLength === batchBytes && spare.length < spareBuffersMax) spare.push(bodies)
      if (batch === undefined) return 0
      sent.delete(id)
      sentItems -= batch.items
      sentBytes -= batch.bytes
      return batch.items
    },
    lose() {
      const lost = sentItems
      sent.clear()
      sentItems = 0
      sentBytes = 0
      return lost
    },
    discard(reason) {
      clearTimeout(timer)
      timer = undefined
      const count = gathered.length
      gathered = []
      gatheredBytes = 0
      if (count > 0) options.dropped(reason, count)
    },
    size: () => sentItems + gathered.length,
  }
}

function layOut(gathered: readonly CapturedBodies[], bodies: ArrayBuffer): BatchedExchange[] {
  const bytes = new Uint8Array(bodies)
  let offset = 0
  const copy = (chunks: readonly Buffer[]): number => {
    const start = offset
    for (const chunk of chunks) {
      bytes.set(chunk, offset)
      offset += chunk.length
    }
    return offset - start
  }
  return gathered.map(({ exchange, requestHeaders, responseHeaders, request, response }) => ({
    protocol: exchange.protocol,
    method: exchange.method,
    path: exchange.path,
    route: exchange.route,
    status: exchange.status ?? 0,
    startedAt: exchange.startedAt,
    firstByteMs: exchange.firstByteMs ?? 0,
    durationMs: exchange.durationMs,
    largestGapMs: exchange.largestGapMs,
    traceId: exchange.traceId,
    requestHeaders,
    responseHeaders,
    requestOffset: offset,
    requestLength: copy(request),
    responseLength: copy(response),
  }))
}
