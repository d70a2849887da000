/** What a real server does when it fails: every call is settled in its bound, and what failed comes back. */
import net from 'node:net'
import v8 from 'node:v8'
import vm from 'node:vm'
import t from 'tap'
import type { Stored } from '../../src/state/store.ts'
import { measureLag, openRedis, pause, redisSettings, until } from './open-redis.ts'
import { skipWithoutRedis, startRedis } from './redis-server.ts'

t.jobs = 1
const options = { skip: skipWithoutRedis }
const ttlMs = 60_000
const ok = { ok: true, value: undefined }
const failed = (error: string) => ({ ok: false, error })
/** `command_timeout_ms`, what the deadline adds, and a little; on top comes the lag of the machine. */
const boundMs = 250 + 25 + 30
const atOnceMs = 10
/** From the return of a server to the first call that succeeds. */
const recoveryMs = 3000

const timed = async <T>(call: Promise<T>): Promise<{ value: T; ms: number }> => {
  const from = performance.now()
  const value = await call
  return { value, ms: performance.now() - from }
}

const setOne = { result: 'done', writes: { set: [{ key: 'g:v', value: '1', ttlMs }] } }
const watchOne = { values: ['g:v'], parts: ['g:p'] }

t.test('killed: calls fail at once, and it is found again when it is back', options, async (t) => {
  const server = await startRedis(t)
  const { store, errors } = openRedis(t, redisSettings(server.port))
  t.strictSame(await store.set('g:v', '1', ttlMs), failed('down'), 'not connected yet')
  t.equal(store.isUp(), false)
  t.equal(store.upForMs(), undefined)
  await until(() => store.isUp(), recoveryMs)
  await pause(50)
  t.ok((store.upForMs() ?? 0) >= 48)
  const lag = measureLag(t)
  await server.kill()
  await until(() => !store.isUp(), 100)
  t.equal(store.upForMs(), undefined)
  for (const call of [
    () => store.set('g:v', '1', ttlMs),
    () => store.writePart('g:p', 'one', '1', ttlMs),
    () => store.read(['g:v']),
    () => store.readParts('g:p'),
    () => store.transact(watchOne, () => setOne),
  ]) {
    const { value, ms } = await timed<Stored<unknown>>(call())
    t.strictSame(value, failed('down'))
    t.ok(ms < atOnceMs + lag.ms(), `${ms.toFixed(1)} ms`)
  }
  await pause(1500)
  t.ok(['down closed', 'down ECONNREFUSED'].includes(errors.at(-1) ?? ''))
  await store.read(['g:v'])
  t.equal(errors.at(-1), 'down ECONNREFUSED')
  await server.start()
  const back = await until(() => store.isUp(), recoveryMs)
  t.comment(`back after ${back.toFixed(0)} ms`)
  t.ok((store.upForMs() ?? Number.NaN) < 100)
  t.strictSame(await store.set('g:v', '1', ttlMs), ok)
  t.strictSame(await store.transact(watchOne, () => setOne), { ok: true, value: 'done' })
})

t.test('frozen: one timeout, then failures at once, and it is found again', options, async (t) => {
  const server = await startRedis(t)
  const { store, errors } = openRedis(t, redisSettings(server.port))
  await until(() => store.isUp(), recoveryMs)
  await store.set('g:v', 'before', ttlMs)
  const lag = measureLag(t)
  server.freeze()
  const calls = await Promise.all([
    timed<Stored<unknown>>(store.set('g:v', 'during', ttlMs)),
    timed<Stored<unknown>>(store.read(['g:v'])),
    timed<Stored<unknown>>(store.transact(watchOne, () => setOne)),
  ])
  const [first, ...behind] = calls.map(({ value }) => (value.ok ? 'ok' : value.error))
  t.equal(first, 'timeout')
  // The connection is closed for the first that was late, which may come before their own time.
  t.ok(behind.every((error) => error === 'timeout' || error === 'down'))
  for (const { ms } of calls) {
    t.ok(ms >= 245 && ms <= boundMs + lag.ms(), `${ms.toFixed(0)} ms`)
  }
  t.equal(store.isUp(), false)
  for (let i = 0; i < 40; i++) {
    const { value, ms } = await timed(store.read(['g:v']))
    t.strictSame(value, failed('down'))
    t.ok(ms < atOnceMs + lag.ms(), `${ms.toFixed(1)} ms`)
    await pause(50)
  }
  server.thaw()
  const back = await until(() => store.isUp(), recoveryMs)
  t.comment(`back after ${back.toFixed(0)} ms`)
  t.strictSame(await store.set('g:v', 'after', ttlMs), ok)
  t.strictSame(await store.read(['g:v']), { ok: true, value: new Map([['g:v', 'after']]) })
  t.ok(errors.every((error) => ['timeout timeout', 'down timeout', 'down closed'].includes(error)))
})

