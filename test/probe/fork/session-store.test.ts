import t from 'tap'
import { refusalOf } from '../../../src/probe/fork/eligibility.ts'
import type { SessionCopy } from '../../../src/probe/fork/session-copy.ts'
import { createSessionStore, type HeldSession } from '../../../src/probe/fork/session-store.ts'
import { drivenClock } from '../schedule/set-up.ts'
import { sessionOf } from './session-example.ts'

const copyOf = (text: string): SessionCopy => ({
  system: undefined,
  turns: [{ role: 'user', text }],
  tools: [],
  pending: [],
  named: false,
  language: 'en',
  depth: '1',
  format: 'chat',
  redactions: {},
  dropped: { media: 0, serverTools: 0 },
})

const held = (tenant: string, conversation: string, text = 'hello'): HeldSession => ({
  tenant,
  conversation,
  copy: copyOf(text),
})

const options = { itemsMax: 3, bytesMax: 1 << 20, ttlMs: 60_000 }

t.test('tenants take turns, the newest of each first, and each copy is used once', (t) => {
  const clock = drivenClock()
  const store = createSessionStore({ ...options, itemsMax: 10, clock })
  for (const [tenant, conversation] of [
    ['a', '1'],
    ['a', '2'],
    ['b', '1'],
  ] as const) {
    t.ok(store.add(held(tenant, conversation)))
  }
  const taken = [store.take(), store.take(), store.take(), store.take()].map((one) =>
    one === undefined ? undefined : `${one.tenant}${one.conversation}`,
  )
  t.strictSame(taken, ['a2', 'b1', 'a1', undefined])
  t.strictSame(store.size(), { items: 0, bytes: 0 })
  t.end()
})

t.test(
  'a later copy of a conversation takes the place of the earlier one, within its tenant',
  (t) => {
    const store = createSessionStore({ ...options, clock: drivenClock() })
    store.add(held('a', '1', 'first'))
    store.add(held('b', '1', 'of another'))
    store.add(held('a', '1', 'second'))
    t.equal(store.size().items, 2)
    t.strictSame([store.take(), store.take()].map((one) => one?.copy.turns[0]?.text).sort(), [
      'of another',
      'second',
    ])
    t.end()
  },
)

t.test('copies are dropped after their time, at most fifteen minutes', (t) => {
  const clock = drivenClock()
  const store = createSessionStore({ ...options, ttlMs: 86_400_000, clock })
  store.add(held('a', '1'))
  clock.advance(899_999)
  t.equal(store.size().items, 1)
  clock.advance(1)
  t.equal(store.size().items, 0)
  t.equal(store.take(), undefined)
  t.end()
})

t.test('the oldest makes room, by number and by bytes; what fits in no room is refused', (t) => {
  const clock = drivenClock()
  const store = createSessionStore({ ...options, clock })
  for (const n of [1, 2, 3, 4]) store.add(held('a', String(n)))
  t.equal(store.size().items, 3)
  const small = createSessionStore({ ...options, bytesMax: 3000, clock })
  t.ok(small.add(held('a', '1', 'x'.repeat(1000))))
  t.ok(small.add(held('a', '2', 'x'.repeat(1000))))
  t.equal(small.size().items, 1)
  t.ok(small.size().bytes <= 3000)
  t.notOk(small.add(held('a', '3', 'x'.repeat(2000))))
  t.equal(small.take()?.conversation, '2')
  t.end()
})

t.test('many tenants that come and go leave nothing behind', (t) => {
  const clock = drivenClock()
  const store = createSessionStore({ ...options, clock })
  for (let n = 0; n < 1000; n++) store.add(held(`tenant-${n}`, '1'))
  t.equal(store.size().items, 3)
  t.strictSame(
    [store.take(), store.take(), store.take()].map((one) => one?.tenant),
    ['tenant-997', 'tenant-998', 'tenant-999'],
  )
  t.equal(store.take(), undefined)
  t.end()
})

t.test('only whole, stateless, answered exchanges of named routes may be copied', (t) => {
  const { exchange } = sessionOf('openai_chat', [{ role: 'user', content: 'hi' }], 'Hello.')
  const eligible = { routes: new Set(['default']), charsMax: 1000 }
  const candidate = { route: 'default', exchange }
  t.equal(refusalOf(candidate, eligible), undefined)
  t.equal(refusalOf({ ...candidate, route: 'other' }, eligible), 'route')
  const long = { ...exchange, system: 'x'.repeat(1001) }
  t.equal(refusalOf({ ...candidate, exchange: long }, eligible), 'too_long')
  const stateful = { ...exchange, stateful: true }
  t.equal(refusalOf({ ...candidate, exchange: stateful }, eligible), 'stateful')
  const named = { ...exchange, identity: { ...exchange.identity, conversationId: 'conv_1' } }
  t.equal(refusalOf({ ...candidate, exchange: named }, eligible), 'stateful')
  const empty = { ...exchange, answer: { ...exchange.answer, text: '' } }
  t.equal(refusalOf({ ...candidate, exchange: empty }, eligible), 'no_answer')
  t.end()
})
