import t from 'tap'
import type { Exchange } from '../../src/exchange/exchange.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'
import { wireFixture } from '../fixtures/wire/wire-fixtures.ts'

const answered = (response: unknown): Exchange =>
  exchangeOf(decodeBodies('openai_chat', { response }))

const reasonOf = (bodies: { request?: unknown; response?: unknown }, status = 200): string => {
  const decoded = decodeBodies('openai_chat', bodies, { status })
  return decoded.ok ? 'decoded' : decoded.reason
}

const sse = (...events: unknown[]): string =>
  events
    .map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`)
    .join('')

const delta = (fields: object, finish: string | null = null): object => ({
  choices: [{ index: 0, delta: fields, finish_reason: finish }],
})

void t.test('streams that end, and streams that do not', async (t) => {
  const a = delta({ content: 'a' })
  const cases: [string, string, string | Partial<Exchange['answer']>][] = [
    ['[DONE] without a finish reason', sse(a, '[DONE]'), { text: 'a', stop: undefined }],
    ['a finish reason without [DONE]', sse(a, delta({}, 'stop')), { text: 'a', stop: 'stop' }],
    ['neither', sse(a, a), 'stream_incomplete'],
    ['cut inside the last event', sse(a, delta({}, 'stop')).slice(0, -3), 'stream_incomplete'],
    ['only [DONE]', sse('[DONE]'), 'unknown_shape'],
    ['only a comment', ': ping\n\n', 'stream_incomplete'],
    ['an event that is no JSON', sse('{oops', '[DONE]'), 'not_json'],
    ['an event that is an array', sse([], '[DONE]'), 'unknown_shape'],
    ['an event that is too deep', sse('['.repeat(65), '[DONE]'), 'too_deep'],
    ['text after [DONE]', sse(a, '[DONE]', a), { text: 'a' }],
    ['an unknown kind of event', sse({ type: 'ping' }, a, '[DONE]'), { text: 'a' }],
    [
      'comments and empty data (OpenRouter)',
      `: OPENROUTER PROCESSING\n\ndata:\n\n${sse(a, '[DONE]')}`,
      { text: 'a' },
    ],
    [
      'parts in a delta',
      sse(delta({ content: [{ type: 'text', text: 'b' }] }), '[DONE]'),
      { text: 'b' },
    ],
    [
      'reasoning_content',
      sse(delta({ reasoning_content: 'r' }), a, '[DONE]'),
      { text: 'a', reasoning: 'r' },
    ],
    [
      'an error in the middle',
      sse(a, { error: { message: 'boom' } }, '[DONE]'),
      { text: 'a', stop: 'error' },
    ],
    [
      'a finish on another choice only',
      sse(a, { choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] }),
      'stream_incomplete',
    ],
    [
      'legacy function_call',
      sse(
        delta({ function_call: { name: 'f', arguments: '{' } }),
        delta({ function_call: { arguments: '}' } }, 'function_call'),
      ),
      { toolCalls: [{ id: undefined, name: 'f', arguments: '{}' }], stop: 'tool_calls' },
    ],
    [
      'a call that is never named',
      sse(delta({ tool_calls: [{ index: 0, id: 'c' }] }), '[DONE]'),
      'unknown_shape',
    ],
    ['choices as an object', sse({ choices: {} }, '[DONE]'), 'unknown_shape'],
  ]
  for (const [situation, response, expected] of cases) {
    if (typeof expected === 'string') t.equal(reasonOf({ response }), expected, situation)
    else t.hasStrict(answered(response).answer, expected, situation)
  }
  const blocked = answered(sse(a, { error: { code: 'content_filter' } }))
  t.same(blocked.providerRefusals, ['content_filter'], 'a policy error in the middle')
})

void t.test('a tool call names an index from 0 to 127 or the stream is not read', async (t) => {
  for (const index of [-1, 0.5, 128, 1e9, '0', null, undefined]) {
    const call = { index, id: 'c', function: { name: 'f', arguments: '' } }
    t.equal(
      reasonOf({ response: sse(delta({ tool_calls: [call] }), '[DONE]') }),
      'unknown_shape',
      String(index),
    )
  }
  const sparse = [127, 3].map((index) => ({ index, id: `c${index}`, function: { name: 'f' } }))
  const { answer } = answered(sse(delta({ tool_calls: sparse }), '[DONE]'))
  t.same(
    answer.toolCalls.map(({ id }) => id),
    ['c3', 'c127'],
    'ordered by index, gaps allowed',
  )
})

void t.test('the recorded streams', async (t) => {
  const read = (name: string): Exchange => answered(wireFixture(name).text)
  const text = read('chat-text-zh.sse')
  t.equal(text.answer.text, '光合作用把光能变成化学能。🌱\n\n第二段："引号"。')
  t.same(text.usage, { inputTokens: 21, outputTokens: 17 }, 'the chunk that only counts')
  t.equal(text.streamed, true)
  t.same(read('chat-tools-ja.sse').answer.toolCalls, [
    { id: 'call_a', name: 'get_weather', arguments: '{"都市":"京都","unit":"c"}' },
    { id: 'call_b', name: 'get_time', arguments: '{"tz":"Asia/Tokyo"}' },
  ])
  t.hasStrict(read('chat-reasoning-emoji.sse').answer, {
    text: 'Fertig 🚀👍🏽 – schön.',
    reasoning: 'Denk nach 👩‍🚀…',
    stop: 'length',
  })
  const refused = read('chat-refusal-ar.sse')
  t.equal(refused.answer.refusal, 'عذرًا، لا يمكنني المساعدة في ذلك.')
  t.same(refused.providerRefusals, ['refusal_field'])
  const filtered = read('chat-azure-filter.sse')
  t.same(filtered.providerRefusals, ['content_filter'])
  t.equal(filtered.servedModel, 'gpt-x-2026', 'not the empty model of the first chunk')
  t.equal(filtered.responseId, 'chatcmpl-9', 'not the empty id of the first chunk')
  t.same(read('chat-moderation-ko.sse').providerRefusals, ['moderation_flagged'])
  t.hasStrict(read('chat-two-choices-es.sse').answer, { text: 'Hola señor', choices: 2 })
})
