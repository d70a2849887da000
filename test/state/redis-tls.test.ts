/** Redis over TLS: verified always, and told nothing before that. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type Certificate, createAuthority, selfSigned } from '../e2e/support/certificates.ts'
import { measureLag, openRedis, pause, redisSettings, until } from './open-redis.ts'
import { freePort, type RedisServer, skipWithoutRedis, startRedis } from './redis-server.ts'

t.jobs = 1
const skip = skipWithoutRedis
const ttlMs = 60_000
const dayMs = 86_400_000

async function startTlsRedis(t: Test, { cert, key }: Certificate): Promise<RedisServer> {
  const folder = t.testdir({})
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  writeFileSync(certFile, cert)
  writeFileSync(keyFile, key)
  const port = await freePort()
  const files = ['--tls-cert-file', certFile, '--tls-key-file', keyFile]
  const open = ['--tls-ca-cert-file', certFile, '--tls-auth-clients', 'no']
  return await startRedis(t, {
    port,
    args: ['--port', '0', '--tls-port', String(port), ...files, ...open],
    cliArgs: ['--tls', '--insecure'],
  })
}

t.test('a certificate that is trusted is verified, and everything works', { skip }, async (t) => {
  const authority = createAuthority('of the operator')
  const server = await startTlsRedis(t, authority.issue({ names: ['IP:127.0.0.1', 'localhost'] }))
  server.cli('CONFIG', 'SET', 'requirepass', 'from-the-url')
  for (const host of ['127.0.0.1', 'localhost']) {
    const url = `rediss://:from-the-url@${host}:${server.port}`
    const { store } = openRedis(t, redisSettings(server.port, { url, ca: authority.cert }))
    await until(() => store.isUp(), 5000)
    t.strictSame(await store.set('g:v', host, ttlMs), { ok: true, value: undefined })
    const read = await store.transact({ values: ['g:v'], parts: [] }, ({ values }) => ({
      result: values.get('g:v'),
    }))
    t.strictSame(read, { ok: true, value: host })
  }
})

t.test('a certificate that is not good is refused, and nothing is said', { skip }, async (t) => {
  const authority = createAuthority('of the operator')
  const expired = {
    names: ['IP:127.0.0.1'],
    notBefore: new Date(Date.now() - 3 * dayMs),
    notAfter: new Date(Date.now() - dayMs),
  }
  const cases: [string, Certificate, string | undefined, string][] = [
    ['signed by itself', selfSigned(['IP:127.0.0.1']), undefined, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [
      'another authority',
      createAuthority('of somebody').issue({ names: ['IP:127.0.0.1'] }),
      authority.cert,
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    [
      'another name',
      authority.issue({ names: ['redis.example'] }),
      authority.cert,
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    ['expired', authority.issue(expired), authority.cert, 'CERT_HAS_EXPIRED'],
  ]
  for (const [what, certificate, ca, cause] of cases) {
    const server = await startTlsRedis(t, certificate)
    server.cli('CONFIG', 'RESETSTAT')
    const settings = redisSettings(server.port, {
      url: `rediss://127.0.0.1:${server.port}`,
      password: 'not-for-you',
      ...(ca === undefined ? {} : { ca }),
    })
    const { store, errors } = openRedis(t, settings)
    await pause(400)
    t.strictSame(await store.set('g:v', '1', ttlMs), { ok: false, error: 'down' }, what)
    t.strictSame(errors, [`down ${cause}`], what)
    t.equal(store.isUp(), false)
    t.notMatch(server.cli('--raw', 'INFO', 'commandstats'), /cmdstat_(hello|auth):/, what)
    await store.close()
    await server.kill()
  }
})

t.test('NODE_TLS_REJECT_UNAUTHORIZED changes nothing', { skip }, async (t) => {
  const server = await startTlsRedis(t, selfSigned(['IP:127.0.0.1']))
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
  t.teardown(() => delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'])
  const url = `rediss://127.0.0.1:${server.port}`
  const { store } = openRedis(t, redisSettings(server.port, { url }))
  await pause(300)
  t.equal(store.isUp(), false)
})

t.test('TLS to a server that speaks none, and the other way round: down', { skip }, async (t) => {
  const plain = await startRedis(t)
  const secure = await startTlsRedis(t, selfSigned(['IP:127.0.0.1']))
  for (const url of [`rediss://127.0.0.1:${plain.port}`, `redis://127.0.0.1:${secure.port}`]) {
    const { store } = openRedis(t, redisSettings(0, { url }))
    await pause(400)
    const lag = measureLag(t)
    const from = performance.now()
    t.strictSame(await store.set('g:v', '1', ttlMs), { ok: false, error: 'down' })
    t.ok(performance.now() - from < 10 + lag.ms())
    t.equal(store.isUp(), false)
  }
})

t.test('an authority that is no certificate makes nobody trusted', { skip }, async (t) => {
  const server = await startTlsRedis(t, selfSigned(['IP:127.0.0.1']))
  const url = `rediss://127.0.0.1:${server.port}`
  const ca = '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n'
  const { store } = openRedis(t, redisSettings(server.port, { url, ca }))
  await pause(400)
  t.strictSame(await store.set('g:v', '1', ttlMs), { ok: false, error: 'down' })
  t.equal(store.isUp(), false)
})
