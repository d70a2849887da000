import t from 'tap'
import {
  hostPortText,
  parseHostPort,
  parsePrefix,
  parseUpstream,
  plainHost,
} from '../../src/config/address.ts'

t.test('HOST:PORT is read with names, IPv4, IPv6 and port 0, and printed as it was', (t) => {
  for (const [text, host, port] of [
    ['127.0.0.1:8787', '127.0.0.1', 8787],
    ['localhost:0', 'localhost', 0],
    ['[::1]:65535', '::1', 65535],
    ['[fe80::1%eth0]:80', 'fe80::1%eth0', 80],
  ] as const) {
    t.strictSame(parseHostPort(text), { ok: true, value: { host, port } })
    t.equal(hostPortText({ host, port }), text)
  }
  for (const text of [
    '',
    '8787',
    ':8787',
    '::1:80',
    'a:b',
    'a:65536',
    'a:80 ',
    '[a]:80',
    'a/b:1',
  ]) {
    t.equal(parseHostPort(text).ok, false, JSON.stringify(text))
  }
  t.end()
})

t.test('an upstream is http or https, and its trailing slash goes', (t) => {
  t.strictSame(parseUpstream('https://Api.Example.com/v1/'), {
    ok: true,
    value: 'https://api.example.com/v1',
  })
  t.strictSame(parseUpstream('http://[::1]:80'), { ok: true, value: 'http://[::1]' })
  t.end()
})

t.test('an upstream that could leak or mislead is refused, and its text is not repeated', (t) => {
  for (const [text, reason] of [
    ['http://user:hunter2@h/', /credentials/],
    ['http://hunter2@h/', /credentials/],
    ['http://h/?key=hunter2', /query/],
    ['http://h/?', /query/],
    ['http://h/#hunter2', /fragment/],
    ['ftp://h/hunter2', /http:/],
    ['h:80/hunter2', /http:/],
    ['http:///hunter2', /http:/],
    ['http://h\\@x/hunter2', /backslash/],
    ['http://h /hunter2', /white space/],
    ['http://h:99999/hunter2', /valid URL/],
  ] as const) {
    const parsed = parseUpstream(text)
    if (parsed.ok) {
      t.fail(text)
      continue
    }
    t.match(parsed.reason, reason, text)
    t.notMatch(parsed.reason, /hunter2/)
  }
  t.end()
})

t.test('a prefix loses its trailing slash and may not climb', (t) => {
  t.strictSame(parsePrefix('/'), { ok: true, value: '/' })
  t.strictSame(parsePrefix('/a/b/'), { ok: true, value: '/a/b' })
  for (const text of [
    '/a?b',
    '/a#b',
    '/a//b',
    '/a/../b',
    '/%2e%2E/b',
    '/ü',
    '/a b',
    '/a\\b',
    '/.',
  ]) {
    t.equal(parsePrefix(text).ok, false, text)
  }
  t.end()
})

t.test('spellings of one host are one', (t) => {
  t.equal(plainHost('[::FFFF:127.0.0.1]'), '127.0.0.1')
  t.equal(plainHost('[::ffff:7f00:1]'), '127.0.0.1')
  t.equal(plainHost('LOCALHOST.'), 'localhost')
  t.equal(plainHost('::1'), '::1')
  t.end()
})
