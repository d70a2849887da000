/**
 * Writes evidence: records wait in a bounded queue, go to the disk in batches, and count as written when
 * the disk has synced them. One operation of the file system runs at a time. When the disk fails,
 * writing stops, the queue holds what it can, what it cannot is counted, and writing is tried again
 * with growing pauses of at most five seconds. No caller waits for any of it.
 */
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { codeOf } from '../error.ts'
import {
  type EvidenceDrop,
  type EvidenceError,
  type EvidenceKind,
  evidenceErrors,
} from '../exchange/evidence.ts'
import type { Disk } from './disk.ts'
import { isRequestFile, readRequest } from './forget-request.ts'
import { createSegment, type OpenSegment } from './open-segment.ts'
import { createQueue } from './queue.ts'
import { type NewRecord, recordVersion } from './record.ts'
import { upkeep } from './upkeep.ts'

export interface WriterLimits {
  /** All segments of the folder together. */
  bytesMax: number
  ageMaxMs: number
  segmentBytes: number
}

export interface WriterEvents {
  /** On the disk. */
  written(kind: EvidenceKind): void
  dropped(reason: EvidenceDrop, count: number): void
  failed(error: EvidenceError): void
  removed(segments: number): void
}

export interface WriterOptions extends WriterLimits {
  folder: string
  /** 8 hex digits, other ones after every start. */
  writer: string
  disk: Disk
  clock: Clock
  events: WriterEvents
}

export interface WriterState {
  /** The last operation went well. */
  up: boolean
  queued: number
  /** Of the whole folder, as far as it was seen; undefined: never yet. */
  bytes: number | undefined
}

export interface EvidenceWriter {
  append(record: NewRecord): void
  /** Writes what waits and looks after the folder as is due. A call while one runs joins it. */
  step(): Promise<void>
  state(): WriterState
  /** One last attempt, then the segment is sealed. */
  close(): Promise<void>
}

const queueLimits = { itemsMax: 20_000, bytesMax: 8_388_608 }
const batchBytesMax = 1_048_576
/** Sooner than the next round of the timer. */
const batchRecords = 256
const firstPauseMs = 250
const pauseMsMax = 5000
const upkeepMs = 30_000
const requestsMs = 1000
const staleMs = 60_000
/** So that age removes what is old, and not what stands in one file with it. */
const segmentMsMax = 3_600_000

export function createEvidenceWriter(options: WriterOptions): EvidenceWriter {
  const { folder, disk, clock, events, segmentBytes } = options
  const queue = createQueue(queueLimits)
  let seenRequests: ReadonlySet<string> = new Set()
  let segment: OpenSegment | undefined
  let openedAt = 0
  let others = 0
  let known = false
  let sequence = 0
  let records = 0
  let up = true
  let closed = false
  let pauseMs = firstPauseMs
  let tryAt = Number.NEGATIVE_INFINITY
  let upkeepAt = Number.NEGATIVE_INFINITY
  let requestsAt = Number.NEGATIVE_INFINITY
  let running: Promise<void> | undefined

  const seal = async (): Promise<void> => {
    const sealed = segment
    segment = undefined
    others += sealed?.bytes() ?? 0
    await sealed?.seal()
  }
  /** @param room bytes that are about to be needed beside what is held */
  const tidy = async (room: number): Promise<void> => {
    const own = segment?.bytes() ?? 0
    const result = await upkeep({ ...options, staleMs }, clock.now(), room)
    if (result.removed > 0) events.removed(result.removed)
    for (const fault of result.faults) events.failed(errorOf(fault))
    others = result.bytes - own
    known = true
    const [fault] = result.faults
    // What cannot be removed must not make the folder grow.
    if (fault !== undefined && room > 0 && result.bytes + room > options.bytesMax) throw fault
  }
  const segmentFor = async (bytes: number, oldestAt: number): Promise<OpenSegment> => {
    if (segment !== undefined) {
      const fits = segment.bytes() + bytes <= segmentBytes
      if (fits && clock.monotonic() - openedAt < segmentMsMax) return segment
      await seal()
    }
    await disk.makeFolder(folder)
    await tidy(segmentBytes)
    segment = await createSegment(disk, folder, {
      createdAt: Math.min(clock.now(), oldestAt),
      writer: options.writer,
      sequence: sequence++,
    })
    openedAt = clock.monotonic()
    return segment
  }
  const writeQueue = async (): Promise<void> => {
    for (;;) {
      const batch = queue.head(Math.min(batchBytesMax, segmentBytes / 4))
      if (batch === undefined) return
      const target = await segmentFor(batch.frames.length, batch.oldestAt)
      await target.append(batch.frames)
      queue.done(batch)
      for (const kind of batch.kinds) events.written(kind)
    }
  }
  const lookForRequests = async (): Promise<void> => {
    const listed = (await disk.list(folder)).filter(isRequestFile)
    for (const name of listed) {
      if (seenRequests.has(name)) continue
      const text = await disk.read(join(folder, name)).catch(() => undefined)
      const request = text === undefined ? undefined : readRequest(text.toString())
      const dropped = request === undefined ? 0 : queue.forget(request)
      if (dropped > 0) events.dropped('forgotten', dropped)
      // Whoever asked waits for this.
      await seal()
    }
    seenRequests = new Set(listed)
  }
  const failed = async (error: unknown): Promise<void> => {
    up = false
    events.failed(errorOf(error))
    const abandoned = segment
    segment = undefined
    await abandoned?.abandon()
    tryAt = clock.monotonic() + pauseMs
    pauseMs = Math.min(pauseMsMax, pauseMs * 2)
  }
  const round = async (): Promise<void> => {
    const now = clock.monotonic()
    try {
      // Before the queue is written: what is to be forgotten is not written first.
      if (now >= requestsAt && known) {
        requestsAt = now + requestsMs
        await lookForRequests()
      }
      await writeQueue()
      if (now >= upkeepAt) {
        upkeepAt = now + upkeepMs
        if (!known) await disk.makeFolder(folder)
        await tidy(0)
      }
      up = true
      pauseMs = firstPauseMs
    } catch (error) {
      await failed(error)
    }
  }
  const step = (): Promise<void> => {
    if (clock.monotonic() < tryAt) return Promise.resolve()
    running ??= round().finally(() => {
      running = undefined
    })
    return running
  }
  return {
    append(record) {
      if (closed) return events.dropped('closed', 1)
      const now = clock.now()
      const id = `${options.writer}-${(records++).toString(36)}`
      const whole = { v: recordVersion, id, at: new Date(now).toISOString(), ...record } as const
      const added = queue.add(whole, now)
      if (added === 'too_large') events.dropped('too_large', 1)
      else if (added === 'full') events.dropped(up ? 'queue_full' : 'disk', 1)
      else if (queue.length() >= batchRecords) void step()
    },
    step,
    state: () => ({
      up,
      queued: queue.length(),
      bytes: known ? others + (segment?.bytes() ?? 0) : undefined,
    }),
    async close() {
      closed = true
      await running
      tryAt = Number.NEGATIVE_INFINITY
      await step()
      await seal()
      const left = queue.length()
      if (left > 0) events.dropped('closed', left)
    },
  }
}

function errorOf(error: unknown): EvidenceError {
  const code = codeOf(error)
  return evidenceErrors.find((known) => known === code) ?? 'other'
}
