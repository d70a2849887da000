import t from 'tap'
import { protocolOf } from '../../src/decode/decoders.ts'
import { fixtureNamed } from '../fixtures/wire/second-tier.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'

const answered = (response: unknown, request?: unknown, path?: string) =>
  decodeBodies('openai_completions', { request, response }, path === undefined ? {} : { path })
const whole = fixtureNamed('completions whole').bytes

void t.test('the path is not that of chat completions', async (t) => {
  t.equal(protocolOf('POST', '/v1/completions'), 'openai_completions')
  t.equal(protocolOf('POST', '/openai/deployments/d/completions'), 'openai_completions')
  t.equal(protocolOf('POST', '/v1/chat/completions'), 'openai_chat')
  t.equal(protocolOf('POST', '/xcompletions'), 'unknown')
})

void t.test(
  'a prompt is one turn; of several the first is read, tokens have no text',
  async (t) => {
    const cases: [unknown, object[]][] = [
      ['Bună', [{ kind: 'text', text: 'Bună' }]],
      [['a', 'b'], [{ kind: 'text', text: 'a' }]],
      [[1, 2, 3], []],
      [[[1, 2], [3]], []],
    ]
    for (const [prompt, parts] of cases) {
      const { turns } = exchangeOf(answered(whole, { model: 'm', prompt }))
      t.same(turns, [{ role: 'user', parts }])
    }
    for (const prompt of [undefined, [], [{}], 7, [[]]]) {
      t.same(answered(whole, { model: 'm', prompt }), { ok: false, reason: 'unknown_shape' })
    }
  },
)

void t.test('whole and streamed, the first choice is the answer', async (t) => {
  const { answer, usage, responseId, servedModel, streamed } = exchangeOf(
    answered(fixtureNamed('completions stream').bytes),
  )
  t.same([answer.text, answer.stop, answer.choices], ['Bună ziua', 'length', 2])
  t.same(usage, { inputTokens: 3, outputTokens: 4 })
  t.same([responseId, servedModel, streamed], ['cmpl-1', 'davinci-3', true])
  const single = exchangeOf(answered(whole))
  t.same([single.answer.text, single.answer.stop, single.streamed], ['Bună ziua', 'stop', false])
})

void t.test('the deployment names the model where the body does not', async (t) => {
  const exchange = exchangeOf(
    answered(whole, { prompt: 'a', user: 'u' }, '/openai/deployments/my%20one/completions'),
  )
  t.equal(exchange.requestedModel, 'my one')
  t.equal(exchange.identity.user, 'u')
})

void t.test('a filter is a refusal of the provider', async (t) => {
  const choices = [{ index: 0, text: '', finish_reason: 'content_filter' }]
  const { answer, providerRefusals } = exchangeOf(answered({ choices }))
  t.same([answer.stop, providerRefusals], ['content_filter', ['content_filter']])
})

void t.test('what is no answer is said to be none', async (t) => {
  const piece = 'data: {"choices":[{"index":0,"text":"a","finish_reason":null}]}\n\n'
  const cases: [string, unknown, string][] = [
    ['an error inside of 200', { error: { message: 'x' } }, 'error_status'],
    ['no choices', { id: 'c' }, 'unknown_shape'],
    ['a choice without text', { choices: [{ index: 0 }] }, 'unknown_shape'],
    ['an index out of bounds', { choices: [{ index: 9000, text: '' }] }, 'unknown_shape'],
    ['a cut stream', piece, 'stream_incomplete'],
    ['only its end', 'data: [DONE]\n\n', 'unknown_shape'],
    ['only an error', 'data: {"error":{"message":"x"}}\n\n', 'error_status'],
  ]
  for (const [situation, response, reason] of cases) {
    t.same(answered(response), { ok: false, reason }, situation)
  }
  const { answer } = exchangeOf(answered(`${piece}data: {"error":{"code":"x"}}\n\n`))
  t.same([answer.text, answer.stop], ['a', 'error'], 'an error after the first piece')
})
