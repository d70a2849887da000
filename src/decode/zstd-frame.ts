/**
 * Cuts a body into its whole zstd frames. node:zlib reads only the first frame, and gives the part
 * it could read of a cut one as if it were all (measured on Node 22.23), so both are told from the
 * block headers. Source: RFC 8878, section 3.
 */

/** Servers send one; each costs a decoder of its own. */
export const zstdFramesMax = 16

const frameMagic = 0xfd2fb528
/** The last four bits of this one are free. */
const skippableMagic = 0x184d2a50

/** The frames that hold data; undefined when the bytes do not end where a frame ends. */
export const zstdFrames = (bytes: Uint8Array): Uint8Array[] | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const frames: Uint8Array[] = []
  let at = 0
  for (let count = 0; at < view.byteLength; count++) {
    const end = frameEnd(view, at)
    if (end === undefined || end > view.byteLength || count === zstdFramesMax) return undefined
    if (view.getUint32(at, true) === frameMagic) frames.push(bytes.subarray(at, end))
    at = end
  }
  return at === 0 ? undefined : frames
}

/** undefined: no frame begins here, or its headers are cut. */
const frameEnd = (view: DataView, start: number): number | undefined => {
  if (start + 8 > view.byteLength) return undefined
  const magic = view.getUint32(start, true)
  if ((magic & 0xfffffff0) >>> 0 === skippableMagic)
    return start + 8 + view.getUint32(start + 4, true)
  if (magic !== frameMagic) return undefined
  const descriptor = view.getUint8(start + 4)
  const isSingleSegment = (descriptor & 0x20) !== 0
  const sizeFlag = descriptor >> 6
  const sizeBytes = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 1 << sizeFlag
  const dictionaryFlag = descriptor & 3
  const dictionaryBytes = dictionaryFlag === 3 ? 4 : dictionaryFlag
  const blocks = start + 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes
  const end = blocksEnd(view, blocks)
  return end === undefined ? undefined : end + ((descriptor & 4) !== 0 ? 4 : 0)
}

/** Every block takes at least three bytes, so the walk ends with the bytes. */
const blocksEnd = (view: DataView, start: number): number | undefined => {
  let at = start
  while (at + 3 <= view.byteLength) {
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
    const type = (header >> 1) & 3
    if (type === 3) return undefined
    // A run-length block holds one byte, whatever its size says.
    at += 3 + (type === 1 ? 1 : header >> 3)
    if ((header & 1) === 1) return at
  }
  return undefined
}
