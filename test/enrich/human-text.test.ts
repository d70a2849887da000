import t from 'tap'
import {
  humanTextMax,
  humanTextOf,
  humanTurns,
  lastHumanText,
} from '../../src/enrich/human-text.ts'
import { assistant, toolResult, user } from './exchange-example.ts'

const reminder = '<system-reminder>\nYou may use these tools.\n</system-reminder>'

void t.test('two reminder parts before the words: the words are the text', (t) => {
  t.equal(humanTextOf(user(reminder, reminder, '你好')), '你好')
  t.end()
})

void t.test('tool results are nobody’s words, whatever role they came with', (t) => {
  const result = user({ kind: 'tool_result', callId: 'c', text: 'rows', isError: false })
  t.equal(humanTextOf(result), '')
  t.equal(humanTurns([user('Find it'), toolResult('c', 'rows'), result]), 1)
  t.end()
})

void t.test('a turn with only an image counts as a human turn and has no text', (t) => {
  const shown = user({ kind: 'media', media: 'image' })
  t.equal(humanTurns([user('Look'), assistant('Yes'), shown]), 2)
  t.equal(lastHumanText([user('Look'), assistant('Yes'), shown]), 'Look')
  t.end()
})

void t.test('a turn with only reminders is not a human turn', (t) => {
  t.equal(humanTurns([user('Go on'), assistant('Done'), user(reminder)]), 1)
  t.equal(lastHumanText([user('Go on'), assistant('Done'), user(reminder)]), 'Go on')
  t.end()
})

void t.test('no human text anywhere: empty', (t) => {
  t.equal(lastHumanText([]), '')
  t.equal(lastHumanText([assistant('Hello')]), '')
  t.end()
})

void t.test('an endless text keeps its end', (t) => {
  const text = humanTextOf(user('a'.repeat(humanTextMax), 'the question'))
  t.equal(text.length, humanTextMax)
  t.ok(text.endsWith('the question'))
  t.end()
})
