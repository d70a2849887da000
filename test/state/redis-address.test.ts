import t from 'tap'
import { parseRedisAddress } from '../../src/state/redis-address.ts'

const plain = { username: undefined, password: undefined, db: 0, tls: false }

t.test('an address says where Redis is, and who asks', async (t) => {
  const cases: [string, object][] = [
    ['redis://cache', { ...plain, nodes: [{ host: 'cache', port: 6379 }] }],
    ['redis://127.0.0.1:7000/', { ...plain, nodes: [{ host: '127.0.0.1', port: 7000 }] }],
    ['redis://[::1]:7000/15', { ...plain, db: 15, nodes: [{ host: '::1', port: 7000 }] }],
    [
      'rediss://cache.example:6380/0',
      { ...plain, tls: true, nodes: [{ host: 'cache.example', port: 6380 }] },
    ],
    [
      'redis://:p%40ss%25@cache',
      { ...plain, password: 'p@ss%', nodes: [{ host: 'cache', port: 6379 }] },
    ],
    [
      'redis://us%C3%A9r:pass@cache',
      { ...plain, username: 'usér', password: 'pass', nodes: [{ host: 'cache', port: 6379 }] },
    ],
  ]
  for (const [text, value] of cases)
    t.strictSame(parseRedisAddress(text, false), { ok: true, value }, text)
})

t.test('a cluster has several addresses, alike', async (t) => {
  const nodes = [
    { host: 'a', port: 7000 },
    { host: 'b', port: 6379 },
  ]
  const value = { ...plain, tls: true, nodes }
  t.strictSame(parseRedisAddress('rediss://a:7000, rediss://b', true), { ok: true, value })
})

t.test('what is wrong is said in words, and never with the password', async (t) => {
  const cases: [string, boolean, string][] = [
    ['', false, 'must begin with redis:// or rediss://'],
    ['cache:6379', false, 'must begin with redis:// or rediss://'],
    ['http://cache', false, 'must begin with redis:// or rediss://'],
    ['REDIS://cache', false, 'must begin with redis:// or rediss://'],
    ['redis://', false, 'names no host'],
    ['redis://cache:99999', false, 'is not a URL'],
    ['redis://a:7000,redis://b', false, 'is not a URL'],
    [
      'redis://cache?tls=true',
      false,
      'holds "?" or "#"; in a password they are written %3F and %23',
    ],
    [
      'redis://:hunter#2@cache',
      false,
      'holds "?" or "#"; in a password they are written %3F and %23',
    ],
    [
      'redis://:hunter%@cache',
      false,
      'holds a "%" that begins no escape; in a password it is written %25',
    ],
    ['redis://cache/16', false, 'has a path that is no database from 0 to 15'],
    ['redis://cache/name', false, 'has a path that is no database from 0 to 15'],
    ['redis://a,rediss://b', true, 'has redis:// beside rediss://; all nodes are reached alike'],
    ['redis://a/1', true, 'names a database, which a cluster has not'],
    ['redis://a,', true, 'must begin with redis:// or rediss://'],
  ]
  for (const [text, cluster, reason] of cases)
    t.strictSame(parseRedisAddress(text, cluster), { ok: false, reason }, text)
})
