/**
 * A segment is one file: a head of 32 bytes and records one behind the other (frame.ts). While a writer
 * appends to it its name ends in `.open`, afterwards in `.seg`; it is never appended to again.
 *
 *   0  `HFEV`
 *   4  version of the format, u16 big-endian
 *   6  zero, u16
 *   8  time of its oldest record, epoch milliseconds, f64 big-endian
 *  16  its writer, 8 ASCII characters
 *  24  zero, u32
 *  28  CRC-32 of the bytes before, u32 big-endian
 */
import { crc32 } from './crc32.ts'
import { firstMarker, type Piece, pieces } from './frame.ts'

const magic = 'HFEV'
const formatVersion = 1
export const segmentHeadBytes = 32
const crcAt = 28

export interface SegmentName {
  /** Epoch milliseconds of its oldest record. */
  createdAt: number
  /** 8 hex digits, other ones after every start. */
  writer: string
  /** Counts the segments of a writer. */
  sequence: number
}

export interface SegmentFile extends SegmentName {
  file: string
  open: boolean
}

const nameForm = /^evidence-(\d{15})-([0-9a-f]{8})-(\d{6,12})\.(open|seg)$/

/** Names sort as the times do. */
export const segmentStem = ({ createdAt, writer, sequence }: SegmentName): string =>
  `evidence-${String(Math.max(0, Math.floor(createdAt))).padStart(15, '0')}-${writer}-${String(sequence).padStart(6, '0')}`

/** Undefined: the name of something else. */
export function segmentFile(file: string): SegmentFile | undefined {
  const [, createdAt, writer, sequence, ending] = nameForm.exec(file) ?? []
  if (writer === undefined) return undefined
  return {
    file,
    createdAt: Number(createdAt),
    writer,
    sequence: Number(sequence),
    open: ending === 'open',
  }
}

export const sealedName = (file: string): string => file.replace(/\.open$/, '.seg')

/** Oldest first; of a segment that is being sealed while the folder is listed, one name. */
export function segmentFiles(names: readonly string[]): SegmentFile[] {
  const byStem = new Map<string, SegmentFile>()
  for (const name of [...names].sort()) {
    const segment = segmentFile(name)
    if (segment !== undefined) byStem.set(segmentStem(segment), segment)
  }
  return [...byStem.values()]
}

export function segmentHead({ createdAt, writer }: SegmentName): Buffer {
  const head = Buffer.alloc(segmentHeadBytes)
  head.write(magic, 0, 'latin1')
  head.writeUInt16BE(formatVersion, 4)
  head.writeDoubleBE(createdAt, 8)
  head.write(writer, 16, 8, 'latin1')
  head.writeUInt32BE(crc32(head, 0, crcAt), crcAt)
  return head
}

export interface SegmentContent {
  head: 'intact' | 'damaged' | 'short' | 'unknown_version'
  pieces: Iterable<Piece>
}

/** With a damaged head its records are read all the same: each has a check sum of its own. */
export function segmentContent(bytes: Buffer): SegmentContent {
  if (bytes.length < segmentHeadBytes) return { head: 'short', pieces: [] }
  const intact =
    bytes.toString('latin1', 0, 4) === magic && bytes.readUInt32BE(crcAt) === crc32(bytes, 0, crcAt)
  if (!intact) {
    // A head that has lost bytes ends before its time.
    const start = Math.min(segmentHeadBytes, firstMarker(bytes) ?? segmentHeadBytes)
    return { head: 'damaged', pieces: pieces(bytes, start) }
  }
  return bytes.readUInt16BE(4) === formatVersion
    ? { head: 'intact', pieces: pieces(bytes, segmentHeadBytes) }
    : { head: 'unknown_version', pieces: [] }
}
