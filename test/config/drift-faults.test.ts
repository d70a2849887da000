import { join } from 'node:path'
import t from 'tap'
import { loadText } from '../../src/config/load.ts'

const told = (text: string): string[] => {
  const result = loadText(`upstream: http://h\n${text}`)
  return result.ok ? [] : result.faults.map(({ key, reason }) => `${key}: ${reason}`)
}

t.test('more detectors than the budget holds are refused with the figure to set', (t) => {
  t.match(told('judge: {request_sets: true}\ndrift: {detectors_max: 10}'), [
    /^drift\.detectors_max: is 10, but \d+ detectors run: set it to \d+ or more$/,
  ])
  t.strictSame(told('drift: {enabled: false, detectors_max: 1}'), [])
  t.end()
})

t.test('a grace of more than a day of ticks is refused', (t) => {
  t.strictSame(told('drift: {tick_ms: 1000, grace_ms: 24001}'), [
    'drift.grace_ms: is longer than 24 ticks',
  ])
  t.end()
})

t.test('shared state needs a shared secret, and its address holds none', (t) => {
  const folder = t.testdir({ secret: 'x'.repeat(32), password: 'p', ca: 'no certificate' })
  const secret = `identity: {secret_file: ${join(folder, 'secret')}}\n`
  t.strictSame(told('state: {redis_url: "redis://r:6379"}'), [
    'state.redis_url: needs identity.secret_file: without it replicas do not know each other',
  ])
  t.strictSame(told(`${secret}state: {redis_url: "redis://user:pass@r:6379"}`), [
    'state.redis_url: holds credentials: use redis_username and redis_password_file',
  ])
  t.strictSame(told(`${secret}state: {redis_url: "redis://r:6379", file: /s}`), [
    'state.file: and state.redis_url are both set; keep one of them',
  ])
  t.strictSame(told(`${secret}state: {redis_url: "rediss://r", redis_password_file: /nowhere}`), [
    'state.redis_password_file: cannot be read (ENOENT)',
  ])
  t.strictSame(
    told(`${secret}state: {redis_url: "rediss://r", redis_ca_file: ${join(folder, 'ca')}}`),
    ['state.redis_ca_file: names a file without a PEM certificate'],
  )
  t.strictSame(
    told(
      `${secret}state: {redis_url: "redis://a:1,redis://b:2", redis_cluster: true, redis_username: u, redis_password_file: ${join(folder, 'password')}}`,
    ),
    [],
  )
  t.strictSame(told('state: {redis_username: u}'), [
    'state.redis_username: is set, but state.redis_url is not',
  ])
  t.end()
})

t.test('an operator token is a file of visible characters', (t) => {
  const folder = t.testdir({ good: 'a'.repeat(16), short: 'a', odd: `${'a'.repeat(16)} b` })
  const of = (name: string): string[] => told(`operator: {token_file: ${join(folder, name)}}`)
  t.strictSame(of('good'), [])
  t.strictSame(of('short'), ['operator.token_file: names a file of 1 bytes; it needs at least 16'])
  t.strictSame(of('odd'), [
    'operator.token_file: names a file that holds a character that no token has',
  ])
  t.end()
})
