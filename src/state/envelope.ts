/**
 * Values where others can write them are read like network input. Each is sealed as
 * `h1.<hmac>.<payload>`: HMAC-SHA-256, cut to 16 bytes, under a key that HKDF (RFC 5869) derives from
 * the deployment's secret, over the name of the key (and the writer of a part) as well, so that no
 * value can be moved to another place. Opening never throws; what is wrong with an entry is data.
 * An old value of the same place still opens: a signature does not tell when it was made.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Label values. */
export const badEntryKinds = ['envelope', 'signature', 'size'] as const
export type BadEntryKind = (typeof badEntryKinds)[number]

export type Opened = { ok: true; payload: string } | { ok: false; kind: BadEntryKind }

export interface Envelope {
  /** Undefined: the payload is over the cap. */
  seal(place: Place, payload: string): string | undefined
  open(place: Place, stored: string): Opened
  /** The longest stored entry that can be good, in bytes. */
  storedBytesMax: number
}

export interface Place {
  /** Full name, prefix included. */
  key: string
  /** Absent: a value, not a part. */
  writer?: string
}

export interface EnvelopeOptions {
  secret: string | Uint8Array
  valueBytesMax: number
}

const version = 'h1'
const keyBytes = 32
const tagBytes = 16
const tagCharacters = 22
/** `h1.`, the tag and the second dot. */
const headCharacters = version.length + 1 + tagCharacters + 1
const tagPattern = /^[A-Za-z0-9_-]{22}$/

export function createEnvelope({ secret, valueBytesMax }: EnvelopeOptions): Envelope {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'holdfast state', keyBytes))
  const storedBytesMax = headCharacters + valueBytesMax

  const tagOf = ({ key: name, writer }: Place, payload: string): Buffer => {
    const hmac = createHmac('sha256', key)
    // The length before each piece keeps ('ab', 'c') and ('a', 'bc') apart.
    const pieces = writer === undefined ? ['value', name] : ['part', name, writer]
    for (const piece of pieces) hmac.update(`${Buffer.byteLength(piece)}:`).update(piece)
    return hmac.update(payload).digest().subarray(0, tagBytes)
  }

  return {
    storedBytesMax,
    seal(place, payload) {
      if (Buffer.byteLength(payload) > valueBytesMax) return undefined
      return `${version}.${tagOf(place, payload).toString('base64url')}.${payload}`
    },
    open(place, stored) {
      if (Buffer.byteLength(stored) > storedBytesMax) return { ok: false, kind: 'size' }
      const tag = stored.slice(version.length + 1, headCharacters - 1)
      const framed =
        stored.startsWith(`${version}.`) &&
        stored[headCharacters - 1] === '.' &&
        tagPattern.test(tag)
      if (!framed) return { ok: false, kind: 'envelope' }
      const payload = stored.slice(headCharacters)
      const given = Buffer.from(tag, 'base64url')
      // 22 characters hold 132 bits: the 4 beyond the tag must be what sealing leaves there.
      const genuine =
        given.toString('base64url') === tag && timingSafeEqual(given, tagOf(place, payload))
      return genuine ? { ok: true, payload } : { ok: false, kind: 'signature' }
    },
  }
}
