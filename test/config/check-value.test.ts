import t from 'tap'
import { checkValue } from '../../src/config/check-value.ts'
import { keys, type SchemaNode } from '../../src/config/keys.ts'

const nodeOf = (name: string): SchemaNode => {
  const found = keys.find((key) => key.name === name)
  if (found === undefined) throw new Error(name)
  return found.node
}
const reasonsOf = (name: string, value: unknown): string[] => {
  const checked = checkValue(nodeOf(name), value, name, 'here')
  return checked.ok ? [] : checked.faults.map((fault) => `${fault.key}: ${fault.reason}`)
}

t.test('a value of the wrong kind or out of range is told what it must be', (t) => {
  const count = 'proxy.connections_max: must be a whole number from 1 to 1000000'
  for (const [value, found] of [
    [0, '0'],
    [1.5, '1.5'],
    [1_000_001, '1000001'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    ['hunter2', 'this text'],
    [true, 'true'],
    [null, 'nothing'],
    [[1], 'a list'],
    [new Map(), 'a section'],
  ] as const) {
    t.strictSame(reasonsOf('proxy.connections_max', value), [`${count}, not ${found}`])
  }
  t.strictSame(reasonsOf('proxy.connections_max', 1), [])
  t.strictSame(reasonsOf('log.level', 'loud'), [
    'log.level: must be one of fatal, error, warn, info, debug, silent, not this text',
  ])
  t.strictSame(reasonsOf('capture.enabled', 'yes'), [
    'capture.enabled: must be true or false, not this text',
  ])
  t.end()
})

t.test('every item of a list is checked, and its place named', (t) => {
  t.strictSame(reasonsOf('languages.served', ['en', 'EN', 'qq', 5]), [
    'languages.served[1]: must be a text like ^[a-z]{2}$, not this text',
    'languages.served[2]: is no ISO 639-1 code',
    'languages.served[3]: must be a text like ^[a-z]{2}$, not 5',
  ])
  t.strictSame(reasonsOf('languages.served', []), [
    'languages.served: must be a list of 1 to 60 different items, not of 0',
  ])
  t.strictSame(reasonsOf('languages.served', ['en', 'en']), [
    'languages.served: must be a list of 1 to 60 different items; one stands there twice',
  ])
  t.strictSame(reasonsOf('languages.served', 'en'), [
    'languages.served: must be a list of 1 to 60 different items, not this text',
  ])
  t.end()
})

t.test('a section in a list gets its defaults, and all its faults are told', (t) => {
  const good = new Map([
    ['prefix', '/a'],
    ['upstream', 'http://h'],
  ])
  const checked = checkValue(nodeOf('routes'), [good], 'routes', 'here')
  t.strictSame(checked, {
    ok: true,
    value: [{ prefix: '/a', upstream: 'http://h', stripPrefix: true }],
  })
  t.strictSame(reasonsOf('routes', [good, new Map([['upstream', 'ftp://h']]), 'x']), [
    'routes[1].prefix: is missing',
    'routes[1].upstream: must be a URL that starts with http:// or https://',
    'routes[2]: must be a section, not this text',
  ])
  t.end()
})
