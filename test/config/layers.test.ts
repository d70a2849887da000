import t from 'tap'
import { readEnvironment, readFlags, readTree } from '../../src/config/layers.ts'
import { parseYaml } from '../../src/config/yaml-tree.ts'

const told = (layer: ReturnType<typeof readFlags>) =>
  layer.said.map(({ key, value, at }) => [key.name, value, at])

t.test('flags are read with a space or =, booleans also alone', (t) => {
  const layer = readFlags([
    '--upstream',
    'http://h',
    '--sample-rate=0.5',
    '--log-requests',
    '--capture-enabled',
    'false',
    '--languages-served=en, de',
    '--config',
    'x.yaml',
  ])
  t.strictSame(layer.faults, [])
  t.strictSame(layer.file, { path: 'x.yaml', at: '--config' })
  t.strictSame(told(layer), [
    ['upstream', 'http://h', '--upstream'],
    ['sample.rate', 0.5, '--sample-rate'],
    ['log.requests', true, '--log-requests'],
    ['capture.enabled', false, '--capture-enabled'],
    ['languages.served', ['en', 'de'], '--languages-served'],
  ])
  t.end()
})

t.test('what is no flag is refused, and its value is not taken for one', (t) => {
  t.strictSame(readFlags(['--upstrem', 'http://h', 'x', '-v', '--upstream']).faults, [
    { key: 'arguments', reason: 'unknown option --upstrem; did you mean --upstream?' },
    { key: 'arguments', reason: 'unexpected argument number 3' },
    { key: 'arguments', reason: 'unexpected argument number 4' },
    { key: 'upstream', reason: 'needs a value', at: '--upstream' },
  ])
  t.strictSame(readFlags(['--routes', '[]']).faults.length, 1, 'routes are for the file')
  t.notMatch(JSON.stringify(readFlags(['--sk-live-12345678'])), /12345678/)
  t.end()
})

t.test('numbers that are not plain stay text, so that the check refuses them', (t) => {
  for (const text of ['1e3', '0x10', ' 5', '5 ', 'NaN', 'Infinity', '', '--5', '+5']) {
    const [said] = readFlags([`--proxy-connections-max=${text}`]).said
    t.equal(said?.value, text, JSON.stringify(text))
  }
  t.end()
})

t.test('HOLDFAST_ variables are read, empty ones are not set, unknown ones are refused', (t) => {
  const layer = readEnvironment({
    HOLDFAST_LISTEN: '[::1]:0',
    HOLDFAST_UPSTREAM: '',
    HOLDFAST_CONFIG: 'x.yaml',
    HOLDFAST_LISTN: 'a',
    HOLDFAST_ROUTES: '[]',
    OTHER: 'x',
  })
  t.strictSame(told(layer), [['listen', '[::1]:0', 'HOLDFAST_LISTEN']])
  t.strictSame(layer.file, { path: 'x.yaml', at: 'HOLDFAST_CONFIG' })
  t.strictSame(layer.faults, [
    {
      key: 'HOLDFAST_LISTN',
      reason: 'unknown environment variable; did you mean HOLDFAST_LISTEN?',
    },
    { key: 'HOLDFAST_ROUTES', reason: 'unknown environment variable' },
  ])
  t.end()
})

t.test('variables that Kubernetes makes of a Service named holdfast are passed over', (t) => {
  const layer = readEnvironment({
    HOLDFAST_SERVICE_HOST: '10.0.0.1',
    HOLDFAST_SERVICE_PORT: '8787',
    HOLDFAST_SERVICE_PORT_HTTP: '8787',
    HOLDFAST_PORT: 'tcp://10.0.0.1:8787',
    HOLDFAST_PORT_8787_TCP: 'tcp://10.0.0.1:8787',
    HOLDFAST_PORT_8787_TCP_PROTO: 'tcp',
    HOLDFAST_PORT_8787_TCP_PORT: '8787',
    HOLDFAST_PORT_8787_TCP_ADDR: '10.0.0.1',
    HOLDFAST_ADMIN_PORT: 'tcp://10.0.0.2:9464',
    HOLDFAST_ADMIN_SERVICE_HOST: '10.0.0.2',
  })
  t.strictSame(layer, { said: [], faults: [] })
  t.equal(readEnvironment({ HOLDFAST_PORT: '8787' }).faults.length, 1, 'a guess of an operator')
  t.end()
})

t.test('unknown keys of the file are refused with path, line and the nearest one', (t) => {
  const parsed = parseYaml(
    'proxy:\n  connectionsMax: 1\nroutes:\n  - prefixx: /\n__proto__: {a: 1}\nlog:\nsample: 5\n',
  )
  if (!parsed.ok) throw new Error('not YAML')
  const layer = readTree(parsed.tree)
  t.strictSame(layer.faults, [
    {
      key: 'proxy.connectionsMax',
      reason: 'unknown key; did you mean proxy.connections_max?',
      at: 'line 2',
    },
    {
      key: 'routes[0].prefixx',
      reason: 'unknown key; did you mean routes[0].prefix?',
      at: 'line 4',
    },
    { key: '__proto__', reason: 'unknown key', at: 'line 5' },
    { key: 'log', reason: 'must be a section of keys', at: 'line 6' },
    { key: 'sample', reason: 'must be a section of keys', at: 'line 7' },
  ])
  t.end()
})
