import t from 'tap'
import { ollama } from '../../src/decode/ollama.ts'
import { fixtureNamed } from '../fixtures/wire/second-tier.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'

const done = { model: 'm', message: { role: 'assistant', content: 'ja' }, done: true }
const generate = { path: '/api/generate' }
const answered = (response: unknown) => decodeBodies('ollama', { response })

void t.test('both endpoints are recognised under any base', async (t) => {
  for (const path of ['/api/chat', '/api/generate', '/ollama/api/chat/']) {
    t.ok(ollama.matches('POST', path), path)
  }
  for (const path of ['/api/embed', '/api/tags', '/api/chat/x', '/chat']) {
    t.notOk(ollama.matches('POST', path), path)
  }
  t.notOk(ollama.matches('GET', '/api/chat'))
})

void t.test('a chat with images, calls without ids and tool results', async (t) => {
  const request = {
    model: 'llama3.2',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Wie warm?', images: ['AAAA'] },
      {
        role: 'assistant',
        content: '',
        thinking: 'Ein Werkzeug.',
        tool_calls: [{ function: { name: 'get_weather', arguments: { city: 'Bern' } } }],
      },
      { role: 'tool', tool_name: 'get_weather', content: '4 °C' },
      { role: 'user', content: 'Und morgen?' },
    ],
    tools: [
      { type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } },
    ],
    format: { type: 'object' },
  }
  const exchange = exchangeOf(decodeBodies('ollama', { request, response: done }))
  t.equal(exchange.requestedModel, 'llama3.2')
  t.equal(exchange.system, 'Be brief.')
  t.same(exchange.turns, [
    {
      role: 'user',
      parts: [
        { kind: 'text', text: 'Wie warm?' },
        { kind: 'media', media: 'image' },
      ],
    },
    {
      role: 'assistant',
      parts: [
        { kind: 'reasoning', text: 'Ein Werkzeug.' },
        { kind: 'tool_call', id: undefined, name: 'get_weather', arguments: '{"city":"Bern"}' },
      ],
    },
    {
      role: 'tool',
      parts: [{ kind: 'tool_result', callId: undefined, text: '4 °C', isError: false }],
    },
    { role: 'user', parts: [{ kind: 'text', text: 'Und morgen?' }] },
  ])
  t.same(exchange.tools, [
    { name: 'get_weather', serverSide: false, parameters: { type: 'object' } },
  ])
  t.same([exchange.structured, exchange.stateful], [true, false])
})

void t.test('lines are one answer', async (t) => {
  const exchange = exchangeOf(answered(fixtureNamed('ollama stream').bytes))
  t.equal(exchange.streamed, true)
  t.equal(exchange.servedModel, 'llama3.2')
  t.same(exchange.answer, {
    text: 'नमस्ते दुनिया',
    refusal: '',
    reasoning: 'Kurz.',
    toolCalls: [],
    stop: 'stop',
    choices: 1,
  })
  t.same(exchange.usage, { inputTokens: 26, outputTokens: 4 })
  const calls = exchangeOf(answered(fixtureNamed('ollama call stream').bytes)).answer
  t.equal(calls.stop, 'tool_calls')
  t.same(calls.toolCalls, [{ id: undefined, name: 'get_weather', arguments: '{"city":"Zürich"}' }])
})

void t.test('an answer of one object, printed in one line or in many, is whole', async (t) => {
  for (const response of [
    JSON.stringify(done),
    `${JSON.stringify(done)}\n`,
    JSON.stringify(done, null, 2),
  ]) {
    const { answer, streamed } = exchangeOf(answered(response))
    t.same([answer.text, streamed], ['ja', false])
  }
})

void t.test('generate: one prompt, and a context that stands for earlier turns', async (t) => {
  const request = {
    model: 'm',
    system: 'Be brief.',
    prompt: 'Selam?',
    images: ['AA'],
    context: [1, 2, 3],
    format: 'json',
  }
  const response = fixtureNamed('ollama generate stream').bytes
  const exchange = exchangeOf(decodeBodies('ollama', { request, response }, generate))
  t.equal(exchange.system, 'Be brief.')
  t.same(exchange.turns, [
    {
      role: 'user',
      parts: [
        { kind: 'text', text: 'Selam?' },
        { kind: 'media', media: 'image' },
      ],
    },
  ])
  t.same([exchange.structured, exchange.stateful], [true, true])
  t.same([exchange.answer.text, exchange.answer.stop], ['Merhaba dünya', 'length'])
  const plain = decodeBodies('ollama', { request: { model: 'm', prompt: 'a' }, response }, generate)
  t.equal(exchangeOf(plain).stateful, false)
})

void t.test('a request that only loads or unloads a model asks nobody', async (t) => {
  const none = { ok: false, reason: 'no_answer', calls: [] }
  const load = { model: 'm', keep_alive: 0, messages: [] }
  t.same(decodeBodies('ollama', { request: load, response: done }), none)
  t.same(decodeBodies('ollama', { request: { model: 'm' }, response: done }), none)
  t.same(decodeBodies('ollama', { request: { model: 'm', prompt: '' } }, generate), none)
})

void t.test('what is no answer is said to be none', async (t) => {
  const piece = JSON.stringify({ ...done, done: false })
  const error = '{"error":"model runner has stopped"}'
  const cases: [string, string, string][] = [
    ['cut after a line', `${piece}\n`, 'stream_incomplete'],
    ['cut inside a line', `${piece}\n{"model":"m","mess`, 'stream_incomplete'],
    ['cut after the first object', piece, 'stream_incomplete'],
    ['cut inside the first line', piece.slice(0, 20), 'not_json'],
    ['a damaged line', `${piece}\n{"a"\n${piece}\n`, 'not_json'],
    ['a line that is no object', `${piece}\n[]\n`, 'unknown_shape'],
    ['no done', '{"message":{"content":"a"}}', 'unknown_shape'],
    ['neither message nor response', '{"done":false}', 'unknown_shape'],
    ['a call without a name', '{"message":{"tool_calls":[{}]},"done":true}', 'unknown_shape'],
    ['only an error', error, 'error_status'],
    ['only an error, as a line', `${error}\n`, 'error_status'],
  ]
  for (const [situation, response, reason] of cases) {
    t.same(answered(response), { ok: false, reason }, situation)
  }
  const { answer } = exchangeOf(answered(`${piece}\n${error}\n`))
  t.same([answer.text, answer.stop], ['ja', 'error'], 'an error after the first piece')
  for (const request of [
    { messages: [{ role: 'user', content: 'no model' }] },
    { model: 'm', messages: [{ role: 'robot', content: '' }] },
    { model: 'm', messages: [{ role: 'user', content: 7 }] },
    { model: 'm', messages: [{ role: 'user' }], tools: [{}] },
  ]) {
    t.same(decodeBodies('ollama', { request, response: done }), {
      ok: false,
      reason: 'unknown_shape',
    })
  }
})
