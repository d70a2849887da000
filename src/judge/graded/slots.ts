/**
 * So many calls at a time, so many waiting behind them, and no more: the newest is turned away. One
 * that waited too long is turned away when its turn comes.
 */
export const slotRefusals = ['queue_full', 'queue_expired', 'closed'] as const
export type SlotRefusal = (typeof slotRefusals)[number]

export interface SlotOptions {
  concurrency: number
  queueMax: number
  waitMsMax: number
  /** Monotonic milliseconds. */
  now: () => number
}

export interface Slots {
  /** Each 'taken' is given back by exactly one `release`. */
  take(): Promise<'taken' | SlotRefusal>
  release(): void
  running(): number
  queued(): number
  /** Turns away all that wait, and all that come. */
  close(): void
}

export function createSlots({ concurrency, queueMax, waitMsMax, now }: SlotOptions): Slots {
  let waiting: { since: number; answer: (result: 'taken' | SlotRefusal) => void }[] = []
  let running = 0
  let closed = false
  return {
    take() {
      if (closed) return Promise.resolve('closed')
      if (running < concurrency) {
        running++
        return Promise.resolve('taken')
      }
      if (waiting.length >= queueMax) return Promise.resolve('queue_full')
      return new Promise((answer) => waiting.push({ since: now(), answer }))
    },
    release() {
      if (running === 0) throw new Error('a slot was released that nobody holds')
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        // The slot is handed over, so `running` stays.
        if (now() - next.since <= waitMsMax) return next.answer('taken')
        next.answer('queue_expired')
      }
      running--
    },
    running: () => running,
    queued: () => waiting.length,
    close() {
      closed = true
      const left = waiting
      waiting = []
      for (const { answer } of left) answer('closed')
    },
  }
}
