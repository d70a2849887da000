import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { effectiveYaml } from '../../src/config/effective.ts'
import { keys } from '../../src/config/keys.ts'
import { type LoadResult, loadConfig, loadText, namesUpstream } from '../../src/config/load.ts'
import { fuzz } from '../fuzz-runs.ts'

const config = (result: LoadResult) => {
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return result.config
}
const faults = (result: LoadResult) => (result.ok ? [] : result.faults)

t.test('with an upstream alone everything else has its default', (t) => {
  const loaded = config(loadConfig({ args: ['--upstream', 'https://api.example.com/'], env: {} }))
  t.strictSame(loaded.routes, [
    { prefix: '/', upstream: 'https://api.example.com', name: 'default', stripPrefix: true },
  ])
  t.strictSame(loaded.listen, { host: '127.0.0.1', port: 8787 })
  t.strictSame(loaded.admin, { host: '127.0.0.1', port: 9464 })
  t.equal(loaded.languages.served.length, 19)
  t.equal(loaded.proxy.headersTimeoutMs, 0)
  t.notOk('tlsCaFile' in loaded.proxy)
  t.end()
})

t.test('flags go before the environment, the environment before the file', (t) => {
  const file = join(t.testdir({ 'h.yaml': '' }), 'h.yaml')
  writeFileSync(
    file,
    'upstream: http://file\nsample: {rate: 0.1}\ndrain: {delay_ms: 1}\nlog: {level: warn}\n',
  )
  const loaded = config(
    loadConfig({
      args: ['--config', file, '--sample-rate', '0.3'],
      env: { HOLDFAST_SAMPLE_RATE: '0.2', HOLDFAST_DRAIN_DELAY_MS: '2' },
    }),
  )
  t.equal(loaded.sample.rate, 0.3)
  t.equal(loaded.drain.delayMs, 2)
  t.equal(loaded.log.level, 'warn')
  t.equal(loaded.routes[0]?.upstream, 'http://file')
  t.end()
})

t.test('every fault of every source is listed at once, each with its key and place', (t) => {
  const file = join(t.testdir({ 'h.yaml': 'sample:\n  rate: 7\nproxi: {}\n' }), 'h.yaml')
  const result = loadConfig({
    args: ['--upstream', 'ftp://h', '--drain-delay-ms', 'soon'],
    env: { HOLDFAST_CONFIG: file, HOLDFAST_LISTEN: '8787', HOLDFAST_IDENTITY_HEADER: 'Cookie' },
  })
  t.strictSame(faults(result), [
    { key: 'proxi', reason: 'unknown key; did you mean proxy?', at: 'line 3' },
    { key: 'sample.rate', reason: 'must be a number from 0 to 1, not 7', at: 'line 2' },
    {
      key: 'listen',
      reason: 'must be HOST:PORT, with an IPv6 host in brackets',
      at: 'HOLDFAST_LISTEN',
    },
    {
      key: 'upstream',
      reason: 'must be a URL that starts with http:// or https://',
      at: '--upstream',
    },
    {
      key: 'drain.delay_ms',
      reason: 'must be a whole number from 0 to 600000, not this text',
      at: '--drain-delay-ms',
    },
    {
      key: 'identity.header',
      reason: 'names a header that carries a credential',
      at: 'HOLDFAST_IDENTITY_HEADER',
    },
  ])
  t.end()
})

t.test('a file that cannot be used says so, and nothing is guessed about its content', (t) => {
  const dir = t.testdir({
    'latin1.yaml': Buffer.from([0x61, 0xff]),
    'big.yaml': 'a'.repeat(300_000),
  })
  const at = '--config'
  for (const [name, reason] of [
    ['none.yaml', 'cannot be read (ENOENT)'],
    ['.', 'cannot be read (EISDIR)'],
    ['latin1.yaml', 'is not UTF-8'],
    ['big.yaml', 'is larger than 262144 bytes'],
  ]) {
    const result = loadConfig({ args: ['--config', join(dir, name ?? '')], env: {} })
    t.strictSame(faults(result), [{ key: 'file', reason, at }])
  }
  t.strictSame(faults(loadText('')), [
    { key: 'upstream', reason: 'is missing: name the model API to stand in front of' },
  ])
  t.end()
})

t.test('an upstream counts as named by flag, variable or any file', (t) => {
  t.equal(namesUpstream({ args: [], env: {} }), false)
  t.equal(namesUpstream({ args: ['--listen', 'x:1'], env: { HOLDFAST_UPSTREAM: '' } }), false)
  t.equal(namesUpstream({ args: ['--upstream', 'bad'], env: {} }), true)
  t.equal(namesUpstream({ args: [], env: { HOLDFAST_UPSTREAM: 'x' } }), true)
  t.equal(namesUpstream({ args: [], env: { HOLDFAST_CONFIG: 'x' } }), true)
  t.end()
})

t.test('what is accepted prints, and loads again as the same; no value throws', (t) => {
  const scalar = fc.oneof(
    fc.constantFrom(
      '0',
      '1',
      '-1',
      '.nan',
      '.inf',
      '1e999',
      '0x1F',
      '1_000',
      '~',
      'true',
      'no',
      '{}',
    ),
    fc.integer().map(String),
    fc.double().map(String),
    fc.string({ maxLength: 12 }).map((text) => JSON.stringify(text)),
    fc.constant('[en, de]'),
  )
  const names = keys.filter((key) => key.name.includes('.')).map((key) => key.name)
  let accepted = 0
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.constantFrom(...names), scalar), {
        maxLength: 3,
        selector: ([name]) => name.split('.')[0],
      }),
      (set) => {
        const lines = set.map(([name, value]) => {
          const [section, key] = name.split('.')
          return `${section}:\n  ${key}: ${value}`
        })
        const result = loadText(['upstream: http://h', ...lines].join('\n'))
        if (!result.ok) {
          if (result.faults.some((fault) => fault.key === '' || fault.reason === ''))
            throw new Error('mute')
          return
        }
        accepted++
        const again = loadText(effectiveYaml(result.config))
        t.same(config(again), result.config)
      },
    ),
    fuzz('config_values', 11),
  )
  t.ok(accepted > 5, `${accepted} accepted`)
  t.equal(Object.keys(Object.prototype).length, 0)
  t.end()
})
