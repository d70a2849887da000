/** What a real server refuses: memory, writing, rights, passwords. Each is its own error, and is over when it is over. */
import t from 'tap'
import { openRedis, pause, redisSettings, until } from './open-redis.ts'
import { skipWithoutRedis, startRedis } from './redis-server.ts'

t.jobs = 1
const options = { skip: skipWithoutRedis }
const ttlMs = 60_000
const ok = { ok: true, value: undefined }
const failed = (error: string) => ({ ok: false, error })
const recoveryMs = 3000

const setOne = { result: 'done', writes: { set: [{ key: 'g:v', value: '1', ttlMs }] } }
const watchOne = { values: ['g:v'], parts: ['g:p'] }

t.test(
  'out of memory: writes are `full`, a transaction writes all or nothing',
  options,
  async (t) => {
    const server = await startRedis(t, {
      args: ['--maxmemory', '3mb', '--maxmemory-policy', 'noeviction'],
    })
    const { store, errors } = openRedis(t, redisSettings(server.port))
    await until(() => store.isUp(), recoveryMs)
    const value = 'x'.repeat(50_000)
    let full = 0
    for (let i = 0; i < 100; i++) {
      const set = await store.set(`g:v${i}`, value, ttlMs)
      if (!set.ok && set.error === 'full') full++
    }
    t.ok(full > 20 && full < 100, `${full} of 100`)
    t.strictSame(await store.writePart('g:p', 'one', value, ttlMs), failed('full'))
    const both = await store.transact({ values: ['g:v0'], parts: [] }, () => ({
      result: 0,
      writes: { set: [{ key: 'g:new', value, ttlMs }], drop: ['g:v0'] },
    }))
    t.strictSame(both, failed('full'))
    t.strictSame(await store.read(['g:v0', 'g:new']), {
      ok: true,
      value: new Map([['g:v0', value]]),
    })
    t.equal(store.isUp(), true)
    t.ok(errors.every((error) => error === 'full OOM'))
    // Redis queues nothing in a transaction while it is full, not even DEL: only expiry makes room.
    const dropping = await store.transact({ values: ['g:v0'], parts: [] }, () => ({
      result: 0,
      writes: { drop: ['g:v0'] },
    }))
    t.strictSame(dropping, failed('full'))
    server.cli('CONFIG', 'SET', 'maxmemory', '8mb')
    t.strictSame(await store.set('g:new', value, ttlMs), ok)
  },
)

t.test('a replica: reads work, writes are `read_only` until it is a master', options, async (t) => {
  const server = await startRedis(t)
  const { store, errors } = openRedis(t, redisSettings(server.port))
  await until(() => store.isUp(), recoveryMs)
  await store.set('g:v', '1', ttlMs)
  server.cli('REPLICAOF', '127.0.0.1', '1')
  t.strictSame(await store.set('g:v', '2', ttlMs), failed('read_only'))
  await until(() => store.isUp(), recoveryMs)
  t.strictSame(await store.writePart('g:p', 'one', '1', ttlMs), failed('read_only'))
  t.strictSame(await store.transact(watchOne, () => setOne), failed('read_only'))
  await until(() => store.isUp(), recoveryMs)
  t.strictSame(await store.transact(watchOne, ({ values }) => ({ result: values.get('g:v') })), {
    ok: true,
    value: '1',
  })
  t.strictSame(await store.read(['g:v']), { ok: true, value: new Map([['g:v', '1']]) })
  t.strictSame([...new Set(errors)], ['read_only READONLY'])
  server.cli('REPLICAOF', 'NO', 'ONE')
  t.strictSame(await store.set('g:v', '2', ttlMs), ok)
  t.strictSame(await store.transact(watchOne, () => setOne), { ok: true, value: 'done' })
})

t.test('a right that is missing is `no_auth`, at that call only', options, async (t) => {
  const server = await startRedis(t)
  const acl = ['holdfast', 'on', '>pass', '~holdfast:*', '-@all', '+getrange', '+set']
  server.cli('ACL', 'SETUSER', ...acl)
  const user = { username: 'holdfast', password: 'pass' }
  const { store, errors } = openRedis(t, redisSettings(server.port, user))
  await until(() => store.isUp(), recoveryMs)
  t.strictSame(await store.set('g:v', '1', ttlMs), ok)
  t.strictSame(await store.writePart('g:p', 'one', '1', ttlMs), failed('no_auth'))
  t.strictSame(await store.readParts('g:p'), failed('no_auth'))
  t.strictSame(await store.transact(watchOne, () => setOne), failed('no_auth'))
  t.strictSame([...new Set(errors)], ['no_auth NOPERM'])
  t.equal(store.isUp(), true)
  const foreign = openRedis(t, redisSettings(server.port, { ...user, prefix: 'other' }))
  await until(() => foreign.errors.length > 0 || foreign.store.isUp(), 200).catch(() => 0)
  t.strictSame(await foreign.store.set('g:v', '1', ttlMs), failed('no_auth'))
  t.equal(foreign.store.isUp(), false)
})

t.test(
  'a wrong password is `no_auth`, is printed nowhere, and is tried again',
  options,
  async (t) => {
    const secretWord = 'correct-horse-battery'
    const server = await startRedis(t, {
      args: ['--requirepass', secretWord],
      cliArgs: ['-a', secretWord, '--no-auth-warning'],
    })
    const printed: string[] = []
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream)
      t.intercept(stream, 'write', {
        value: (...args: Parameters<typeof write>) => {
          printed.push(String(args[0]))
          return write(...args)
        },
      })
    }
    const none = openRedis(t, redisSettings(server.port))
    const wrong = openRedis(t, redisSettings(server.port, { password: `${secretWord}-not` }))
    const inUrl = redisSettings(server.port, {
      url: `redis://:${secretWord}-no@127.0.0.1:${server.port}`,
    })
    const wrongUrl = openRedis(t, inUrl)
    await pause(300)
    const all = [none, wrong, wrongUrl]
    for (const { store } of all) {
      t.strictSame(await store.set('g:v', '1', ttlMs), failed('no_auth'))
      t.strictSame(await store.transact(watchOne, () => setOne), failed('no_auth'))
      t.equal(store.isUp(), false)
    }
    t.strictSame(
      all.map(({ errors }) => errors.at(-1)),
      ['no_auth NOAUTH', 'no_auth WRONGPASS', 'no_auth WRONGPASS'],
    )
    server.cli('CONFIG', 'SET', 'requirepass', `${secretWord}-not`)
    await until(() => wrong.store.isUp(), recoveryMs)
    t.strictSame(await wrong.store.set('g:v', '1', ttlMs), ok)
    process.stderr.write('# the last line\n')
    t.equal(printed.at(-1), '# the last line\n', 'it would have been seen')
    t.notOk(printed.join('').includes(secretWord))
    const seen = JSON.stringify(all.map(({ errors, bad }) => [errors, bad]))
    t.notOk(seen.includes(secretWord))
  },
)
