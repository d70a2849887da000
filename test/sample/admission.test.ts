import t from 'tap'
import { createAdmission, sampledTurn } from '../../src/sample/admission.ts'

const secret = Buffer.alloc(32, 7)
const dayMs = 86_400_000
const create = (perUserDay = 3) => createAdmission({ secret, perUserDay, entriesMax: 1000 })
const keys = Array.from({ length: 5000 }, (_, i) => `conversation-${i}`)

t.test('the turn is drawn by depth: most conversations in their first, all within 39', (t) => {
  const turns = keys.map((key) => sampledTurn(secret, key))
  const share = (from: number, to: number): number =>
    turns.filter((turn) => turn >= from && turn <= to).length / turns.length
  for (const [from, to, expected] of [
    [1, 1, 0.6],
    [2, 4, 0.2],
    [5, 9, 0.1],
    [10, 19, 0.06],
    [20, 39, 0.04],
  ] as const) {
    t.ok(Math.abs(share(from, to) - expected) < 0.02, `${from} to ${to}: ${share(from, to)}`)
  }
  t.equal(share(1, 39), 1)
  t.strictSame(
    turns,
    keys.map((key) => sampledTurn(secret, key)),
    'every replica draws the same',
  )
  t.notSame(
    turns,
    keys.map((key) => sampledTurn(Buffer.alloc(32, 8), key)),
  )
  t.end()
})

t.test('a conversation gives one sample, whatever is repeated', (t) => {
  const admission = create()
  const key = keys.find((one) => sampledTurn(secret, one) === 3) ?? ''
  const admit = (humanTurns: number) =>
    admission.admit({ conversationKey: key, humanTurns, userKey: undefined, at: 0 })
  t.strictSame([1, 2, 3, 3, 4].map(admit), [
    'other_turn',
    'other_turn',
    'admitted',
    'already_sampled',
    'other_turn',
  ])
  t.end()
})

t.test('a request without any human turn counts as the first', (t) => {
  const key = keys.find((one) => sampledTurn(secret, one) === 1) ?? ''
  const outcome = create().admit({ conversationKey: key, humanTurns: 0, userKey: undefined, at: 0 })
  t.equal(outcome, 'admitted')
  t.end()
})

t.test('a user gives three samples a day, and again the next day', (t) => {
  const admission = create()
  const first = keys.filter((key) => sampledTurn(secret, key) === 1)
  const admit = (i: number, userKey: string | undefined, at: number) =>
    admission.admit({ conversationKey: first[i] ?? '', humanTurns: 1, userKey, at })
  t.strictSame(
    [0, 1, 2, 3, 4].map((i) => admit(i, 'user', dayMs - 1)),
    ['admitted', 'admitted', 'admitted', 'user_limit', 'user_limit'],
  )
  t.equal(admit(5, 'other user', dayMs - 1), 'admitted')
  t.equal(admit(3, 'user', dayMs), 'admitted', 'what was refused yesterday was not sampled')
  for (let i = 10; i < 20; i++) t.equal(admit(i, undefined, 0), 'admitted', 'nobody has no limit')
  t.end()
})
