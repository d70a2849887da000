import t from 'tap'
import { createAccess } from '../../../src/admin/status/access.ts'

const token = 'a-token-of-the-tests'
const handClock = () => {
  const clock = { ms: 0, now: () => clock.ms, monotonic: () => clock.ms }
  return clock
}

void t.test('on loopback whoever names a loopback host may read, no other name', async (t) => {
  const access = createAccess({ beyondLoopback: false, token: undefined, clock: handClock() })
  for (const host of [
    'localhost',
    'localhost:9464',
    '127.0.0.1:9464',
    '127.9.9.9',
    '[::1]:9464',
    'LOCALHOST.',
  ]) {
    t.equal(access.of({ host }).kind, 'open', host)
  }
  for (const host of [
    'evil.example',
    'evil.example:9464',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '10.0.0.1',
    '[::2]',
    '',
    undefined,
  ]) {
    t.equal(access.of({ host }).kind, 'foreign_host', host ?? 'none')
  }
})

void t.test('beyond loopback without a token nobody may', async (t) => {
  const access = createAccess({ beyondLoopback: true, token: undefined, clock: handClock() })
  t.equal(access.of({ host: 'localhost' }).kind, 'off')
  t.equal(access.of({ host: 'localhost', authorization: 'Bearer ' }).kind, 'off')
  t.equal(access.signIn('').kind, 'wrong')
})

void t.test('beyond loopback the token opens, in a header or as a session', async (t) => {
  const clock = handClock()
  const access = createAccess({ beyondLoopback: true, token, clock })
  t.equal(access.of({ host: 'any.example' }).kind, 'login')
  t.equal(access.of({ authorization: 'Bearer wrong' }).kind, 'login')
  t.strictSame(access.of({ authorization: `Bearer ${token}` }), { kind: 'open', signedIn: false })
  t.equal(access.signIn('wrong').kind, 'wrong')
  const signed = access.signIn(token)
  const header = signed.kind === 'session' ? signed.cookie : ''
  t.match(header, /^holdfast_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/)
  const cookie = `other=1; ${header.split(';')[0]}`
  t.strictSame(access.of({ cookie }), { kind: 'open', signedIn: true })
  t.equal(access.of({ cookie: 'holdfast_session=forged' }).kind, 'login')
  clock.ms = 12 * 3_600_000
  t.equal(access.of({ cookie }).kind, 'login', 'after 12 hours')
})

void t.test('a session ends when its reader signs out', async (t) => {
  const access = createAccess({ beyondLoopback: true, token, clock: handClock() })
  const signed = access.signIn(token)
  const [cookie] = (signed.kind === 'session' ? signed.cookie : '').split(';')
  t.equal(access.of({ cookie }).kind, 'open')
  t.equal(access.signOut(cookie), 'holdfast_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0')
  t.equal(access.of({ cookie }).kind, 'login')
})

void t.test('twenty wrong tokens in a minute close the form for the rest of it', async (t) => {
  const clock = handClock()
  const access = createAccess({ beyondLoopback: true, token, clock })
  for (let i = 0; i < 20; i++) t.equal(access.signIn(`wrong ${i}`).kind, 'wrong')
  t.equal(access.signIn(token).kind, 'too_many')
  clock.ms = 60_000
  t.equal(access.signIn(token).kind, 'session')
})

void t.test('no more than 64 sessions are held; the oldest goes', async (t) => {
  const access = createAccess({ beyondLoopback: true, token, clock: handClock() })
  const cookies = Array.from({ length: 65 }, () => {
    const signed = access.signIn(token)
    return signed.kind === 'session' ? (signed.cookie.split(';')[0] ?? '') : ''
  })
  t.equal(access.of({ cookie: cookies[0] }).kind, 'login')
  t.equal(access.of({ cookie: cookies[1] }).kind, 'open')
  t.equal(access.of({ cookie: cookies[64] }).kind, 'open')
})
