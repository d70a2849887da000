import t from 'tap'
import { newestCalls } from '../../src/exchange/tool-calls.ts'
import { answerText, assistant, toolCall, toolResult, user } from '../enrich/exchange-example.ts'

const turns = [
  user('Book a flight'),
  assistant('Looking', toolCall('1', 'search'), toolCall('2', 'price')),
  toolResult('1', 'x'),
  assistant(toolCall('3', 'hold')),
]
const answer = {
  ...answerText(''),
  toolCalls: [
    { id: '4', name: 'book', arguments: '{"a":1}' },
    { id: '5', name: 'mail', arguments: '{}' },
  ],
}
const ids = (callsMax: number): (string | undefined)[] =>
  newestCalls({ turns, answer }, callsMax).map(({ id }) => id)

void t.test('the newest calls are kept, oldest first, at every bound', async (t) => {
  t.same(ids(9), ['1', '2', '3', '4', '5'])
  t.same(ids(4), ['2', '3', '4', '5'])
  t.same(ids(3), ['3', '4', '5'])
  t.same(ids(1), ['5'])
})

void t.test('arguments come along, and neither turns nor answer are changed', async (t) => {
  const calls = newestCalls({ turns, answer }, 9)
  t.equal(calls[3]?.arguments, '{"a":1}')
  t.equal(answer.toolCalls[0]?.id, '4')
  t.same(newestCalls({ turns: [user('Hello')], answer: answerText('Hi') }, 9), [])
})
