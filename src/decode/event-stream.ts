/**
 * The binary framing `application/vnd.amazon.eventstream`: each message carries its lengths, headers
 * and payload, and two checksums that are both checked. Written here rather than taken as a package:
 * it is small, and reads only what a message may hold.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
 */

/** Total length, length of the headers, checksum of both. */
const preludeBytes = 12
const checksumBytes = 4
/** The largest that the format allows; a body is smaller anyway. */
export const messageBytesMax = 16 * 1024 * 1024
const headersBytesMax = 128 * 1024

export interface EventStreamMessage {
  /** Headers of the type string, by name. */
  headers: ReadonlyMap<string, string>
  payload: Uint8Array
}

/** A cut inside a message is `stream_incomplete`; a checksum or a length that is wrong, `unknown_shape`. */
export type EventStreamFault = 'stream_incomplete' | 'unknown_shape'

/** Bytes of a value by its type; undefined: the value has its length before it. */
const valueBytes: ReadonlyMap<number, number | undefined> = new Map([
  [0, 0],
  [1, 0],
  [2, 1],
  [3, 2],
  [4, 4],
  [5, 8],
  [6, undefined],
  [7, undefined],
  [8, 8],
  [9, 16],
])
const stringType = 7

/** A message begins with its length, which no text does: the first byte is 0 below 16 MiB. */
export const looksLikeEventStream = (bytes: Uint8Array): boolean =>
  bytes.byteLength >= 4 && bytes[0] === 0

/**
 * Reads a whole body message by message. The visitor stops the reading by returning a reason, which is
 * then the result; undefined means that all messages were visited.
 */
export const readEventStream = <Reason extends string>(
  bytes: Uint8Array,
  visit: (message: EventStreamMessage) => Reason | undefined,
): Reason | EventStreamFault | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < bytes.byteLength; ) {
    if (at + preludeBytes > bytes.byteLength) return 'stream_incomplete'
    const total = view.getUint32(at)
    const headersLength = view.getUint32(at + 4)
    const isSound =
      view.getUint32(at + 8) === crc32(bytes.subarray(at, at + 8)) &&
      total <= messageBytesMax &&
      headersLength <= headersBytesMax &&
      preludeBytes + headersLength + checksumBytes <= total
    if (!isSound) return 'unknown_shape'
    const end = at + total
    if (end > bytes.byteLength) return 'stream_incomplete'
    const checked = bytes.subarray(at, end - checksumBytes)
    if (view.getUint32(end - checksumBytes) !== crc32(checked)) return 'unknown_shape'
    const headers = readHeaders(checked.subarray(preludeBytes, preludeBytes + headersLength))
    if (headers === undefined) return 'unknown_shape'
    const reason = visit({ headers, payload: checked.subarray(preludeBytes + headersLength) })
    if (reason !== undefined) return reason
    at = end
  }
  return undefined
}

/** undefined: a length points outside, or a type is not one of the format's. */
const readHeaders = (bytes: Uint8Array): Map<string, string> | undefined => {
  const headers = new Map<string, string>()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = new TextDecoder()
  for (let at = 0; at < bytes.byteLength; ) {
    const nameEnd = at + 1 + view.getUint8(at)
    if (nameEnd >= bytes.byteLength) return undefined
    const name = text.decode(bytes.subarray(at + 1, nameEnd))
    const type = view.getUint8(nameEnd)
    if (!valueBytes.has(type)) return undefined
    const fixed = valueBytes.get(type)
    let from = nameEnd + 1
    if (fixed === undefined && from + 2 > bytes.byteLength) return undefined
    const length = fixed ?? view.getUint16(from)
    if (fixed === undefined) from += 2
    if (from + length > bytes.byteLength) return undefined
    if (type === stringType) headers.set(name, text.decode(bytes.subarray(from, from + length)))
    at = from + length
  }
  return headers
}

/** IEEE 802.3, reflected. Node has one from 20.15 on; older ones of line 20 do not. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}