function collectedHeap(): number {
  v8.setFlagsFromString('--expose-gc')
  const collect: unknown = vm.runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('no gc')
  collect()
  return process.memoryUsage().heapUsed + process.memoryUsage().external
}

for (const outage of ['frozen', 'killed'] as const)
  t.test(
    `${outage}: 10,000 calls are all settled in their bound, and nothing gathers`,
    options,
    async (t) => {
      const server = await startRedis(t)
      const { store } = openRedis(t, redisSettings(server.port))
      await until(() => store.isUp(), recoveryMs)
      const value = 'x'.repeat(10_000)
      await store.set('g:v', value, ttlMs)
      const before = collectedHeap()
      const lag = measureLag(t)
      if (outage === 'frozen') server.freeze()
      else await server.kill()
      const counts = { down: 0, timeout: 0 }
      let slowest = 0
      let largest = 0
      for (let round = 0; round < 100; round++) {
        const calls = Array.from({ length: 100 }, (_, i) =>
          timed<Stored<unknown>>(
            i % 2 === 0
              ? store.writePart(`g:p${i}`, 'one', value, ttlMs)
              : store.transact(watchOne, () => setOne),
          ),
        )
        for (const { value, ms } of await Promise.all(calls)) {
          slowest = Math.max(slowest, ms)
          if (!value.ok && (value.error === 'down' || value.error === 'timeout'))
            counts[value.error]++
        }
        await pause(10)
        if (round % 10 === 9)
          largest = Math.max(largest, (await lag.without(collectedHeap)) - before)
      }
      t.equal(counts.down + counts.timeout, 10_000)
      t.ok(counts.timeout <= 100, `${counts.timeout} of them waited`)
      t.ok(slowest <= boundMs + lag.ms(), `${slowest.toFixed(0)} ms at most`)
      t.ok(largest < 4_194_304, `${largest} bytes more at most`)
      t.comment(
        counts,
        `slowest ${slowest.toFixed(0)} ms, lag ${lag.ms().toFixed(0)}, at most ${largest} bytes more`,
      )
    },
  )

t.test('frozen: no more than 1,000 calls, 64 MiB and 512 transactions wait', options, async (t) => {
  const server = await startRedis(t)
  const { store, errors } = openRedis(t, redisSettings(server.port))
  await until(() => store.isUp(), recoveryMs)
  server.freeze()
  const small = Array.from({ length: 1500 }, () => store.set('g:v', '1', ttlMs))
  const transactions = Array.from({ length: 700 }, () => store.transact(watchOne, () => setOne))
  await pause(10)
  t.equal(errors.filter((error) => error === 'timeout busy').length, 500 + 188)
  t.ok((await Promise.all([...small, ...transactions])).every((answer) => !answer.ok))
  server.thaw()
  await until(() => store.isUp(), recoveryMs)
  errors.length = 0
  server.freeze()
  const value = 'x'.repeat(4_194_304)
  const large = Array.from({ length: 20 }, () => store.set('g:v', value, ttlMs))
  await pause(10)
  t.equal(
    errors.filter((error) => error === 'timeout busy').length,
    5,
    '15 of 4 MiB and their heads fit',
  )
  await Promise.all(large)
})

