import t from 'tap'
import { createEnvelope } from '../../src/state/envelope.ts'
import { type StoreHarness, storeChecks } from '../contract/store.ts'
import { aclLine } from './acl-line.ts'
import { openRedis, pause, redisSettings, testSecret, until } from './open-redis.ts'
import { type RedisServer, skipWithoutRedis, startRedis } from './redis-server.ts'

const valueBytesMax = 200_000
const password = 'pa%ss:w@rd/?#'

interface Opened extends StoreHarness {
  bad: string[]
  errors: string[]
}

/** Slow processes write in between here: only the bounds are tested with short deadlines. */
function harnessOf(
  t: Parameters<typeof openRedis>[0],
  server: RedisServer,
  more: Parameters<typeof redisSettings>[1] = {},
): Opened {
  const settings = redisSettings(server.port, { commandTimeoutMs: 10_000, valueBytesMax, ...more })
  const one = openRedis(t, settings)
  const two = openRedis(t, settings)
  const envelope = createEnvelope({ secret: testSecret, valueBytesMax })
  const nameOf = (key: string): string => key.replace(/^([^:]*):/, 'holdfast:{$1}:')
  return {
    a: one.store,
    b: two.store,
    bad: one.bad,
    errors: one.errors,
    valueBytesMax,
    passMs: pause,
    interfere(key, value) {
      const name = nameOf(key)
      server.cli('set', name, envelope.seal({ key: name }, value) ?? '', 'PX', '60000')
    },
    interferePart(key, writer, value) {
      const name = nameOf(key)
      server.cli('hset', name, writer, envelope.seal({ key: name, writer }, value) ?? '')
    },
    async spoil(key) {
      server.cli('setrange', nameOf(key), '5', '!')
    },
  }
}

t.test('one server, with the rights of docs/state.md', { skip: skipWithoutRedis }, async (t) => {
  const server = await startRedis(t)
  server.cli('ACL', 'SETUSER', ...aclLine('plain', password))
  const user = { username: 'holdfast', password }
  for (const check of storeChecks)
    t.test(check.name, async (t) => {
      server.cli('FLUSHALL')
      const harness = harnessOf(t, server, user)
      await until(() => harness.a.isUp() && harness.b.isUp(), 5000)
      await check.run(harness)
      t.notOk(harness.errors.some((error) => error.includes('no_auth')))
      if (check.name.startsWith('a damaged entry')) t.strictSame(harness.bad, ['envelope'])
    })
})

t.test('a cluster, with the rights of docs/state.md', { skip: skipWithoutRedis }, async (t) => {
  const server = await startRedis(t, {
    args: ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'],
  })
  server.cli('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
  server.cli('ACL', 'SETUSER', ...aclLine('cluster', password))
  await until(() => server.cli('CLUSTER', 'INFO').includes('cluster_state:ok'), 10_000)
  const user = { username: 'holdfast', password, cluster: true }
  for (const check of storeChecks)
    t.test(check.name, async (t) => {
      server.cli('FLUSHALL')
      const harness = harnessOf(t, server, user)
      await until(() => harness.a.isUp() && harness.b.isUp(), 5000)
      await check.run(harness)
      t.notOk(harness.errors.some((error) => error.includes('no_auth')))
    })
})

t.test('every key expires and stands under the prefix', { skip: skipWithoutRedis }, async (t) => {
  const server = await startRedis(t)
  const { store } = openRedis(t, redisSettings(server.port, { prefix: 'other_1' }))
  await until(() => store.isUp(), 5000)
  await store.set('g:v', '1', 5000)
  await store.writePart('g:p', 'one', '1', 6000)
  await store.transact({ values: ['g:w'], parts: [] }, () => ({
    result: 0,
    writes: { set: [{ key: 'g:w', value: '1', ttlMs: 7000 }] },
  }))
  const keys = server.cli('--raw', 'keys', '*').split('\n').sort()
  t.strictSame(keys, ['other_1:{g}:p', 'other_1:{g}:v', 'other_1:{g}:w'])
  for (const [i, key] of keys.entries()) {
    const left = Number(server.cli('--raw', 'pttl', key))
    const given = [6000, 5000, 7000][i] ?? 0
    t.ok(left > given - 2000 && left <= given, `${key} has ${left} ms`)
  }
})

t.test('only the commands of docs/state.md are sent', { skip: skipWithoutRedis }, async (t) => {
  const server = await startRedis(t)
  server.cli('CONFIG', 'RESETSTAT')
  const harness = harnessOf(t, server)
  await until(() => harness.a.isUp() && harness.b.isUp(), 5000)
  for (const check of storeChecks) await check.run(harness)
  const used = server
    .cli('--raw', 'INFO', 'commandstats')
    .split('\n')
    .flatMap((line) => /^cmdstat_([^:]+):/.exec(line)?.[1] ?? [])
  const ours = used.filter(
    (name) =>
      !['info', 'setrange', 'config|resetstat', 'hello', 'command|docs', 'command'].includes(name),
  )
  const allowed = aclLine('plain', '').flatMap((word) =>
    word.startsWith('+') ? [word.slice(1)] : [],
  )
  t.strictSame(ours.sort(), allowed.sort())
})
