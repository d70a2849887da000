import t from 'tap'
import { parseRedisAddress } from '../../src/state/redis-address.ts'
import { boundedOptions, clusterOptions, retryMs } from '../../src/state/redis-options.ts'
import { redisSettings } from './open-redis.ts'

const optionsOf = (more: Parameters<typeof redisSettings>[1]) => {
  const settings = redisSettings(6379, more)
  const address = parseRedisAddress(settings.url, settings.cluster)
  if (!address.ok) throw new Error(address.reason)
  return { settings, address: address.value }
}

t.test('nothing waits without a bound', async (t) => {
  const options = boundedOptions(optionsOf({ commandTimeoutMs: 111, connectTimeoutMs: 222 }))
  t.match(options, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    commandTimeout: 111,
    socketTimeout: 111,
    connectTimeout: 222,
  })
})

t.test('a user and a password beside the address go before those in it', async (t) => {
  const url = 'redis://in-url:from-url@cache'
  const { username, password } = boundedOptions(optionsOf({ url }))
  t.strictSame([username, password], ['in-url', 'from-url'])
  const beside = boundedOptions(optionsOf({ url, username: 'beside', password: 'other' }))
  t.strictSame([beside.username, beside.password], ['beside', 'other'])
  t.notOk('password' in boundedOptions(optionsOf({})))
})

t.test(
  'TLS is there when the address says so, always verified, with the name of the host',
  async (t) => {
    t.notOk('tls' in boundedOptions(optionsOf({})))
    const named = boundedOptions(optionsOf({ url: 'rediss://cache.example', ca: 'PEM' }))
    t.strictSame(named.tls, { rejectUnauthorized: true, ca: 'PEM', servername: 'cache.example' })
    for (const url of ['rediss://10.0.0.1', 'rediss://[::1]'])
      t.strictSame(boundedOptions(optionsOf({ url })).tls, { rejectUnauthorized: true })
    const cluster = boundedOptions(optionsOf({ url: 'rediss://cache.example', cluster: true }))
    t.strictSame(cluster.tls, { rejectUnauthorized: true })
  },
)

t.test('only plain commands follow a slot to another node', async (t) => {
  const client = optionsOf({ cluster: true })
  t.equal(clusterOptions(client, true).maxRedirections, 3)
  t.equal(clusterOptions(client, false).maxRedirections, 0)
})

t.test('attempts grow apart to a second, and are spread', async (t) => {
  for (const [attempts, ms] of [
    [1, 50],
    [2, 100],
    [3, 200],
    [4, 400],
    [5, 800],
    [6, 1000],
    [1e9, 1000],
  ] as const)
    for (let i = 0; i < 20; i++) {
      const wait = retryMs(attempts)
      t.ok(wait >= ms && wait < ms * 1.1 + 1e-9, `${attempts}: ${wait}`)
    }
})
