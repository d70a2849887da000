import t from 'tap'
import {
  isOwnListener,
  ownAddresses,
  resolvesToOwnListener,
} from '../../src/config/own-listener.ts'

const own = new Set(['10.0.0.5', '127.0.0.1', '::1'])
const names: Record<string, string[]> = {
  localhost: ['127.0.0.1', '::1'],
  'me.example': ['10.0.0.5'],
  'other.example': ['10.0.0.6'],
}
const lookup = async (host: string): Promise<string[]> => {
  const found = names[host]
  if (found === undefined && !/^[\d.:a-f]+$/.test(host)) throw new Error('ENOTFOUND')
  return found ?? [host]
}
const reachable = (upstream: string, listen = '127.0.0.1') => ({
  routes: [{ prefix: '/', upstream, name: 'default', stripPrefix: true }],
  listen: { host: listen, port: 8787 },
  admin: { host: '127.0.0.1', port: 9464 },
})

t.test('an upstream that is an own listener is refused however it is written', async (t) => {
  const cases: [string, string, boolean][] = [
    ['http://127.0.0.1:8787', '127.0.0.1', true],
    ['http://localhost:8787', '127.0.0.1', true],
    ['http://localhost:8787', '::1', true],
    ['http://[::ffff:127.0.0.1]:8787', '127.0.0.1', true],
    ['http://0.0.0.0:8787', '127.0.0.1', true],
    ['http://[::]:8787', '::1', true],
    ['http://127.9.9.9:8787', '0.0.0.0', true],
    ['http://10.0.0.5:8787', '0.0.0.0', true],
    ['http://me.example:8787', '::', true],
    ['http://me.example:8787', '10.0.0.5', true],
    ['http://me.example:8787', 'me.example', true],
    ['http://127.0.0.1:9464', '0.0.0.0', true],
    ['http://127.0.0.1:8788', '0.0.0.0', false],
    ['http://other.example:8787', '0.0.0.0', false],
    ['http://me.example:8787', '127.0.0.1', false],
    ['http://unknown.example:8787', '0.0.0.0', false],
  ]
  for (const [upstream, listen, refused] of cases) {
    const faults = await resolvesToOwnListener(reachable(upstream, listen), lookup, own)
    t.equal(faults.length > 0, refused, `${upstream} behind ${listen}`)
  }
})

t.test('the fault names the route and says what would happen', async (t) => {
  t.strictSame(await resolvesToOwnListener(reachable('http://localhost:9464'), lookup, own), [
    {
      key: 'routes[0].upstream',
      reason: 'is the admin address of this process: every request would go round in a circle',
    },
  ])
})

t.test('without the network the literal forms are refused', (t) => {
  const keyOf = (): string => 'upstream'
  t.equal(isOwnListener(reachable('http://127.0.0.1:8787'), keyOf).length, 1)
  t.equal(isOwnListener(reachable('http://localhost:8787'), keyOf).length, 1)
  t.equal(isOwnListener(reachable('http://me.example:8787'), keyOf).length, 0)
  t.end()
})

t.test('a listener on port 0 is compared once its port is known', async (t) => {
  const config = { ...reachable('http://127.0.0.1:80'), listen: { host: '127.0.0.1', port: 0 } }
  t.strictSame(await resolvesToOwnListener(config, lookup, own), [])
  const bound = { ...config, listen: { host: '127.0.0.1', port: 80 } }
  t.equal((await resolvesToOwnListener(bound, lookup, own)).length, 1)
})

t.test('the own addresses hold the loopback one', (t) => {
  t.ok(ownAddresses().has('127.0.0.1'))
  t.end()
})
