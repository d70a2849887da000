/**
 * Undoes Content-Encoding on a captured body. The result never exceeds `decodedBytesMax` and the
 * work stops there, so that a few kilobytes cannot unfold into hundreds of megabytes.
 */
import zlib from 'node:zlib'
import { zstdFrames } from './zstd-frame.ts'

export const decodedBytesMax = 4 * 1024 * 1024
/** More stacked encodings than this are an attack or a fault; no client sends them. */
export const encodingLayersMax = 2

export type DecodedBody =
  | { ok: true; bytes: Uint8Array }
  | { ok: false; reason: 'undecodable_encoding' | 'output_cap' }

type Undo = (bytes: Uint8Array) => Uint8Array

const limits = { maxOutputLength: decodedBytesMax }
const flushLimits = { ...limits, finishFlush: zlib.constants.Z_SYNC_FLUSH }

/**
 * A server may drop the connection's end without closing the compressed stream. When the bytes stop
 * at a sync-flush mark, all that the sender wrote is there; anywhere else data is missing.
 */
const endsAtFlush = (bytes: Uint8Array): boolean => {
  const end = bytes.byteLength
  return (
    end >= 4 &&
    bytes[end - 4] === 0x00 &&
    bytes[end - 3] === 0x00 &&
    bytes[end - 2] === 0xff &&
    bytes[end - 1] === 0xff
  )
}

const optionsFor = (bytes: Uint8Array) => (endsAtFlush(bytes) ? flushLimits : limits)

const gunzip: Undo = (bytes) => zlib.gunzipSync(bytes, optionsFor(bytes))

/** RFC 9110 means zlib by `deflate`; some servers send the raw stream, which has no header. */
const inflate: Undo = (bytes) => {
  try {
    return zlib.inflateSync(bytes, optionsFor(bytes))
  } catch (error) {
    if (codeOf(error) === 'Z_DATA_ERROR') return zlib.inflateRawSync(bytes, optionsFor(bytes))
    throw error
  }
}

const unbrotli: Undo = (bytes) => zlib.brotliDecompressSync(bytes, limits)

/** Node has zstd from 22.15 on; the types of older lines do not know it. */
const zstdSync: unknown = Reflect.get(zlib, 'zstdDecompressSync')

const unzstd: Undo | undefined =
  typeof zstdSync === 'function'
    ? (bytes) => {
        const frames = zstdFrames(bytes)
        if (frames === undefined) throw new RangeError('a zstd frame is cut')
        // The cap on the sum is checked after all layers; the frames alone come to 64 MiB at most.
        return Buffer.concat(
          frames.map((frame) => plainOf(Reflect.apply(zstdSync, zlib, [frame, limits]))),
        )
      }
    : undefined

const plainOf = (plain: unknown): Uint8Array => {
  if (plain instanceof Uint8Array) return plain
  throw new TypeError('zstdDecompressSync gave no bytes')
}

const undoes: ReadonlyMap<string, Undo | undefined> = new Map([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
  ['br', unbrotli],
  ['zstd', unzstd],
])

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

const layersOf = (contentEncoding: string): string[] =>
  contentEncoding
    .split(',', encodingLayersMax * 4)
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity')

export const decodeBody = (bytes: Uint8Array, contentEncoding: string | undefined): DecodedBody => {
  const layers = contentEncoding === undefined ? [] : layersOf(contentEncoding)
  if (layers.length > encodingLayersMax) return { ok: false, reason: 'undecodable_encoding' }
  let plain = bytes
  // The header lists encodings in the order they were applied.
  for (const name of layers.toReversed()) {
    const undo = undoes.get(name)
    if (undo === undefined) return { ok: false, reason: 'undecodable_encoding' }
    if (plain.byteLength === 0) break
    try {
      plain = undo(plain)
    } catch (error) {
      const tooLarge = codeOf(error) === 'ERR_BUFFER_TOO_LARGE'
      return { ok: false, reason: tooLarge ? 'output_cap' : 'undecodable_encoding' }
    }
  }
  if (plain.byteLength > decodedBytesMax) return { ok: false, reason: 'output_cap' }
  return { ok: true, bytes: plain }
}
