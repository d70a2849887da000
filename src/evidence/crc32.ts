/**
 * CRC-32 as in zlib, PNG and Ethernet (reflected polynomial 0xEDB88320), so that any other tool can
 * check a record. By tables of four bytes at a time; zlib's own is not in Node 20.
 */

const polynomial = 0xedb88320

/** Four tables of 256 one behind the other: the byte's own, and followed by one, two and three others. */
const table = makeTable()

function makeTable(): Int32Array {
  const made = new Int32Array(4 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1
    made[byte] = crc
  }
  for (let i = 256; i < made.length; i++) {
    const before = made[i - 256] ?? 0
    made[i] = (before >>> 8) ^ (made[before & 0xff] ?? 0)
  }
  return made
}

/** @returns an unsigned 32-bit number */
export function crc32(bytes: Uint8Array, from = 0, to = bytes.length): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let crc = -1
  let at = from
  for (const whole = to - 3; at < whole; at += 4) {
    crc ^= view.getInt32(at, true)
    crc =
      entry(768 + (crc & 0xff)) ^
      entry(512 + ((crc >>> 8) & 0xff)) ^
      entry(256 + ((crc >>> 16) & 0xff)) ^
      entry(crc >>> 24)
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ entry((crc ^ view.getUint8(at)) & 0xff)
  return ~crc >>> 0
}

/** No index is beyond the table. */
const entry = (i: number): number => table[i] ?? 0
