import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { loadText } from '../../src/config/load.ts'

const told = (text: string): string[] => {
  const result = loadText(text)
  return result.ok ? [] : result.faults.map((fault) => `${fault.key}: ${fault.reason}`)
}

t.test('routes: both forms, none, and doubles are refused', (t) => {
  t.strictSame(told('upstream: http://h\nroutes: [{prefix: /, upstream: http://h}]'), [
    'upstream: and routes are both set; keep one of them',
  ])
  t.strictSame(told('routes: []'), [
    'upstream: is missing: name the model API to stand in front of',
  ])
  t.strictSame(
    told(
      'routes:\n  - {prefix: /a, upstream: http://h}\n  - {prefix: /a/, upstream: http://i, name: b}\n  - {prefix: /c, upstream: http://i, name: b}',
    ),
    [
      'routes[1].prefix: is the same as that of routes[0]',
      'routes[2].name: is the same as that of routes[1]',
    ],
  )
  t.end()
})

t.test('routes are put in match order and named after their prefix', (t) => {
  const result = loadText(
    'routes:\n  - {prefix: /, upstream: http://h}\n  - {prefix: /a/b/, upstream: http://i/v1/, strip_prefix: false}\n  - {prefix: /a, upstream: http://j, name: J}',
  )
  t.ok(result.ok)
  t.strictSame(result.ok ? result.config.routes : [], [
    { prefix: '/a/b', upstream: 'http://i/v1', name: 'a-b', stripPrefix: false },
    { prefix: '/a', upstream: 'http://j', name: 'J', stripPrefix: true },
    { prefix: '/', upstream: 'http://h', name: 'default', stripPrefix: true },
  ])
  t.end()
})

t.test('an upstream that is an own listener is refused by its own key', (t) => {
  const circle = (which: string): string =>
    `is the ${which} address of this process: every request would go round in a circle`
  t.strictSame(told('upstream: http://localhost:8787'), [`upstream: ${circle('listen')}`])
  t.strictSame(
    told(
      'routes:\n  - {prefix: /a, upstream: http://h}\n  - {prefix: /b, upstream: "http://127.0.0.1:9464"}',
    ),
    [`routes[1].upstream: ${circle('admin')}`],
  )
  t.strictSame(told('upstream: http://localhost:8788'), [])
  t.end()
})

t.test('listen and admin may not be one address, unless the system chooses the ports', (t) => {
  const same = ['admin: is the same address as listen']
  t.strictSame(told('upstream: http://h\nadmin: 127.0.0.1:8787'), same)
  t.strictSame(told('upstream: http://h\nadmin: 0.0.0.0:8787'), same)
  t.strictSame(told('upstream: http://h\nlisten: 127.0.0.1:0\nadmin: 127.0.0.1:0'), [])
  t.end()
})

t.test('limits that contradict each other are refused', (t) => {
  t.strictSame(
    told(
      'upstream: http://h\ncapture: {budget_bytes: 1000}\nmonitor: {window_bytes: 2097151}\ndrain: {delay_ms: 10, deadline_ms: 9}',
    ),
    [
      'capture.budget_bytes: is smaller than one largest exchange (capture.request_bytes_max + capture.response_bytes_max = 2097152)',
      'monitor.window_bytes: is smaller than one largest exchange (capture.request_bytes_max + capture.response_bytes_max = 2097152)',
      'drain.delay_ms: is longer than drain.deadline_ms',
    ],
  )
  t.strictSame(told('upstream: http://h\ncapture: {enabled: false, budget_bytes: 0}'), [])
  t.strictSame(told('upstream: http://h\noverload: {limit_share: 0.85}'), [
    'overload.stop_share: is not above overload.limit_share',
  ])
  t.match(told('upstream: http://h\nmetrics: {series_max: 3000}'), [
    /^metrics\.series_max: is below the \d{4} series that the served languages and models start with$/,
  ])
  t.end()
})

t.test('a secret file must be there and long enough; one open to all is a warning', (t) => {
  const dir = t.testdir({ good: 'x'.repeat(32), open: 'x'.repeat(32), short: 'x'.repeat(31) })
  chmodSync(join(dir, 'good'), 0o600)
  chmodSync(join(dir, 'open'), 0o644)
  const load = (name: string) =>
    loadText(`upstream: http://h\nidentity: {secret_file: ${JSON.stringify(join(dir, name))}}`)
  t.match(load('good'), { ok: true, warnings: [] })
  t.match(load('open'), {
    ok: true,
    warnings: [
      {
        key: 'identity.secret_file',
        reason: 'may be read by every user of this machine',
        at: 'line 2',
      },
    ],
  })
  t.match(load('short'), {
    ok: false,
    faults: [
      { key: 'identity.secret_file', reason: 'names a file of 31 bytes; it needs at least 32' },
    ],
  })
  t.end()
})

t.test('a calibration file that cannot be used is refused with the place in it', (t) => {
  const dir = t.testdir({ 'bad.json': '{"format": "other"}', 'none.txt': '{' })
  const toldOf = (name: string): string[] =>
    told(`upstream: http://h\njudge:\n  calibration_file: ${join(dir, name)}`)
  t.ok(toldOf('bad.json').includes('judge.calibration_file: entries is missing'))
  t.strictSame(toldOf('none.txt'), ['judge.calibration_file: names a file that is not JSON'])
  t.strictSame(toldOf('absent'), ['judge.calibration_file: names a file that does not exist'])
  t.end()
})

t.test('a language that no detector knows is refused by name', (t) => {
  t.strictSame(told('upstream: http://h\nlanguages: {served: [en, aa, de, cr]}'), [
    'languages.served: names aa, cr, which cannot be detected',
  ])
  t.strictSame(told('upstream: http://h\nlanguages: {served: [en, zu, uk]}'), [])
  t.end()
})
