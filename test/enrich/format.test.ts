import t from 'tap'
import { formatOf } from '../../src/enrich/format.ts'
import {
  answerText,
  assistant,
  exchangeOf,
  toolCall,
  toolResult,
  user,
} from './exchange-example.ts'

const question = user('What is the weather?')
const call = { id: 'c', name: 'weather', arguments: '{}' }

void t.test('text in, text out: chat', (t) => {
  t.equal(formatOf(exchangeOf([question])), 'chat')
  t.end()
})

void t.test('tools offered, called, or answered in the history: agentic', (t) => {
  const offered = { tools: [{ name: 'weather', serverSide: false, parameters: undefined }] }
  t.equal(formatOf(exchangeOf([question], offered)), 'agentic')
  const called = { answer: { ...answerText(''), toolCalls: [call] } }
  t.equal(formatOf(exchangeOf([question], called)), 'agentic')
  t.equal(formatOf(exchangeOf([question, assistant(toolCall('c', 'weather'))])), 'agentic')
  t.equal(formatOf(exchangeOf([question, toolResult('c', 'sunny')])), 'agentic')
  t.end()
})

void t.test('bound to a schema: structured, unless there are tools', (t) => {
  t.equal(formatOf(exchangeOf([question], { structured: true })), 'structured')
  const both = {
    structured: true,
    tools: [{ name: 'weather', serverSide: false, parameters: undefined }],
  }
  t.equal(formatOf(exchangeOf([question], both)), 'agentic')
  t.end()
})
