/**
 * Keeps a folder within its bounds: the ends of segments whose writer has gone are repaired, segments
 * beyond age and size are removed, oldest first. A segment that somebody may still write to is left.
 */
import { join } from 'node:path'
import type { Disk } from './disk.ts'
import { type SegmentFile, sealedName, segmentContent, segmentFiles } from './segment.ts'

export interface UpkeepOptions {
  disk: Disk
  folder: string
  /** This writer's segments are its own affair. */
  writer: string
  bytesMax: number
  ageMaxMs: number
  /** A writer that has not written for so long has gone, or has nothing half written. */
  staleMs: number
}

interface Held extends SegmentFile {
  bytes: number
  modifiedAt: number
}

export interface UpkeepResult {
  /** All segments that are left, those of others included. */
  bytes: number
  removed: number
  repaired: number
  /** Of single files, which were left as they are. */
  faults: unknown[]
}

/** @param room bytes that are about to be needed */
export async function upkeep(
  { disk, folder, writer, bytesMax, ageMaxMs, staleMs }: UpkeepOptions,
  now: number,
  room: number,
): Promise<UpkeepResult> {
  const faults: unknown[] = []
  const tried = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (error) {
      faults.push(error)
      return false
    }
  }
  let held = await heldIn(disk, folder)
  let repaired = 0
  for (const segment of held) {
    if (!segment.open || segment.writer === writer) continue
    if (now - segment.modifiedAt < staleMs) continue
    if (await tried(() => repairEnd(disk, folder, segment.file))) repaired++
  }
  if (repaired > 0) held = await heldIn(disk, folder)
  let bytes = held.reduce((sum, segment) => sum + segment.bytes, 0)
  let removed = 0
  for (const segment of held) {
    if (segment.open) continue
    const tooOld = now - segment.modifiedAt > ageMaxMs
    if (!tooOld && bytes + room <= bytesMax) continue
    if (!(await tried(() => disk.remove(join(folder, segment.file))))) continue
    bytes -= segment.bytes
    removed++
  }
  return { bytes, removed, repaired, faults }
}

async function heldIn(disk: Disk, folder: string): Promise<Held[]> {
  const held: Held[] = []
  for (const segment of segmentFiles(await disk.list(folder))) {
    try {
      held.push({ ...segment, ...(await disk.facts(join(folder, segment.file))) })
    } catch {
      // Sealed or removed by somebody else since it was listed.
    }
  }
  return held
}

/** Cuts off what is no whole record at the end, and seals; without any record the file goes. */
export async function repairEnd(disk: Disk, folder: string, file: string): Promise<void> {
  const path = join(folder, file)
  const bytes = await disk.read(path)
  const content = segmentContent(bytes)
  // Of another version: nothing here knows where its records end.
  if (content.head === 'unknown_version') return disk.rename(path, sealedName(path))
  let end = 0
  for (const piece of content.pieces) if (piece.kind === 'record') end = piece.to
  if (end === 0) return disk.remove(path)
  if (end < bytes.length) await disk.truncate(path, end)
  await disk.rename(path, sealedName(path))
}
