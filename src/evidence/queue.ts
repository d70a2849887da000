/** Records on their way to the disk: bounded by number and bytes, the oldest first, the newest dropped. */

import { type ForgetRequest, isOfSubject } from './forget-request.ts'
import { encodeFrame } from './frame.ts'
import type { EvidenceRecord } from './record.ts'

interface Waiting {
  frame: Buffer
  at: number
  record: EvidenceRecord
}

export interface QueueLimits {
  itemsMax: number
  bytesMax: number
}

export interface Batch {
  frames: Buffer
  /** Epoch milliseconds of the oldest. */
  oldestAt: number
  kinds: EvidenceRecord['kind'][]
}

export const createQueue = ({ itemsMax, bytesMax }: QueueLimits) => {
  let waiting: Waiting[] = []
  let bytes = 0
  return {
    length: () => waiting.length,
    add(record: EvidenceRecord, at: number): 'added' | 'too_large' | 'full' {
      const frame = encodeFrame(record)
      if (frame === undefined) return 'too_large'
      if (waiting.length >= itemsMax || bytes + frame.length > bytesMax) return 'full'
      waiting.push({ frame, at, record })
      bytes += frame.length
      return 'added'
    },
    /** The oldest, up to so many bytes, one at least; they stay until `done`. Undefined: none waits. */
    head(bytesAtMost: number): Batch | undefined {
      const frames: Buffer[] = []
      let taken = 0
      let oldestAt = Number.POSITIVE_INFINITY
      const kinds: Batch['kinds'] = []
      for (const { frame, at, record } of waiting) {
        if (frames.length > 0 && taken + frame.length > bytesAtMost) break
        frames.push(frame)
        taken += frame.length
        oldestAt = Math.min(oldestAt, at)
        kinds.push(record.kind)
      }
      return frames.length === 0 ? undefined : { frames: Buffer.concat(frames), oldestAt, kinds }
    },
    done({ frames, kinds }: Batch): void {
      waiting = waiting.slice(kinds.length)
      bytes -= frames.length
    },
    /** @returns how many were dropped */
    forget({ at, subjects }: ForgetRequest): number {
      const kept = waiting.filter((one) => one.at > at || !isOfSubject(one.record, subjects))
      const dropped = waiting.length - kept.length
      waiting = kept
      bytes = kept.reduce((sum, { frame }) => sum + frame.length, 0)
      return dropped
    },
  }
}
