import t from 'tap'
import {
  toolNameLengthMax,
  trajectoryLengthMax,
  trajectoryOf,
} from '../../src/enrich/trajectory.ts'
import {
  answerText,
  assistant,
  exchangeOf,
  toolCall,
  toolResult,
  user,
} from './exchange-example.ts'

const answering = (...names: string[]) => ({
  answer: {
    ...answerText(''),
    toolCalls: names.map((name) => ({ id: undefined, name, arguments: '{}' })),
  },
})

void t.test('calls of the history in order, the answer’s last', (t) => {
  const turns = [
    user('Book a flight'),
    assistant('Looking', toolCall('1', 'search'), toolCall('2', 'price')),
    toolResult('1', 'x'),
    assistant(toolCall('3', 'search')),
  ]
  t.same(trajectoryOf(exchangeOf(turns, answering('book', 'mail'))), [
    'search',
    'price',
    'search',
    'book',
    'mail',
  ])
  t.end()
})

void t.test('no calls: empty', (t) => {
  t.same(trajectoryOf(exchangeOf([user('Hello')])), [])
  t.end()
})

void t.test('a long history keeps the newest names, long names are cut', (t) => {
  const calls = Array.from({ length: 400 }, (_, i) => toolCall(String(i), `t${i}`))
  const kept = trajectoryOf(exchangeOf([assistant(...calls)], answering('x'.repeat(500))))
  t.equal(kept.length, trajectoryLengthMax)
  t.equal(kept.at(-1), 'x'.repeat(toolNameLengthMax))
  t.equal(kept.at(-2), 't399')
  t.equal(kept[0], `t${400 - trajectoryLengthMax + 1}`)
  t.end()
})
