/** A cluster of two masters: slots that move, nodes that freeze or die. */
import t, { type Test } from 'tap'
import { measureLag, openRedis, redisSettings, until } from './open-redis.ts'
import { type RedisServer, skipWithoutRedis, startRedis } from './redis-server.ts'

t.jobs = 1
const options = { skip: skipWithoutRedis }
const ttlMs = 60_000
const ok = { ok: true, value: undefined }
const failed = (error: string) => ({ ok: false, error })
const recoveryMs = 5000

const args = [
  '--cluster-enabled',
  'yes',
  '--cluster-announce-ip',
  '127.0.0.1',
  '--cluster-node-timeout',
  '1000',
  '--cluster-require-full-coverage',
  'no',
]

/** Slots 0-8191 on one, 8192-16383 on the other. */
async function startCluster(t: Test): Promise<[RedisServer, RedisServer]> {
  const one = await startRedis(t, { args })
  const two = await startRedis(t, { args })
  one.cli('CLUSTER', 'ADDSLOTSRANGE', '0', '8191')
  two.cli('CLUSTER', 'ADDSLOTSRANGE', '8192', '16383')
  one.cli('CLUSTER', 'MEET', '127.0.0.1', String(two.port))
  const whole = (server: RedisServer): boolean => {
    const info = server.cli('CLUSTER', 'INFO')
    return info.includes('cluster_state:ok') && info.includes('cluster_slots_assigned:16384')
  }
  await until(() => whole(one) && whole(two), 20_000)
  return [one, two]
}

const slotOf = (server: RedisServer, group: string): string =>
  server.cli('CLUSTER', 'KEYSLOT', group)

/** A group of keys that lies on the first node, and one on the second. */
function groupsOf(server: RedisServer): [string, string] {
  const groups = Array.from({ length: 50 }, (_, i) => `g${i}`)
  const isFirst = (group: string): boolean => Number(slotOf(server, group)) < 8192
  const first = groups.find(isFirst)
  const second = groups.find((group) => !isFirst(group))
  if (first === undefined || second === undefined) throw new Error('no groups')
  return [first, second]
}

function moveSlot(slot: string, from: RedisServer, to: RedisServer): void {
  const id = (server: RedisServer): string => server.cli('CLUSTER', 'MYID')
  to.cli('CLUSTER', 'SETSLOT', slot, 'IMPORTING', id(from))
  from.cli('CLUSTER', 'SETSLOT', slot, 'MIGRATING', id(to))
  const keys = from.cli('--raw', 'CLUSTER', 'GETKEYSINSLOT', slot, '1000').split('\n')
  if (keys[0] !== '')
    from.cli('MIGRATE', '127.0.0.1', String(to.port), '', '0', '5000', 'KEYS', ...keys)
  to.cli('CLUSTER', 'SETSLOT', slot, 'NODE', id(to))
  from.cli('CLUSTER', 'SETSLOT', slot, 'NODE', id(to))
}

t.test('keys of both nodes are read together, transactions run on each', options, async (t) => {
  const [one, two] = await startCluster(t)
  const groups = groupsOf(one)
  const url = `redis://127.0.0.1:1,redis://127.0.0.1:${two.port}`
  const { store, errors } = openRedis(t, redisSettings(0, { cluster: true, url }))
  await until(() => store.isUp(), recoveryMs)
  const all = await Promise.all(groups.map((group) => store.set(`${group}:v`, group, ttlMs)))
  t.strictSame(all, [ok, ok], 'nodes are connected before the store is up')
  const expected = new Map(groups.map((group) => [`${group}:v`, group]))
  t.strictSame(await store.read(groups.map((group) => `${group}:v`)), { ok: true, value: expected })
  for (const group of groups) {
    t.strictSame(await store.writePart(`${group}:p`, 'one', '1', ttlMs), ok)
    const watch = { values: [`${group}:v`], parts: [`${group}:p`] }
    const done = await store.transact(watch, ({ values, parts }) => ({
      result: [values.size, parts.size],
      writes: { drop: [`${group}:p`] },
    }))
    t.strictSame(done, { ok: true, value: [1, 1] })
  }
  t.strictSame(errors, [])
})

