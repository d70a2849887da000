import t from 'tap'
import { systemClock } from '../../src/clock.ts'
import { MemoryStore } from '../../src/state/memory-store.ts'
import { openStore, type StoreSettings } from '../../src/state/open-store.ts'
import { RedisStore } from '../../src/state/redis-store.ts'
import { redisSettings, testSecret } from './open-redis.ts'

function open(settings: StoreSettings) {
  const errors: string[] = []
  const store = openStore(settings, {
    clock: systemClock,
    secret: testSecret,
    onBadEntry: () => undefined,
    onError: (error, cause) => errors.push(`${error} ${cause}`),
  })
  return { store, errors }
}

t.test('memory: with its bound, and a value up to 4 MiB', async (t) => {
  const { store, errors } = open({ kind: 'memory', bytesMax: 5_000_000 })
  t.ok(store instanceof MemoryStore)
  const value = 'x'.repeat(4_194_304)
  t.strictSame(await store.set('g:v', value, 1000), { ok: true, value: undefined })
  t.strictSame(await store.set('g:w', `${value}x`, 1000), { ok: false, error: 'too_large' })
  t.strictSame(await store.set('g:w', value, 1000), { ok: false, error: 'full' })
  t.strictSame(errors, ['too_large too_large', 'full full'])
})

t.test('redis: there at once, down until it is reached', async (t) => {
  const { store, errors } = open(redisSettings(1))
  t.teardown(() => store.close())
  t.ok(store instanceof RedisStore)
  t.equal(store.isUp(), false)
  t.strictSame(await store.read(['g:v']), { ok: false, error: 'down' })
  t.strictSame(errors, ['down closed'])
})

t.test(
  'settings that no check has seen are faults of the caller, without their password',
  async (t) => {
    const wrong: StoreSettings[] = [
      redisSettings(1, { url: 'http://:hunter2@cache' }),
      redisSettings(1, { url: 'redis://:hunter2%@cache' }),
      redisSettings(1, { prefix: '' }),
      redisSettings(1, { prefix: 'a:b' }),
      redisSettings(1, { prefix: '{a}' }),
      redisSettings(1, { prefix: 'x'.repeat(65) }),
      { kind: 'memory', bytesMax: 2 ** 31 },
    ]
    for (const settings of wrong)
      try {
        open(settings)
        t.fail('opened')
      } catch (error) {
        t.ok(error instanceof RangeError && !error.message.includes('hunter2'), String(error))
      }
  },
)
