/** Faults of connections to the model: F12, F31, F32. */
import { createServer } from 'node:net'
import { createAuthority, selfSigned } from '../../e2e/support/certificates.ts'
import { startTlsOrigin } from '../../e2e/support/tls-origin.ts'
import type { Fault, Scenario } from '../fault.ts'
import { pause } from '../support/load.ts'
import { count, errors, own, times } from '../support/outcomes.ts'
import type { Scene } from '../support/scene.ts'

const tlsRefused = (
  variant: string,
  origin: () => Promise<Awaited<ReturnType<typeof startTlsOrigin>>>,
): Scenario => {
  const started = new WeakMap<Scene, Awaited<ReturnType<typeof startTlsOrigin>>>()
  return {
    variant,
    sets: variant === 'self-signed' ? ['smoke', 'commit'] : ['smoke'],
    async settings(scene) {
      const server = await origin()
      started.set(scene, server)
      scene.onEnd(() => server.close())
      // The load has an upstream of its own; `/tls` leads to the bad one.
      const routes = `routes:\n  - {prefix: /, upstream: "http://127.0.0.1:${scene.wire.port}", name: good}\n  - {prefix: /tls, upstream: "${server.url}", name: bad}\n`
      return { config: scene.file('routes.yaml', routes) }
    },
    async run(scene) {
      const total = times(scene, 50)
      let refused = 0
      for (let i = 0; i < total; i++) {
        const { outcome } = await scene.ask({ path: '/tls/v1/chat/completions' })
        if (own('upstream_tls')(outcome)) refused++
      }
      scene.injected(await errors(scene, 'tls'), 'handshakes that failed')
      scene.expect(refused === total, `${refused} of ${total} refused with 502 upstream_tls`)
      const bytes = started.get(scene)?.receivedBytes()
      scene.expect(
        bytes === 0,
        `${bytes} bytes of requests reached an upstream that is not trusted`,
      )
      scene.expect((await errors(scene, 'tls')) === total, 'I5: each is counted as tls')
      scene.note(`${refused} of ${total} refused, 0 bytes sent`)
    },
  }
}
const day = 86_400_000

/** Of the upstream of the run that is on; runs follow each other. */
let answered = 0
let idleCloses = 0

export const connectionFaults: readonly Fault[] = [
  {
    id: 'F12',
    name: 'upstream closes an idle connection as it is used again',
    injects:
      'an upstream that closes after an idle time; proxy.upstream_idle_ms is scaled by ten (400 ms) and so is that time',
    promise:
      '0 failures when the upstream keeps idle connections for 10 s (1 s scaled) or longer; less is documented',
    observe: 'upstream_errors_total',
    scenarios: [100, 1000, 6000].map((idleMs) => ({
      variant: `idle limit ${idleMs * 10} ms scaled`,
      async settings(scene: Scene) {
        answered = idleCloses = 0
        const server = createServer((socket) => {
          let timer: NodeJS.Timeout | undefined
          socket.on('error', () => socket.destroy())
          socket.on('data', (bytes) => {
            if (!bytes.includes('\r\n\r\n')) return
            socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}')
            clearTimeout(timer)
            answered++
            timer = setTimeout(() => {
              if (!socket.destroyed) idleCloses++
              socket.destroy()
            }, idleMs)
            timer.unref()
          })
        })
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
        scene.onEnd(() => void server.close())
        const address = server.address()
        const port = address === null || typeof address === 'string' ? 0 : address.port
        const routes = `routes:\n  - {prefix: /, upstream: "http://127.0.0.1:${scene.wire.port}", name: good}\n  - {prefix: /idle, upstream: "http://127.0.0.1:${port}", name: idle}\n`
        return {
          config: scene.file('routes.yaml', routes),
          HOLDFAST_PROXY_UPSTREAM_IDLE_MS: '400',
        }
      },
      async run(scene: Scene) {
        let failed = 0
        let total = 0
        const until = performance.now() + 6000 * scene.scale.factor + 500
        const client = async (): Promise<void> => {
          while (performance.now() < until) {
            const { outcome } = await scene.ask({
              path: '/idle/v1/models',
              body: Buffer.from('{}'),
            })
            total++
            if (own('upstream_reset')(outcome)) failed++
            // Most pauses end near the limits, where the race is.
            await pause(
              scene.random.below(2) === 0
                ? idleMs - 5 + scene.random.below(10)
                : 380 + scene.random.below(60),
            )
          }
        }
        await Promise.all(Array.from({ length: 12 }, client))
        // With a longer limit holdfast is the one that closes, which is the promise.
        scene.injected(idleMs < 400 ? idleCloses : answered, 'idle connections of the upstream')
        scene.expect(idleMs < 1000 || failed === 0, `${failed} of ${total} failed`)
        scene.note(`${failed} of ${total} failed${idleMs < 1000 ? ' (the documented race)' : ''}`)
      },
    })),
  },
  {
    id: 'F31',
    name: 'name of the upstream fails, or changes its address',
    injects: 'the resolver answers ENOTFOUND, then another address',
    promise: '502 while it fails; the new address is used for new connections',
    observe: 'upstream_errors_total{kind="dns"}',
    scenarios: [
      {
        variant: 'fails, then moves',
        async settings(scene) {
          scene.file('control.hosts', JSON.stringify({ 'model.fault': '127.0.0.1' }))
          return {
            upstream: `http://model.fault:${scene.wire.port}`,
            hooked: 'yes',
            HOLDFAST_PROXY_UPSTREAM_IDLE_MS: '200',
          }
        },
        async run(scene) {
          scene.allow(own('upstream_dns'))
          scene.file('control.hosts', JSON.stringify({ 'model.fault': null }))
          await scene.until(
            'a failed name is counted',
            async () => (await errors(scene, 'dns')) > 0,
            5000,
          )
          scene.file('control.hosts', JSON.stringify({ 'model.fault': '127.0.0.1' }))
          await scene.until(
            'it is served again',
            async () => (await scene.ask()).outcome.kind === 'ok',
            5000,
          )
          const failed = await errors(scene, 'dns')
          scene.injected(failed, 'names that were not found')
          scene.expect(failed >= count(scene, 'upstream_dns'), 'I5: each is counted')
          scene.note(`${failed} answered 502 while the name failed`)
        },
      },
    ],
  },
  {
    id: 'F32',
    name: 'upstream cannot prove who it is',
    injects: 'certificates that are self-signed, expired, of another name; TLS 1.1',
    promise: 'refused; not one byte of the request is sent',
    observe: 'upstream_errors_total{kind="tls"}; bytes that the server was sent',
    tests: [
      {
        file: 'test/e2e/tls.test.ts',
        title: 'a handshake that stalls: 504 after proxy.connect_timeout_ms',
      },
    ],
    scenarios: [
      tlsRefused('self-signed', () => startTlsOrigin(selfSigned(['IP:127.0.0.1']))),
      tlsRefused('unknown authority', () =>
        startTlsOrigin(createAuthority('nobody').issue({ names: ['IP:127.0.0.1'] })),
      ),
      tlsRefused('expired', () =>
        startTlsOrigin(
          createAuthority('nobody').issue({
            names: ['IP:127.0.0.1'],
            notAfter: new Date(Date.now() - day / 2),
          }),
        ),
      ),
      tlsRefused('TLS 1.1', () =>
        startTlsOrigin(selfSigned(['IP:127.0.0.1']), { maxVersion: 'TLSv1.1' }),
      ),
    ],
  },
]
