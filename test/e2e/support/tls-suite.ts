/** An upstream that cannot prove who it is gets nothing, neither key nor prompt. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { post, request } from './bytes.ts'
import { type Certificate, createAuthority, selfSigned } from './certificates.ts'
import { startHoldfast } from './holdfast-process.ts'
import { roundTrip } from './raw-client.ts'
import { startTlsOrigin } from './tls-origin.ts'
import { headerValues, statusOf } from './wire-message.ts'

const secret = ['Authorization: Bearer sk-planted-secret', 'X-Api-Key: sk-planted-secret']
const requests = (prefix: string) => ({
  GET: request(`GET ${prefix}/v1/models`, secret),
  POST: post(`${prefix}/v1/chat/completions`, secret, '{"prompt":"planted"}'),
})

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000)
const expired = { notBefore: daysAgo(365), notAfter: daysAgo(7) }

interface RefusedCase {
  name: string
  certificate: Certificate
  /** The authority in proxy.tls_ca_file has not issued this certificate, or no file is given. */
  trusting: boolean
}

export async function testTls(t: Test, how: { node?: string } = {}): Promise<void> {
  const authority = createAuthority('holdfast test authority')
  const names = ['IP:127.0.0.1']
  const elsewhere = ['other.example', 'IP:127.0.0.2']
  const self = selfSigned(names)
  const cases: RefusedCase[] = [
    { name: 'self-signed', certificate: self, trusting: false },
    { name: 'self-signed, an authority trusted', certificate: self, trusting: true },
    { name: 'unknown authority', certificate: authority.issue({ names }), trusting: false },
    { name: 'expired', certificate: authority.issue({ names, ...expired }), trusting: true },
    { name: 'other name', certificate: authority.issue({ names: elsewhere }), trusting: true },
  ]
  const served = await startTlsOrigin(authority.issue({ names }))
  const origins = await Promise.all(cases.map(({ certificate }) => startTlsOrigin(certificate)))
  const folder = t.testdir({})
  const ca = join(folder, 'ca.pem')
  const config = join(folder, 'holdfast.yaml')
  writeFileSync(ca, authority.cert)
  const routes = [served, ...origins].map(
    ({ url }, i) => `  - prefix: /${i}\n    upstream: ${url}\n`,
  )
  writeFileSync(config, `routes:\n${routes.join('')}`)
  const [plain, trusting] = await Promise.all([
    startHoldfast({ config, ...how }),
    startHoldfast({ config, env: { HOLDFAST_PROXY_TLS_CA_FILE: ca }, ...how }),
  ])
  t.teardown(async () => {
    await Promise.all([plain.stop(), trusting.stop()])
    await Promise.all([served, ...origins].map((origin) => origin.close()))
  })

  for (const [i, origin] of origins.entries()) {
    const refused = cases[i]
    if (refused === undefined) throw new Error('a case without an origin')
    const name = `certificate ${refused.name}: 502, and the upstream gets no byte of the request`
    await t.test(name, { timeout: 20_000 }, async (t) => {
      const holdfast = refused.trusting ? trusting : plain
      for (const [method, bytes] of Object.entries(requests(`/${i + 1}`))) {
        const [answer] = await roundTrip(holdfast.port, bytes, [method])
        t.equal(answer && statusOf(answer.response), 502, method)
        t.strictSame(answer && headerValues(answer.response, 'x-holdfast-error'), ['upstream_tls'])
      }
      t.equal(origin.receivedBytes(), 0, 'request bytes at the upstream')
      t.notMatch(holdfast.output(), /planted/, 'nothing of the request in the log')
    })
  }

  await t.test(
    'certificate of the authority in proxy.tls_ca_file: served',
    {
      timeout: 20_000,
    },
    async (t) => {
      for (const [method, bytes] of Object.entries(requests('/0'))) {
        const [answer] = await roundTrip(trusting.port, bytes, [method])
        t.equal(answer?.response.body.toString(), 'secure', method)
      }
      t.ok(served.receivedBytes() > 0)
    },
  )
}
