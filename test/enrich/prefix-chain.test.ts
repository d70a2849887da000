import t from 'tap'
import { createKeyedHash } from '../../src/enrich/keyed-hash.ts'
import { prefixChain } from '../../src/enrich/prefix-chain.ts'
import type { Exchange, Turn } from '../../src/exchange/exchange.ts'
import {
  answerText,
  assistant,
  exchangeOf,
  toolCall,
  toolResult,
  user,
} from './exchange-example.ts'

const hash = createKeyedHash('secret', 'test')
const chain = (turns: Turn[], overrides: Partial<Exchange> = {}) =>
  prefixChain(exchangeOf(turns, overrides), hash)
const first = chain([user('Why?')], { answer: answerText('Because.') })

void t.test('the next request begins with what this one ended with', (t) => {
  const second = chain([user('Why?'), assistant('Because.'), user('Really?')])
  t.same(second.answered, [first.next])
  t.ok(second.anchor)
  t.equal(first.anchor, undefined)
  t.end()
})

const changes: readonly (readonly [what: string, turns: Turn[]])[] = [
  ['white space in the answer', [user('Why?'), assistant(' Because.\n'), user('Really?')]],
  ['an answer cut in two', [user('Why?'), assistant('Beca'), assistant('use.'), user('Really?')]],
  [
    'a reminder inserted later',
    [user('<system-reminder>x</system-reminder>', 'Why?'), assistant('Because.'), user('Really?')],
  ],
  [
    'reasoning sent back',
    [user('Why?'), assistant({ kind: 'reasoning', text: 'hm' }, 'Because.'), user('Really?')],
  ],
  [
    'a system message in between',
    [
      user('Why?'),
      { role: 'system', parts: [{ kind: 'text', text: 'Be kind.' }] },
      assistant('Because.'),
      user('Really?'),
    ],
  ],
]
for (const [what, turns] of changes) {
  void t.test(`${what} does not break the chain`, (t) => {
    t.same(chain(turns).answered, [first.next])
    t.end()
  })
}

void t.test('another system text, question or answer is another chain', (t) => {
  const asked = [user('Why?'), assistant('Because.'), user('Really?')]
  t.not(chain(asked, { system: 'Be brief.' }).answered[0], first.next)
  t.not(chain([user('How?'), ...asked.slice(1)]).answered[0], first.next)
  t.not(chain([user('Why?'), assistant('No.'), user('Really?')]).answered[0], first.next)
  t.end()
})

void t.test('tool calls join by id, arguments re-written and results shortened', (t) => {
  const called = chain([user('Find it')], {
    answer: {
      ...answerText(''),
      toolCalls: [{ id: 'c1', name: 'find', arguments: '{"a":1}' }],
    },
  })
  const turns = [user('Find it'), assistant(toolCall('c1', 'find')), toolResult('c1', '[cleared]')]
  t.same(chain(turns).answered, [called.next])
  t.end()
})

void t.test('the anchor is the same from the second request on', (t) => {
  const second = [user('Why?'), assistant('Because.'), user('Really?')]
  const third = [...second, assistant('Yes.'), user('Sure?')]
  t.equal(chain(third).anchor, chain(second).anchor)
  t.equal(chain(third).answered.length, 2)
  t.end()
})

void t.test('a prefilled answer goes on in the answer', (t) => {
  const prefilled = chain([user('Why?'), assistant('Beca')], { answer: answerText('use.') })
  t.equal(prefilled.next, first.next)
  t.same(prefilled.answered, [])
  t.end()
})
