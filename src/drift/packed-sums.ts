/**
 * The sums of a part in a third of the bytes that JSON takes: a fleet of a thousand replicas would not
 * fit beside anything else in one server. Numbers keep every bit.
 *
 *   0  version, u8
 *   1  bets, u8
 *   2  detectors, one behind the other: identity, 16 bytes; count, LEB128; W of each bet, f64 big-endian
 *
 * as base64, since the store keeps text.
 */
import type { TickSum } from './e-detector.ts'

const version = 1
const headBytes = 2
const idBytes = 16
const numberBytes = 8
/** Of a safe integer. */
const countBytesMax = 8
const idForm = /^[0-9a-f]{32}$/

/** Undefined: an identity or a number of bets that has no place in it. */
export const packSums = (sums: ReadonlyMap<string, TickSum>): string | undefined => {
  const [first] = sums.values()
  const bets = first?.logWealth.length ?? 0
  if (bets > 255) return undefined
  const bytes = Buffer.alloc(headBytes + sums.size * (idBytes + countBytesMax + bets * numberBytes))
  bytes.writeUInt8(version, 0)
  let at = bytes.writeUInt8(bets, 1)
  for (const [id, { count, logWealth }] of sums) {
    if (!idForm.test(id) || logWealth.length !== bets) return undefined
    at += bytes.write(id, at, 'hex')
    at = writeCount(bytes, at, count)
    for (const w of logWealth) at = bytes.writeDoubleBE(w, at)
  }
  return bytes.toString('base64', 0, at)
}

const writeCount = (bytes: Buffer, from: number, count: number): number => {
  let at = from
  let left = count
  while (left >= 128) {
    at = bytes.writeUInt8((left % 128) + 128, at)
    left = Math.floor(left / 128)
  }
  return bytes.writeUInt8(left, at)
}

/** Of `packSums`; undefined when it is anything else. */
export const readSums = (
  text: string,
  bets: number,
  detectorsMax: number,
): Map<string, TickSum> | undefined => {
  const bytes = Buffer.from(text, 'base64')
  // Reading base64 skips what is none.
  if (bytes.length < headBytes || bytes.toString('base64') !== text) return undefined
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sums = new Map<string, TickSum>()
  const given = bytes.readUInt8(1)
  if (bytes.readUInt8(0) !== version || (given !== bets && bytes.length > headBytes)) {
    return undefined
  }
  let at = headBytes
  while (at < bytes.length) {
    const id = bytes.toString('hex', at, at + idBytes)
    const counted = readCount(bytes, at + idBytes)
    if (counted === undefined || counted.end + bets * numberBytes > bytes.length) return undefined
    const { count, end } = counted
    const logWealth: number[] = []
    for (let k = 0; k < bets; k++) {
      const w = numbers.getFloat64(end + k * numberBytes)
      // A sum of nothing is 0: anything else was not written by a tick.
      if (!Number.isFinite(w) || (count === 0 && w !== 0)) return undefined
      logWealth.push(w)
    }
    if (sums.has(id) || sums.size >= detectorsMax) return undefined
    sums.set(id, { count, logWealth })
    at = end + bets * numberBytes
  }
  return sums
}

const readCount = (bytes: Buffer, from: number): { count: number; end: number } | undefined => {
  let count = 0
  let scale = 1
  for (let at = from; at < from + countBytesMax; at++) {
    const byte = bytes[at]
    if (byte === undefined) return undefined
    count += (byte % 128) * scale
    if (byte < 128) return Number.isSafeInteger(count) ? { count, end: at + 1 } : undefined
    scale *= 128
  }
  return undefined
}
