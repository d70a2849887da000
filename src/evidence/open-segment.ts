/**
 * The segment that a writer appends to. What `append` has acknowledged is whole and on the disk; after a
 * fault nothing of the batch counts, and the segment is given up: after a failed sync nobody knows
 * what the disk holds, and writing on would build upon it.
 */
import { join } from 'node:path'
import type { Disk, DiskFile } from './disk.ts'
import {
  type SegmentName,
  sealedName,
  segmentHead,
  segmentHeadBytes,
  segmentStem,
} from './segment.ts'

export interface OpenSegment {
  readonly file: string
  readonly createdAt: number
  /** Acknowledged. */
  bytes(): number
  /** Rejects with the fault of the disk. */
  append(frames: Buffer): Promise<void>
  /** Never written to again; faults are of no consequence: what stays is repaired later. */
  seal(): Promise<void>
  /** Cuts off what was not acknowledged, and seals. */
  abandon(): Promise<void>
}

/** The name of the file is no longer that of this file: what was written to it is lost. */
export class SegmentRemoved extends Error {
  readonly code = 'removed'
}

export async function createSegment(
  disk: Disk,
  folder: string,
  name: SegmentName,
): Promise<OpenSegment> {
  const file = `${segmentStem(name)}.open`
  const path = join(folder, file)
  const handle = await disk.create(path)
  let bytes = 0
  const append = async (frames: Buffer): Promise<void> => {
    await appendAll(handle, frames)
    await handle.sync()
    if (!(await handle.isLinked())) throw new SegmentRemoved('the segment was removed')
    bytes += frames.length
  }
  try {
    await append(segmentHead(name))
    await disk.syncFolder(folder)
  } catch (error) {
    await quietly(handle.close())
    await quietly(disk.remove(path))
    throw error
  }
  const end = async (): Promise<void> => {
    await quietly(handle.close())
    if (bytes <= segmentHeadBytes) await quietly(disk.remove(path))
    else await quietly(disk.rename(path, sealedName(path)))
  }
  return {
    file,
    createdAt: name.createdAt,
    bytes: () => bytes,
    append,
    seal: end,
    async abandon() {
      const cut = await quietly(handle.truncate(bytes))
      if (cut) await end()
      // Left open, so that its end is repaired when the disk allows it.
      else await quietly(handle.close())
    },
  }
}

async function appendAll(handle: DiskFile, bytes: Buffer): Promise<void> {
  for (let from = 0; from < bytes.length; ) {
    const written = await handle.append(bytes.subarray(from))
    // Some file systems say so instead of ENOSPC.
    if (written === 0) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' })
    from += written
  }
}

const quietly = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  )
