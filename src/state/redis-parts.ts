/**
 * A large set of parts is read in pieces: what a server holds for a client that has not read yet would
 * else be a second copy of all of it, and one reply would take longer than a command may. Pieces are
 * opened as they come, so that the thread is never held up for all of them at once.
 *
 * HSCAN gives every field that is there from its beginning to its end. Under WATCH that is all of them:
 * whoever writes meanwhile makes the transaction decide again.
 */
import { type RedisEntries, unlessWrongType } from './redis-entries.ts'
import { OddReply } from './redis-error.ts'
import type { Answer, RedisClient, RedisLink } from './redis-link.ts'

/** The keys of parts that are read in pieces, and those that are too large to be read. */
export interface PartSizes {
  large: ReadonlySet<string>
  over: ReadonlySet<string>
  /** What reading them may take beyond the time of a command. */
  furtherMs: number
}

const fieldsPerPiece = 32
/** An honest server gives a few empty pieces while it grows its table, no more. */
const piecesMax = 100_000
const mebibyte = 1_048_576
const msPerMebibyte = 100

/** The server is asked first, since a hash has no range. */
export async function partSizes(
  link: RedisLink,
  entries: RedisEntries,
  keys: readonly string[],
  leftMs?: number,
): Promise<Answer<PartSizes>> {
  if (keys.length === 0)
    return { ok: true, value: { large: new Set(), over: new Set(), furtherMs: 0 } }
  const answer = await link.run(
    (client) =>
      Promise.all(entries.names(keys).map((name) => client.memory('USAGE', name, 'SAMPLES', 0))),
    0,
    leftMs,
  )
  if (!answer.ok) return answer
  const { large, over } = entries.partsBySize(keys, answer.value)
  let bytes = 0
  for (const size of large.values()) bytes += size
  const furtherMs = Math.ceil(bytes / mebibyte) * msPerMebibyte
  return { ok: true, value: { large: new Set(large.keys()), over, furtherMs } }
}

/** Rejects as a command does. */
export async function scanParts(
  client: RedisClient,
  entries: RedisEntries,
  key: string,
): Promise<Map<string, string>> {
  const name = entries.name(key)
  const parts = new Map<string, string>()
  let cursor = '0'
  for (let pieces = 0; pieces < piecesMax; pieces++) {
    const reply: unknown = await client
      .hscan(name, cursor, 'COUNT', fieldsPerPiece)
      .catch(unlessWrongType)
    if (typeof reply === 'symbol') return entries.openParts(key, reply)
    const piece = pieceOf(reply)
    for (const [writer, value] of entries.openParts(key, piece.fields)) parts.set(writer, value)
    if (piece.cursor === '0') return parts
    cursor = piece.cursor
  }
  throw new OddReply()
}

function pieceOf(reply: unknown): { cursor: string; fields: Record<string, unknown> } {
  if (!Array.isArray(reply) || reply.length !== 2) throw new OddReply()
  const cursor: unknown = reply[0]
  const flat: unknown = reply[1]
  if (typeof cursor !== 'string' || !/^\d{1,20}$/.test(cursor)) throw new OddReply()
  if (!Array.isArray(flat) || flat.length % 2 !== 0) throw new OddReply()
  const fields: [string, unknown][] = []
  for (let i = 0; i < flat.length; i += 2) fields.push([String(flat[i]), flat[i + 1]])
  return { cursor, fields: Object.fromEntries(fields) }
}
