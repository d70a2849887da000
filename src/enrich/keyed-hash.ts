/** HMAC-SHA-256 under a key of its own per purpose, so that hashes of one kind never meet another. */
import { createHmac } from 'node:crypto'

/** 128 bits: no collision worth speaking of among 10^12 conversations. */
const hexCharacters = 32

export type KeyedHash = (...pieces: readonly string[]) => string

export const createKeyedHash = (secret: string | Uint8Array, purpose: string): KeyedHash => {
  const key = createHmac('sha256', secret).update(`holdfast ${purpose}`).digest()
  return (...pieces) => {
    const hmac = createHmac('sha256', key)
    // The length before each piece keeps ('ab', 'c') and ('a', 'bc') apart.
    for (const piece of pieces) hmac.update(`${piece.length}:`).update(piece)
    return hmac.digest('hex').slice(0, hexCharacters)
  }
}
