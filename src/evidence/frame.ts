/**
 * One record as bytes, and a segment's bytes as records again. What is torn or damaged is passed over:
 * the next marker behind it is looked for, so that no intact record is lost, and none is read whose
 * check sum does not fit.
 *
 *   0  marker FF 48 46 FE: in no UTF-8 text does FF or FE occur, so a marker is in no payload
 *   4  CRC-32 of everything behind it, length and payload, u32 big-endian
 *   8  length of the payload, u32 big-endian
 *  12  payload: one JSON object in UTF-8, and a line feed
 */
import { crc32 } from './crc32.ts'

const marker = Buffer.from([0xff, 0x48, 0x46, 0xfe])
const crcAt = 4
const lengthAt = 8
export const frameHeadBytes = 12
/** Larger ones are never written, so a larger length is damage. */
export const payloadBytesMax = 262_144

const openBrace = 0x7b
const closeBrace = 0x7d
const lineFeed = 0x0a

/** Undefined: larger than a record may be. */
export function encodeFrame(value: object): Buffer | undefined {
  const json = JSON.stringify(value)
  const length = Buffer.byteLength(json) + 1
  if (length > payloadBytesMax) return undefined
  const frame = Buffer.allocUnsafe(frameHeadBytes + length)
  marker.copy(frame)
  frame.writeUInt32BE(length, lengthAt)
  frame.write(json, frameHeadBytes)
  frame[frame.length - 1] = lineFeed
  frame.writeUInt32BE(crc32(frame, lengthAt), crcAt)
  return frame
}

export type Piece =
  | { kind: 'record'; from: number; to: number; payload: Buffer }
  /** Bytes that are no record, with an intact one behind them. */
  | { kind: 'damaged'; from: number; to: number }
  /** The same up to the end: a record that was never finished, or was damaged as the last one. */
  | { kind: 'torn'; from: number; to: number }

/** Every byte from `start` on belongs to exactly one piece. */
export function* pieces(bytes: Buffer, start: number): Generator<Piece> {
  let at = start
  while (at < bytes.length) {
    const end = recordEnd(bytes, at)
    if (end !== undefined) {
      yield { kind: 'record', from: at, to: end, payload: bytes.subarray(at + frameHeadBytes, end) }
      at = end
      continue
    }
    const next = nextRecord(bytes, at + 1)
    if (next === undefined) {
      yield { kind: 'torn', from: at, to: bytes.length }
      return
    }
    yield { kind: 'damaged', from: at, to: next }
    at = next
  }
}

/** The place of the first marker; undefined: there is none. */
export function firstMarker(bytes: Buffer): number | undefined {
  const at = bytes.indexOf(marker)
  return at < 0 ? undefined : at
}

function nextRecord(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(marker, from); at >= 0; at = bytes.indexOf(marker, at + 1)) {
    if (recordEnd(bytes, at) !== undefined) return at
  }
  return undefined
}

/** Undefined: no intact record begins here. */
function recordEnd(bytes: Buffer, at: number): number | undefined {
  const from = at + frameHeadBytes
  if (from > bytes.length || bytes.compare(marker, 0, marker.length, at, at + 4) !== 0) {
    return undefined
  }
  const length = bytes.readUInt32BE(at + lengthAt)
  const end = from + length
  if (length < 3 || length > payloadBytesMax || end > bytes.length) return undefined
  // Before the check sum: a file full of markers must not cost its square.
  const framed =
    bytes[from] === openBrace && bytes[end - 2] === closeBrace && bytes[end - 1] === lineFeed
  return framed && bytes.readUInt32BE(at + crcAt) === crc32(bytes, at + lengthAt, end)
    ? end
    : undefined
}
