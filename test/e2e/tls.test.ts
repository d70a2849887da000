/** Upstreams over TLS: verified always, and never told anything before that. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { post, request } from './support/bytes.ts'
import { createAuthority } from './support/certificates.ts'
import { startHoldfast } from './support/holdfast-process.ts'
import { roundTrip } from './support/raw-client.ts'
import { startSilentOrigin, startTlsOrigin } from './support/tls-origin.ts'
import { testTls } from './support/tls-suite.ts'
import { headerValues, statusOf } from './support/wire-message.ts'

await testTls(t)

await t.test(
  'an upstream that speaks TLS 1.0 only: 502, nothing sent',
  {
    timeout: 20_000,
  },
  async (t) => {
    const authority = createAuthority('old authority')
    const ca = join(t.testdir({}), 'ca.pem')
    writeFileSync(ca, authority.cert)
    const certificate = authority.issue({ names: ['IP:127.0.0.1'] })
    const origin = await startTlsOrigin(certificate, { maxVersion: 'TLSv1' })
    const env = { HOLDFAST_PROXY_TLS_CA_FILE: ca }
    const holdfast = await startHoldfast({ upstream: origin.url, env })
    t.teardown(async () => {
      await holdfast.stop()
      await origin.close()
    })
    const [answer] = await roundTrip(holdfast.port, post('/v1/x', [], '{}'), ['POST'])
    t.equal(answer && statusOf(answer.response), 502)
    t.strictSame(answer && headerValues(answer.response, 'x-holdfast-error'), ['upstream_tls'])
    t.equal(origin.receivedBytes(), 0)
  },
)

await t.test(
  'a handshake that stalls: 504 after proxy.connect_timeout_ms',
  {
    timeout: 20_000,
  },
  async (t) => {
    const origin = await startSilentOrigin()
    const env = { HOLDFAST_PROXY_CONNECT_TIMEOUT_MS: '200' }
    const holdfast = await startHoldfast({ upstream: `https://127.0.0.1:${origin.port}`, env })
    t.teardown(async () => {
      await holdfast.stop()
      await origin.close()
    })
    for (const [method, bytes] of [
      ['POST', post('/v1/x', [], '{}')],
      ['GET', request('GET /v1/x')],
    ] as const) {
      const startedAt = performance.now()
      const [answer] = await roundTrip(holdfast.port, bytes, [method])
      const ms = performance.now() - startedAt
      t.equal(answer && statusOf(answer.response), 504, method)
      t.strictSame(answer && headerValues(answer.response, 'x-holdfast-error'), [
        'upstream_timeout',
      ])
      t.ok(ms >= 190 && ms < 1500, `after ${ms.toFixed(0)} ms`)
    }
  },
)
