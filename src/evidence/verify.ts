/** Checks every byte of a folder: which records are intact, and where something else stands. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '../error.ts'
import { isRequestFile } from './forget-request.ts'
import { readRecord } from './record.ts'
import { segmentContent, segmentFiles } from './segment.ts'

export interface SegmentReport {
  file: string
  records: number
  bytes: number
  faults: { at: number; bytes: number; what: string }[]
  /** Bytes at the end of a segment that is being written, or was when holdfast was killed. */
  unfinished: number
}

export interface FolderReport {
  segments: SegmentReport[]
  /** `forget` was interrupted: call it again. */
  interrupted: string[]
}

/** Rejects when the folder cannot be read. */
export async function verifyEvidence(folder: string): Promise<FolderReport> {
  const names = await readdir(folder)
  const segments: SegmentReport[] = []
  for (const { file, open } of segmentFiles(names)) {
    const report = await verifySegment(folder, file, open)
    if (report !== undefined) segments.push(report)
  }
  return { segments, interrupted: names.filter(isRequestFile) }
}

/** Undefined: sealed or removed since the folder was listed. */
async function verifySegment(
  folder: string,
  file: string,
  open: boolean,
): Promise<SegmentReport | undefined> {
  const report: SegmentReport = { file, records: 0, bytes: 0, faults: [], unfinished: 0 }
  let bytes: Buffer
  try {
    bytes = await readFile(join(folder, file))
  } catch (error) {
    const code = codeOf(error) ?? 'other'
    if (code === 'ENOENT') return undefined
    return { ...report, faults: [{ at: 0, bytes: 0, what: code }] }
  }
  report.bytes = bytes.length
  const content = segmentContent(bytes)
  if (content.head === 'short' && open) report.unfinished = bytes.length
  else if (content.head !== 'intact') {
    report.faults.push({ at: 0, bytes: 0, what: `head_${content.head}` })
  }
  for (const piece of content.pieces) {
    const { kind, from, to } = piece
    const what =
      piece.kind === 'record'
        ? readRecord(piece.payload) === undefined
          ? 'unknown_record'
          : undefined
        : piece.kind
    if (what === undefined) report.records++
    else if (kind === 'torn' && open) report.unfinished = to - from
    else report.faults.push({ at: from, bytes: to - from, what })
  }
  return report
}
