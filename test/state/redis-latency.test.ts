/** What a call takes on loopback, and that a transaction is not slowed down by those of others. */
import t from 'tap'
import { openRedis, redisSettings, until } from './open-redis.ts'
import { skipWithoutRedis, startRedis } from './redis-server.ts'

const ttlMs = 60_000
const calls = 2000

async function timesOf(call: (i: number) => Promise<{ ok: boolean }>): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < calls; i++) {
    const from = performance.now()
    const { ok } = await call(i)
    if (ok) times.push(performance.now() - from)
  }
  return times.sort((a, b) => a - b)
}

const at = (times: readonly number[], share: number): number =>
  times[Math.floor((times.length - 1) * share)] ?? Number.NaN

t.test('2,000 calls of each kind, one behind the other', { skip: skipWithoutRedis }, async (t) => {
  const server = await startRedis(t)
  const { store, errors } = openRedis(t, redisSettings(server.port))
  await until(() => store.isUp(), 5000)
  const value = JSON.stringify({ sums: Array.from({ length: 100 }, (_, i) => i / 7) })
  const watch = { values: ['g:v'], parts: ['g:p0', 'g:p1'] }
  const kinds = {
    writePart: (i: number) => store.writePart(`g:p${i % 10}`, `writer-${i % 3}`, value, ttlMs),
    set: () => store.set('g:v', value, ttlMs),
    read: () => store.read(['g:v']),
    readParts: () => store.readParts('g:p0'),
    transact: () =>
      store.transact(watch, () => ({
        result: 0,
        writes: { set: [{ key: 'g:v', value, ttlMs }] },
      })),
  }
  for (const [kind, call] of Object.entries(kinds)) {
    const times = await timesOf(call)
    t.equal(times.length, calls)
    const [p50, p99] = [at(times, 0.5), at(times, 0.99)]
    t.comment(`${kind}: p50 ${p50.toFixed(3)} ms, p99 ${p99.toFixed(3)} ms, n ${calls}`)
    t.ok(p50 < 20, `${kind} takes ${p50} ms`)
  }
  t.strictSame(errors, [])
})

t.test('300 transactions at once are all served', { skip: skipWithoutRedis }, async (t) => {
  const server = await startRedis(t)
  const { store, errors } = openRedis(t, redisSettings(server.port))
  await until(() => store.isUp(), 5000)
  const from = performance.now()
  const done = await Promise.all(
    Array.from({ length: 300 }, (_, i) =>
      store.transact({ values: [`g:v${i}`], parts: [`g:p${i}`] }, () => ({
        result: i,
        writes: { set: [{ key: `g:v${i}`, value: String(i), ttlMs }] },
      })),
    ),
  )
  t.comment(`${(performance.now() - from).toFixed(0)} ms`)
  t.ok(done.every((answer, i) => answer.ok && answer.value === i))
  t.strictSame(errors, [])
})
