/**
 * The memory store as bytes, for a file: a head with magic, version, sequence and length, the entries,
 * and SHA-256 over all of it. Reading gives the whole or nothing.
 *
 *   0  `HFST`
 *   4  version, u32 (all numbers big-endian)
 *   8  sequence, u64
 *  16  saved at, epoch milliseconds, f64
 *  24  entries, u32
 *  28  length of the entries in bytes, u32
 *  32  entries: kind u8, key, left to live in ms f64, then a value, or a count u32 of writer and value;
 *      key and writer: length u16 and ASCII; value: length u32 and UTF-8
 *  then SHA-256 of everything before
 */
import { createHash } from 'node:crypto'
import { isKey, isWriter } from './key.ts'

export interface SnapshotEntry {
  key: string
  ttlMs: number
  /** A value, or parts by writer. */
  content: string | ReadonlyMap<string, string>
}

export interface Snapshot {
  /** Grows by one with every snapshot; tells the newer of two files. */
  sequence: number
  savedAtMs: number
  entries: SnapshotEntry[]
}

const magic = Buffer.from('HFST')
const version = 1
const headBytes = 32
const digestBytes = 32
const kinds = { value: 0, parts: 1 } as const

export function encodeSnapshot({ sequence, savedAtMs, entries }: Snapshot): Uint8Array {
  const body = Buffer.concat(entries.flatMap(entryBytes))
  const head = Buffer.alloc(headBytes)
  magic.copy(head)
  head.writeUInt32BE(version, 4)
  head.writeBigUInt64BE(BigInt(sequence), 8)
  head.writeDoubleBE(savedAtMs, 16)
  head.writeUInt32BE(entries.length, 24)
  head.writeUInt32BE(body.length, 28)
  return Buffer.concat([head, body, digestOf(head, body)])
}

function entryBytes({ key, ttlMs, content }: SnapshotEntry): Buffer[] {
  const kind = Buffer.from([typeof content === 'string' ? kinds.value : kinds.parts])
  const head = [kind, ...name(key), double(ttlMs)]
  if (typeof content === 'string') return [...head, ...text(content)]
  const parts = [...content].flatMap(([writer, value]) => [...name(writer), ...text(value)])
  return [...head, uint32(content.size), ...parts]
}

const name = (ascii: string): Buffer[] => {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(ascii.length)
  return [length, Buffer.from(ascii, 'latin1')]
}

const text = (value: string): Buffer[] => {
  const bytes = Buffer.from(value)
  return [uint32(bytes.length), bytes]
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const double = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}

const digestOf = (...pieces: Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest()
}

/** Undefined: not a whole snapshot of this version. */
export function decodeSnapshot(bytes: Uint8Array): Snapshot | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (all.length < headBytes + digestBytes) return undefined
  const end = all.length - digestBytes
  const genuine =
    magic.equals(all.subarray(0, magic.length)) &&
    all.readUInt32BE(4) === version &&
    all.readUInt32BE(28) === end - headBytes &&
    digestOf(all.subarray(0, end)).equals(all.subarray(end))
  if (!genuine) return undefined
  const sequence = Number(all.readBigUInt64BE(8))
  const savedAtMs = all.readDoubleBE(16)
  const entries = readEntries(all.subarray(headBytes, end), all.readUInt32BE(24))
  if (entries === undefined || !Number.isSafeInteger(sequence) || !Number.isFinite(savedAtMs))
    return undefined
  return { sequence, savedAtMs, entries }
}

function readEntries(body: Buffer, count: number): SnapshotEntry[] | undefined {
  const reader = new Reader(body)
  const entries = new Map<string, SnapshotEntry>()
  try {
    for (let i = 0; i < count; i++) {
      const entry = readEntry(reader)
      if (entry === undefined || entries.has(entry.key)) return undefined
      entries.set(entry.key, entry)
    }
  } catch (error) {
    // A length beyond the end: written by something else, and signed off with a matching digest.
    if (error instanceof RangeError) return undefined
    throw error
  }
  return reader.isAtEnd() ? [...entries.values()] : undefined
}

function readEntry(reader: Reader): SnapshotEntry | undefined {
  const kind = reader.uint8()
  const key = reader.name()
  const ttlMs = reader.double()
  if (!isKey(key) || !(ttlMs > 0 && ttlMs < Number.MAX_SAFE_INTEGER)) return undefined
  if (kind === kinds.value) return { key, ttlMs, content: reader.text() }
  if (kind !== kinds.parts) return undefined
  const parts = new Map<string, string>()
  for (let left = reader.uint32(); left > 0; left--) {
    const writer = reader.name()
    if (!isWriter(writer) || parts.has(writer)) return undefined
    parts.set(writer, reader.text())
  }
  return { key, ttlMs, content: parts }
}

/** Reads forward; throws a RangeError at the end, as Buffer does. */
class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#take(1))
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#take(4))
  }

  double(): number {
    return this.#bytes.readDoubleBE(this.#take(8))
  }

  name(): string {
    const length = this.#bytes.readUInt16BE(this.#take(2))
    const from = this.#take(length)
    return this.#bytes.toString('latin1', from, from + length)
  }

  text(): string {
    const length = this.uint32()
    const from = this.#take(length)
    return this.#bytes.toString('utf8', from, from + length)
  }

  #take(length: number): number {
    const from = this.#at
    if (from + length > this.#bytes.length) throw new RangeError('beyond the end')
    this.#at += length
    return from
  }
}