t.test('a transaction that is cut off says so, and leaves nothing watched', options, async (t) => {
  const server = await startRedis(t)
  const { store, errors } = openRedis(t, redisSettings(server.port))
  await until(() => store.isUp(), recoveryMs)
  const cut = await store.transact(watchOne, () => {
    server.cli('CLIENT', 'KILL', 'TYPE', 'normal')
    return setOne
  })
  t.strictSame(cut, failed('down'))
  t.strictSame(errors, ['down closed'])
  await until(() => store.isUp(), recoveryMs)
  t.strictSame(await store.read(['g:v']), { ok: true, value: new Map() }, 'nothing was written')
  const lag = measureLag(t)
  const frozen = await timed(
    store.transact(watchOne, () => {
      server.freeze()
      return setOne
    }),
  )
  t.strictSame(frozen.value, failed('timeout'))
  t.ok(frozen.ms <= boundMs + lag.ms(), `${frozen.ms.toFixed(0)} ms`)
  server.thaw()
  await until(() => store.isUp(), recoveryMs)
  // The server may have got EXEC before it was frozen: it reads what is so, and decides on top of it.
  const again = await store.transact(watchOne, ({ values }) => ({
    result: values.has('g:v') ? 'it happened' : 'it did not',
    ...(values.has('g:v') ? {} : { writes: setOne.writes }),
  }))
  t.ok(again.ok)
  t.comment(again)
  t.strictSame(await store.read(['g:v']), { ok: true, value: new Map([['g:v', '1']]) })
})

t.test('UNWATCH follows on every way that sends no EXEC', options, async (t) => {
  const server = await startRedis(t)
  const { store } = openRedis(t, redisSettings(server.port, { valueBytesMax: 1000 }))
  await until(() => store.isUp(), recoveryMs)
  server.cli('CONFIG', 'RESETSTAT')
  await store.transact(watchOne, () => ({ result: 0 }))
  const tooLarge = { set: [{ key: 'g:v', value: 'x'.repeat(1001), ttlMs }] }
  await store.transact(watchOne, () => ({ result: 0, writes: tooLarge }))
  const thrown = new Error('of the caller')
  const rejected = store.transact(watchOne, () => {
    throw thrown
  })
  await t.rejects(rejected, thrown)
  await t.rejects(
    store.transact(watchOne, () => ({ result: 0, writes: { drop: ['x:y'] } })),
    RangeError,
  )
  await store.transact(watchOne, () => setOne)
  const stats = server.cli('--raw', 'INFO', 'commandstats')
  t.match(stats, /cmdstat_watch:calls=5,/)
  t.match(stats, /cmdstat_unwatch:calls=4,/)
  t.match(stats, /cmdstat_exec:calls=1,/)
})

t.test('a client that has given up for good is replaced', options, async (t) => {
  const server = await startRedis(t)
  const { createConnection } = net
  let refusals = 0
  // What the library takes for final: a connection that cannot even be begun.
  net.createConnection = () => {
    refusals++
    throw new Error('no more handles')
  }
  t.teardown(() => {
    net.createConnection = createConnection
  })
  const { store } = openRedis(t, redisSettings(server.port))
  await pause(100)
  t.equal(refusals, 2, 'once for each connection')
  t.strictSame(await store.set('g:v', '1', ttlMs), failed('down'))
  t.strictSame(await store.transact(watchOne, () => setOne), failed('down'))
  net.createConnection = createConnection
  await until(() => store.isUp(), recoveryMs)
  t.strictSame(await store.set('g:v', '1', ttlMs), ok)
})

t.test('closed: what waits is settled, and calls fail', options, async (t) => {
  const server = await startRedis(t)
  const { store } = openRedis(t, redisSettings(server.port))
  await until(() => store.isUp(), recoveryMs)
  const lag = measureLag(t)
  server.freeze()
  const waiting = timed<Stored<unknown>>(store.set('g:v', '1', ttlMs))
  const transaction = timed<Stored<unknown>>(store.transact(watchOne, () => setOne))
  await pause(20)
  const closing = await timed(store.close())
  t.ok(closing.ms < 250 + lag.ms(), `${closing.ms.toFixed(0)} ms`)
  for (const { value, ms } of await Promise.all([waiting, transaction])) {
    t.equal(value.ok, false)
    t.ok(ms <= boundMs + lag.ms(), `${ms.toFixed(0)} ms`)
  }
  t.strictSame(await store.set('g:v', '1', ttlMs), failed('down'))
  t.equal(store.isUp(), false)
  server.thaw()
})