t.test(
  'a slot that moved is followed; a transaction fails once, and is never unguarded',
  options,
  async (t) => {
    const [one, two] = await startCluster(t)
    const [group] = groupsOf(one)
    const settings = redisSettings(one.port, { cluster: true, commandTimeoutMs: 2000 })
    const { store, errors } = openRedis(t, settings)
    await until(() => store.isUp(), recoveryMs)
    const key = `${group}:v`
    await store.set(key, '1', ttlMs)
    await store.writePart(`${group}:p`, 'one', '1', ttlMs)
    const slot = slotOf(one, group)
    const moved = await store.transact({ values: [key], parts: [] }, () => {
      moveSlot(slot, one, two)
      return { result: 0, writes: { set: [{ key, value: '2', ttlMs }] } }
    })
    t.strictSame(moved, failed('down'), 'what it watched is no more')
    t.strictSame(errors, ['down MOVED'])
    t.strictSame(await store.read([key]), { ok: true, value: new Map([[key, '1']]) })
    t.strictSame(await store.readParts(`${group}:p`), { ok: true, value: new Map([['one', '1']]) })
    t.strictSame(await store.writePart(`${group}:p`, 'two', '2', ttlMs), ok)
    await until(() => store.isUp(), recoveryMs)
    const count = () =>
      store.transact({ values: [key], parts: [`${group}:p`] }, ({ values, parts }) => ({
        result: [values.get(key), parts.get(`${group}:p`)?.size],
        writes: { set: [{ key, value: '3', ttlMs }] },
      }))
    let counted = await count()
    for (let i = 0; i < 20 && !counted.ok; i++) counted = await count()
    t.strictSame(counted, { ok: true, value: ['1', 2] })
  },
)

t.test('a slot that is on its way answers ASK: plain calls follow', options, async (t) => {
  const [one, two] = await startCluster(t)
  const [group] = groupsOf(one)
  const { store } = openRedis(t, redisSettings(one.port, { cluster: true }))
  await until(() => store.isUp(), recoveryMs)
  const slot = slotOf(one, group)
  two.cli('CLUSTER', 'SETSLOT', slot, 'IMPORTING', one.cli('CLUSTER', 'MYID'))
  one.cli('CLUSTER', 'SETSLOT', slot, 'MIGRATING', two.cli('CLUSTER', 'MYID'))
  t.strictSame(await store.set(`${group}:v`, '1', ttlMs), ok)
  t.strictSame(await store.read([`${group}:v`]), {
    ok: true,
    value: new Map([[`${group}:v`, '1']]),
  })
  t.equal(two.cli('CLUSTER', 'COUNTKEYSINSLOT', slot), '1', 'it lies where the slot goes')
})

for (const fault of ['frozen', 'killed'] as const)
  t.test(
    `a node that is ${fault}: every call is settled in its bound, and it is found again`,
    options,
    async (t) => {
      const [one, two] = await startCluster(t)
      const [, group] = groupsOf(one)
      const { store, errors } = openRedis(t, redisSettings(one.port, { cluster: true }))
      await until(() => store.isUp(), recoveryMs)
      const key = `${group}:v`
      t.strictSame(await store.set(key, '1', ttlMs), ok)
      if (fault === 'frozen') two.freeze()
      else await two.kill()
      let slowest = 0
      const lag = measureLag(t)
      for (let i = 0; i < 30; i++) {
        const from = performance.now()
        const answers = await Promise.all([
          store.set(key, '2', ttlMs),
          store.transact({ values: [key], parts: [] }, () => ({ result: 0 })),
        ])
        slowest = Math.max(slowest, performance.now() - from)
        t.ok(answers.every((answer) => !answer.ok))
      }
      t.ok(slowest < 250 + 25 + 30 + lag.ms(), `${slowest.toFixed(0)} ms at most`)
      t.comment([...new Set(errors)], `slowest ${slowest.toFixed(0)} ms`)
      if (fault === 'frozen') two.thaw()
      else await two.start()
      const from = performance.now()
      let back: unknown = failed('down')
      while (performance.now() - from < 15_000) {
        const set = await store.set(key, '3', ttlMs)
        const transact = await store.transact({ values: [key], parts: [] }, () => ({ result: 0 }))
        back = transact
        if (set.ok && transact.ok) break
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      t.comment(`back after ${(performance.now() - from).toFixed(0)} ms`)
      t.strictSame(back, { ok: true, value: 0 })
    },
  )
