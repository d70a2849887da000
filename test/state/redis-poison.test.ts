/** Entries that somebody else wrote: absent, counted, replaced; never believed, never too much to read. */
import t from 'tap'
import { type Dice, dice } from '../../src/simulator/seeded.ts'
import { createEnvelope } from '../../src/state/envelope.ts'
import { openRedis, redisSettings, testSecret, until } from './open-redis.ts'
import { skipWithoutRedis, startRedis } from './redis-server.ts'

const options = { skip: skipWithoutRedis }
const ttlMs = 60_000
const valueBytesMax = 4_194_304
const envelope = createEnvelope({ secret: testSecret, valueBytesMax })
const countOf = (kinds: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

/** Any change of a sealed value; never the same text. */
function poisoned(random: Dice, sealed: string, foreign: string): string {
  const at = random.between(0, sealed.length - 1)
  const other = String.fromCharCode(
    33 + ((sealed.charCodeAt(at) - 33 + 1 + random.between(0, 89)) % 94),
  )
  switch (random.between(0, 5)) {
    case 0:
      return sealed.slice(0, at) + other + sealed.slice(at + 1)
    case 1:
      return sealed.slice(0, at)
    case 2:
      return `${sealed}${other}`
    case 3:
      return foreign
    case 4:
      return JSON.stringify({ evidence: random.between(0, 1e9) })
    default:
      return `h2${sealed.slice(2)}`
  }
}

t.test('of 10,000 poisoned values and parts each is absent and counted', options, async (t) => {
  const server = await startRedis(t)
  const { store, bad, errors } = openRedis(
    t,
    redisSettings(server.port, { commandTimeoutMs: 5000 }),
  )
  await until(() => store.isUp(), 5000)
  const random = dice(16)
  const foreign = envelope.seal({ key: 'holdfast:{g}:elsewhere' }, '{"a":1}') ?? ''
  const names = Array.from({ length: 5000 }, (_, i) => `holdfast:{g}:v${i}`)
  const writers = Array.from({ length: 5000 }, (_, i) => `w${i}`)
  const values = names.map((key) =>
    poisoned(random, envelope.seal({ key }, '{"a":1}') ?? '', foreign),
  )
  const parts = 'holdfast:{g}:p'
  server.pipe([
    ...values.map((value, i) => ['SET', names[i] ?? '', value]),
    ...writers.map((writer) => {
      const sealed = envelope.seal({ key: parts, writer }, '{"a":1}') ?? ''
      return ['HSET', parts, writer, poisoned(random, sealed, foreign)]
    }),
    ['SET', 'holdfast:{g}:good', envelope.seal({ key: 'holdfast:{g}:good' }, 'good') ?? ''],
  ])
  const keys = names.map((name) => name.replace('holdfast:{g}', 'g'))
  const read = await store.read([...keys, 'g:good'])
  t.strictSame(read, { ok: true, value: new Map([['g:good', 'good']]) })
  // Cut to nothing, an entry is as absent as any.
  const empty = values.filter((value) => value === '').length
  t.equal(bad.length, 5000 - empty)
  const kinds = countOf(bad)
  bad.length = 0
  t.strictSame(await store.readParts('g:p'), { ok: true, value: new Map() })
  t.equal(bad.length, 5000)
  t.comment('values', kinds, 'parts', countOf(bad))
  t.strictSame(Object.keys(kinds).sort(), ['envelope', 'signature'])
  const seen = await store.transact({ values: keys.slice(0, 100), parts: ['g:p'] }, (seen) => ({
    result: seen.values.size + seen.parts.size,
    writes: { drop: ['g:p'] },
  }))
  t.strictSame(seen, { ok: true, value: 0 })
  t.strictSame(errors, [])
  t.strictSame(await store.writePart('g:p', 'one', '1', ttlMs), { ok: true, value: undefined })
  t.strictSame(await store.readParts('g:p'), { ok: true, value: new Map([['one', '1']]) })
})

t.test('a value that is too large is not even sent', options, async (t) => {
  const server = await startRedis(t)
  const { store, bad } = openRedis(t, redisSettings(server.port, { commandTimeoutMs: 5000 }))
  await until(() => store.isUp(), 5000)
  const sent = (): number =>
    Number(/total_net_output_bytes:(\d+)/.exec(server.cli('--raw', 'INFO', 'stats'))?.[1])
  server.cli('SETRANGE', 'holdfast:{g}:v', '200000000', 'x')
  for (let i = 0; i < 5; i++)
    server.cli(
      'EVAL',
      `return redis.call('HSET', KEYS[1], 'w${i}', string.rep('x', 20000000)) `,
      '1',
      'holdfast:{g}:p',
    )
  const before = sent()
  t.strictSame(await store.read(['g:v']), { ok: true, value: new Map() })
  t.strictSame(await store.readParts('g:p'), { ok: true, value: new Map() })
  const seen = await store.transact({ values: ['g:v'], parts: ['g:p'] }, ({ values, parts }) => ({
    result: values.size + parts.size,
    writes: { set: [{ key: 'g:v', value: '1', ttlMs }], drop: ['g:p'] },
  }))
  t.strictSame(seen, { ok: true, value: 0 })
  t.strictSame(bad, ['size', 'size', 'size', 'size'])
  const bytes = sent() - before
  t.ok(bytes < 2 * (valueBytesMax + 100_000), `${bytes} bytes for two reads of a value`)
  t.strictSame(await store.read(['g:v']), { ok: true, value: new Map([['g:v', '1']]) })
  t.strictSame(await store.readParts('g:p'), { ok: true, value: new Map() })
})

t.test(
  'keys of another type are absent and counted; a part cannot be written there',
  options,
  async (t) => {
    const server = await startRedis(t)
    const { store, bad, errors } = openRedis(t, redisSettings(server.port))
    await until(() => store.isUp(), 5000)
    const plant = (): void => {
      server.cli('DEL', 'holdfast:{g}:v', 'holdfast:{g}:p')
      server.cli('RPUSH', 'holdfast:{g}:v', 'a', 'b')
      server.cli('SADD', 'holdfast:{g}:p', 'a')
    }
    plant()
    await store.set('g:own', '1', ttlMs)
    const own = new Map([['g:own', '1']])
    t.strictSame(await store.read(['g:v', 'g:own']), { ok: true, value: own })
    t.strictSame(await store.readParts('g:p'), { ok: true, value: new Map() })
    t.strictSame(bad, ['envelope', 'envelope'])
    t.strictSame(await store.writePart('g:p', 'one', '1', ttlMs), { ok: false, error: 'other' })
    t.strictSame(bad, ['envelope', 'envelope', 'envelope'])
    t.strictSame(errors, ['other WRONGTYPE'])
    t.strictSame(await store.set('g:v', '1', ttlMs), { ok: true, value: undefined })
    plant()
    const healed = await store.transact({ values: ['g:v'], parts: ['g:p'] }, (seen) => ({
      result: seen.values.size + seen.parts.size,
      writes: { set: [{ key: 'g:v', value: '2', ttlMs }], drop: ['g:p'] },
    }))
    t.strictSame(healed, { ok: true, value: 0 })
    t.equal(bad.length, 5)
    t.strictSame(await store.read(['g:v']), { ok: true, value: new Map([['g:v', '2']]) })
    t.strictSame(await store.writePart('g:p', 'one', '1', ttlMs), { ok: true, value: undefined })
  },
)

t.test('a field that is no writer of ours is no part', options, async (t) => {
  const server = await startRedis(t)
  const { store, bad } = openRedis(t, redisSettings(server.port))
  await until(() => store.isUp(), 5000)
  const key = 'holdfast:{g}:p'
  const wrong = ['', 'two words', 'x'.repeat(201), 'a/b', '__proto__\n']
  for (const writer of wrong)
    server.cli('HSET', key, writer, envelope.seal({ key, writer }, '1') ?? '')
  await store.writePart('g:p', '__proto__', 'ours', ttlMs)
  await store.writePart('g:p', 'constructor', 'ours too', ttlMs)
  const read = await store.readParts('g:p')
  const expected = new Map([
    ['__proto__', 'ours'],
    ['constructor', 'ours too'],
  ])
  t.strictSame(read, { ok: true, value: expected })
  t.equal(bad.length, wrong.length)
})
