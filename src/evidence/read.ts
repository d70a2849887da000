/**
 * Reads the records of a folder, beside a running holdfast or without one. It takes no lock and writes
 * nothing: what a writer is appending is read up to its last whole record. One segment is in memory
 * at a time, and other work gets its turn between records.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { codeOf } from '../error.ts'
import { createFilter, type EvidenceFilter } from './filter.ts'
import { type EvidenceRecord, readRecord } from './record.ts'
import { type SegmentFile, sealedName, segmentContent, segmentFiles } from './segment.ts'

export interface ReadOptions extends EvidenceFilter {
  folder: string
  /** By segments of a writer; between the writers of one folder the order is rough. */
  order?: 'oldest_first' | 'newest_first'
  limit?: number | undefined
  onFault?: ((fault: ReadFault) => void) | undefined
}

export interface ReadFault {
  /** Undefined: the folder itself. */
  file: string | undefined
  /** The system's code, or what is wrong with the bytes. */
  code: string
}

/** A folder that does not exist holds no record. Faults are told and passed over, never thrown. */
export async function* readEvidence(options: ReadOptions): AsyncGenerator<EvidenceRecord> {
  const { limit = Number.POSITIVE_INFINITY, order = 'oldest_first' } = options
  const fits = createFilter(options)
  const segments = await listSegments(options)
  if (order === 'newest_first') segments.reverse()
  const seen = createSeen()
  let left = limit
  for (const segment of segments) {
    if (left <= 0) return
    if (!(await mayHold(segment, options))) continue
    const found: EvidenceRecord[] = []
    for await (const record of recordsOf(segment, options)) {
      if (!fits(record) || seen(record.id)) continue
      if (order === 'newest_first') {
        found.push(record)
        continue
      }
      yield record
      if (--left <= 0) return
    }
    for (const record of found.reverse()) {
      yield record
      if (--left <= 0) return
    }
  }
}

async function listSegments({ folder, onFault }: ReadOptions): Promise<SegmentFile[]> {
  try {
    return segmentFiles(await readdir(folder))
  } catch (error) {
    const code = codeOf(error) ?? 'other'
    if (code !== 'ENOENT') onFault?.({ file: undefined, code })
    return []
  }
}

/** Clocks are set right now and then. */
const slackMs = 3_600_000

/** By its name and the time of its last write alone. */
async function mayHold(
  { file, createdAt }: SegmentFile,
  { folder, from, to }: ReadOptions,
): Promise<boolean> {
  if (to !== undefined && createdAt - slackMs > to) return false
  if (from === undefined) return true
  try {
    return (await stat(join(folder, file))).mtimeMs + slackMs >= from
  } catch {
    // Sealed or gone since it was listed: reading it says which.
    return true
  }
}

/** Records between two turns of the event loop. */
const stretch = 64

async function* recordsOf(
  segment: SegmentFile,
  { folder, onFault }: ReadOptions,
): AsyncGenerator<EvidenceRecord> {
  const { file, open } = segment
  const read = await readSegment(folder, file)
  if (!read.ok) {
    if (read.code !== 'ENOENT') onFault?.({ file, code: read.code })
    return
  }
  const content = segmentContent(read.bytes)
  if (content.head !== 'intact' && !(open && content.head === 'short')) {
    onFault?.({ file, code: `head_${content.head}` })
  }
  let count = 0
  for (const piece of content.pieces) {
    if (++count % stretch === 0) await nextTurn()
    if (piece.kind === 'record') {
      const record = readRecord(piece.payload)
      if (record === undefined) onFault?.({ file, code: 'unknown_record' })
      else yield record
    } else if (piece.kind === 'damaged' || !open) onFault?.({ file, code: piece.kind })
  }
}

type SegmentRead = { ok: true; bytes: Buffer } | { ok: false; code: string }

/** It may be sealed while it is looked for. */
async function readSegment(folder: string, file: string): Promise<SegmentRead> {
  for (const name of new Set([file, sealedName(file)])) {
    try {
      return { ok: true, bytes: await readFile(join(folder, name)) }
    } catch (error) {
      const code = codeOf(error) ?? 'other'
      if (code !== 'ENOENT') return { ok: false, code }
    }
  }
  return { ok: false, code: 'ENOENT' }
}

/** A batch that was written again after a failed sync stands at the border of two segments. */
const seenMax = 8192

function createSeen(): (id: string) => boolean {
  const ids = new Set<string>()
  return (id) => {
    if (ids.has(id)) return true
    ids.add(id)
    const [oldest] = ids.size > seenMax ? ids : []
    if (oldest !== undefined) ids.delete(oldest)
    return false
  }
}
