import t from 'tap'
import type { Exchange } from '../../src/exchange/exchange.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'
import { wireFixture } from '../fixtures/wire/wire-fixtures.ts'

const answered = (response: unknown): Exchange =>
  exchangeOf(decodeBodies('openai_responses', { response }))

const reasonOf = (bodies: { request?: unknown; response?: unknown }, status = 200): string => {
  const decoded = decodeBodies('openai_responses', bodies, { status })
  return decoded.ok ? 'decoded' : decoded.reason
}

const said = (text: string): object => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text }],
})
const respond = (output: unknown, over: object = {}): object => ({
  id: 'resp_1',
  status: 'completed',
  model: 'served',
  output,
  usage: { input_tokens: 4, output_tokens: 2 },
  ...over,
})
const plain = respond([said('ok')])

const sse = (...events: object[]): string =>
  events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')

void t.test('streams that end, and streams that do not', async (t) => {
  const created = { type: 'response.created', response: respond([], { status: 'in_progress' }) }
  const added = {
    type: 'response.output_item.added',
    output_index: 0,
    item: { type: 'message', role: 'assistant', content: [] },
  }
  const delta = (text: string): object => ({
    type: 'response.output_text.delta',
    output_index: 0,
    content_index: 0,
    delta: text,
  })
  const done = { type: 'response.output_item.done', output_index: 0, item: said('abc') }
  const finished = (type: string, response: unknown): object => ({
    type: `response.${type}`,
    response,
  })
  const cases: [string, string, string | Partial<Exchange['answer']>][] = [
    ['completed', sse(created, finished('completed', plain)), { text: 'ok', stop: 'stop' }],
    [
      'failed',
      sse(created, finished('failed', respond([], { status: 'failed' }))),
      { stop: 'error' },
    ],
    [
      'incomplete',
      sse(
        finished(
          'incomplete',
          respond([said('a')], {
            status: 'incomplete',
            incomplete_details: { reason: 'max_output_tokens' },
          }),
        ),
      ),
      { text: 'a', stop: 'length' },
    ],
    ['no terminal event', sse(created, added, delta('a'), done), 'stream_incomplete'],
    [
      'cut inside the terminal event',
      sse(created, finished('completed', plain)).slice(0, -2),
      'stream_incomplete',
    ],
    [
      'a terminal event with its output left out',
      sse(created, added, delta('a'), done, finished('completed', respond([]))),
      { text: 'abc', stop: 'stop' },
    ],
    [
      'an error in the middle',
      sse(created, added, delta('a'), delta('b'), {
        type: 'error',
        code: 'server_error',
        message: 'x',
      }),
      { text: 'ab', stop: 'error' },
    ],
    [
      'an error after a finished item',
      sse(created, added, delta('a'), done, { type: 'error', error: { code: 'x' } }),
      { text: 'abc', stop: 'error' },
    ],
    ['an error at once', sse({ type: 'error', code: 'server_error' }), { text: '', stop: 'error' }],
    [
      'an error in a call',
      sse(
        created,
        {
          type: 'response.output_item.added',
          output_index: 0,
          item: { type: 'function_call', call_id: 'c', name: 'f', arguments: '' },
        },
        { type: 'response.function_call_arguments.delta', output_index: 0, delta: '{"a' },
        { type: 'error' },
      ),
      { stop: 'error', toolCalls: [{ id: 'c', name: 'f', arguments: '{"a' }] },
    ],
    [
      'an error in a refusal',
      sse(
        created,
        added,
        { type: 'response.refusal.delta', output_index: 0, content_index: 0, delta: 'no' },
        { type: 'error' },
      ),
      { refusal: 'no', stop: 'error' },
    ],
    ['deltas of no item', sse(created, delta('x'), finished('completed', plain)), { text: 'ok' }],
    [
      'unknown events, and a [DONE] that does not belong',
      `${sse({ type: 'response.hologram.delta' }, { type: 'keepalive' })}data: [DONE]\n\n${sse(finished('completed', plain))}`,
      { text: 'ok' },
    ],
    [
      'events after the end',
      sse(finished('completed', plain), finished('completed', respond([said('late')]))),
      { text: 'ok' },
    ],
    ['a terminal event without a response', sse(finished('completed', null)), 'unknown_shape'],
    ['an item index beyond all measure', sse({ ...added, output_index: 1e9 }), 'unknown_shape'],
    ['no JSON', 'data: {oops\n\n', 'not_json'],
  ]
  for (const [situation, response, expected] of cases) {
    if (typeof expected === 'string') t.equal(reasonOf({ response }), expected, situation)
    else t.hasStrict(answered(response).answer, expected, situation)
  }
  const blocked = answered(
    sse(created, { type: 'error', error: { code: 'cyber_policy' } }, finished('completed', plain)),
  )
  t.same(blocked.providerRefusals, ['policy_error'], 'a policy error ends the stream')
  t.equal(blocked.answer.stop, 'error')
})

void t.test('the recorded streams', async (t) => {
  const read = (name: string): Exchange => answered(wireFixture(name).text)
  t.equal(read('responses-text-ro.sse').answer.text, 'Bună ziua! Văd că aveți o întrebare 🙂')
  t.hasStrict(read('responses-cut-length-ru.sse').answer, {
    text: 'Это длинный отв',
    stop: 'length',
  })
  t.hasStrict(read('responses-tools-zh.sse').answer, {
    reasoning: '先查天气。',
    stop: 'tool_calls',
    toolCalls: [{ id: 'call_9', name: 'get_weather', arguments: '{"город":"Киев"}' }],
  })
  const refused = read('responses-refusal-ar.sse')
  t.equal(refused.answer.refusal, 'آسف، لا أستطيع.')
  t.same(refused.providerRefusals, ['refusal_field'])
  t.same(read('responses-failed-bio.json').providerRefusals, ['policy_error'])
})
