/**
 * Writes over what lies in a Redis: each value is one of ours with bits flipped, cut, unsigned or of
 * another place, or signed with the deployment's own secret and yet no state, part or record.
 */
import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import type { Random } from '../../../src/drift/simulation/random.ts'
import { createEnvelope, type Envelope, type Place } from '../../../src/state/envelope.ts'

/** Well-signed by somebody who has the secret. None of them can be taken for a value of ours. */
const nonsense: readonly string[] = [
  'null',
  '[]',
  '{}',
  '["a"',
  '\u0000',
  '{"version":1}',
  '{"version":9}',
  '{"version":1,"samples":-1}',
  '{"version":1,"samples":1e400,"detectors":{},"behaviour":{}}',
  '{"version":1,"samples":5,"detectors":{"x":{"count":1,"logWealth":[1]}},"behaviour":{}}',
  '{"version":1,"foldedTick":1e300,"detectors":{},"series":{},"receipts":[]}',
  '{"version":1,"foldedTick":"1","detectors":{"__proto__":{"wealth":[]}},"receipts":[{}]}',
  '{"version":1,"names":["steady"],"active":"other"}',
  '{"version":1,"names":["__proto__"],"active":"__proto__"}',
]

const poisoned = (random: Random, envelope: Envelope, place: Place, sealed: string): string => {
  const at = random.below(Math.max(1, sealed.length))
  switch (random.below(6)) {
    case 0: {
      const flipped = Buffer.from(sealed)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8))
      return flipped.toString('latin1')
    }
    case 1:
      return sealed.slice(0, at)
    case 2:
      return JSON.stringify({ version: 1, foldedTick: random.below(1e9) })
    case 3:
      return `h1.${randomBytes(16).toString('base64url')}.${sealed.slice(26)}`
    case 4:
      return envelope.seal({ key: 'holdfast:{drift}:elsewhere' }, sealed.slice(26)) ?? ''
    default:
      return envelope.seal(place, nonsense[random.below(nonsense.length)] ?? '') ?? ''
  }
}

export interface PoisonOptions {
  port: number
  secret: Uint8Array
  values: number
  random: Random
}

const perRound = 250
const roundMs = 50

const contentOf = async (redis: Redis, key: string): Promise<string | Record<string, string>> =>
  (await redis.type(key)) === 'hash'
    ? await redis.hgetall(key)
    : ((await redis.get(key).catch(() => '')) ?? '')

/** Over every key there is, and into the parts of every writer and of strangers. */
export async function poison({ port, secret, values, random }: PoisonOptions): Promise<void> {
  const envelope = createEnvelope({ secret, valueBytesMax: 4_194_304 })
  const redis = new Redis({ port, host: '127.0.0.1' })
  for (let written = 0; written < values; written += perRound) {
    const keys = await redis.keys('holdfast:*')
    const pipeline = redis.pipeline()
    const held = await Promise.all(keys.map((key) => contentOf(redis, key)))
    for (let i = 0; i < perRound; i++) {
      const at = random.below(keys.length)
      const key = keys[at] ?? ''
      const content = held[at] ?? ''
      if (typeof content === 'string') {
        pipeline.set(key, poisoned(random, envelope, { key }, content), 'PX', 600_000)
        continue
      }
      const parts = Object.entries(content)
      const [own = '', sealed = ''] = parts[random.below(parts.length)] ?? []
      const writer = random.below(4) === 0 ? own : `stranger-${random.below(1000)}`
      pipeline.hset(key, writer, poisoned(random, envelope, { key, writer }, sealed))
    }
    await pipeline.exec()
    await new Promise((resolve) => setTimeout(resolve, roundMs))
  }
  redis.disconnect()
}
