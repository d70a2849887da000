import t from 'tap'
import { anthropicMessages } from '../../src/decode/anthropic-messages.ts'
import { stringAt } from '../../src/decode/untrusted-json.ts'
import type { Exchange } from '../../src/exchange/exchange.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'
import { wireFixture } from '../fixtures/wire/wire-fixtures.ts'

const answered = (response: unknown): Exchange =>
  exchangeOf(decodeBodies('anthropic_messages', { response }))

const reasonOf = (bodies: { request?: unknown; response?: unknown }, status = 200): string => {
  const decoded = decodeBodies('anthropic_messages', bodies, { status })
  return decoded.ok ? 'decoded' : decoded.reason
}

const message = (content: unknown, stop: unknown = 'end_turn', over: object = {}): object => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'served',
  content,
  stop_reason: stop,
  usage: { input_tokens: 4, output_tokens: 2 },
  ...over,
})

const text = (value: string): object => ({ type: 'text', text: value })
const plain = message([text('ok')])
const asked = (request: object): Exchange =>
  exchangeOf(decodeBodies('anthropic_messages', { request, response: plain }))

const sse = (...events: object[]): string =>
  events
    .map((event) => `event: ${stringAt(event, 'type')}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('')

const start = { type: 'message_start', message: message([], null) }
const block = (index: unknown, content_block: unknown): object => ({
  type: 'content_block_start',
  index,
  content_block,
})
const delta = (index: unknown, fields: object): object => ({
  type: 'content_block_delta',
  index,
  delta: fields,
})
const stopped = {
  type: 'message_delta',
  delta: { stop_reason: 'end_turn' },
  usage: { output_tokens: 9 },
}
const end = { type: 'message_stop' }

void t.test('paths of the format are matched, and neighbours are not', async (t) => {
  const cases: [string, string, boolean][] = [
    ['POST', '/v1/messages', true],
    ['POST', '/anthropic/v1/messages/', true],
    ['GET', '/v1/messages', false],
    ['POST', '/v1/messages/count_tokens', false],
    ['POST', '/v1/messages/batches', false],
    ['POST', '/v1/threads/thread_1/messages', false],
  ]
  for (const [method, path, expected] of cases) {
    t.equal(anthropicMessages.matches(method, path), expected, `${method} ${path}`)
  }
})

void t.test('the history of an agent: tool results are turns of the tool', async (t) => {
  const exchange = asked({
    model: 'asked',
    system: [text('You are an agent.'), { ...text('Be kind.'), cache_control: {} }],
    messages: [
      { role: 'user', content: [text('<system-reminder>a</system-reminder>'), text('你好')] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm', signature: 's' },
          { type: 'redacted_thinking', data: 'x' },
          text('Let me look.'),
          { type: 'tool_use', id: 't1', name: 'read', input: { path: 'a' } },
          { type: 'server_tool_use', id: 's1', name: 'web_search', input: {} },
          {
            type: 'web_search_tool_result',
            tool_use_id: 's1',
            content: { type: 'web_search_tool_result_error', error_code: 'x' },
          },
          text('And more.'),
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 't1', content: [text('l1'), text('l2')] },
          { type: 'tool_result', tool_use_id: 't2', is_error: true },
          text('<system-reminder>b</system-reminder>'),
        ],
      },
      { role: 'system', content: 'Mode changed.' },
      { role: 'user', content: [{ type: 'document', source: {} }, { type: 'search_result' }] },
    ],
  })
  t.equal(exchange.system, 'You are an agent.\nBe kind.')
  t.same(exchange.turns, [
    {
      role: 'user',
      parts: [
        { kind: 'text', text: '<system-reminder>a</system-reminder>' },
        { kind: 'text', text: '你好' },
      ],
    },
    {
      role: 'assistant',
      parts: [
        { kind: 'reasoning', text: 'hm' },
        { kind: 'text', text: 'Let me look.' },
        { kind: 'tool_call', id: 't1', name: 'read', arguments: '{"path":"a"}' },
        { kind: 'tool_call', id: 's1', name: 'web_search', arguments: '{}' },
      ],
    },
    {
      role: 'tool',
      parts: [
        {
          kind: 'tool_result',
          callId: 's1',
          text: '{"type":"web_search_tool_result_error","error_code":"x"}',
          isError: true,
        },
      ],
    },
    { role: 'assistant', parts: [{ kind: 'text', text: 'And more.' }] },
    {
      role: 'tool',
      parts: [
        { kind: 'tool_result', callId: 't1', text: 'l1\nl2', isError: false },
        { kind: 'tool_result', callId: 't2', text: '', isError: true },
      ],
    },
    { role: 'user', parts: [{ kind: 'text', text: '<system-reminder>b</system-reminder>' }] },
    { role: 'system', parts: [{ kind: 'text', text: 'Mode changed.' }] },
    { role: 'user', parts: [{ kind: 'media', media: 'file' }] },
  ])
  t.equal(exchange.requestedModel, 'asked')
  t.equal(exchange.servedModel, 'served')
})

void t.test('tools, format, state and identity of a request', async (t) => {
  const messages = [{ role: 'user', content: 'hi' }]
  const exchange = asked({
    messages,
    metadata: { user_id: 'u1' },
    tools: [
      { name: 'mine', input_schema: { type: 'object', required: ['a'] } },
      { type: 'custom', name: 'mine2', input_schema: {} },
      { type: 'bash_20250124', name: 'bash' },
      { type: 'computer_toolset_20260801' },
      { type: 'web_search_20260209', name: 'web_search' },
      { type: 'mcp_toolset', mcp_server_name: 'kb' },
    ],
    mcp_servers: [
      { type: 'url', name: 'kb', url: 'https://x' },
      { type: 'url', name: 'crm' },
    ],
    output_config: { format: { type: 'json_schema', schema: {} } },
  })
  t.same(exchange.tools, [
    { name: 'mine', serverSide: false, parameters: { type: 'object', required: ['a'] } },
    { name: 'mine2', serverSide: false, parameters: {} },
    { name: 'bash', serverSide: false, parameters: undefined },
    { name: 'computer_toolset_20260801', serverSide: false, parameters: undefined },
    { name: 'web_search', serverSide: true, parameters: undefined },
    { name: 'kb', serverSide: true, parameters: undefined },
    { name: 'crm', serverSide: true, parameters: undefined },
  ])
  t.equal(exchange.structured, true)
  t.equal(exchange.identity.metadataUserId, 'u1')
  t.equal(exchange.system, undefined, 'no system text is unknown, not empty')
  t.equal(asked({ messages, output_format: { type: 'json_schema' } }).structured, true)
  t.equal(asked({ messages, output_config: { effort: 'low' } }).structured, false)
  t.equal(asked({ messages, container: 'c' }).stateful, false, 'a container holds no history')
  t.equal(asked({ messages, thread: { type: 'create' } }).stateful, false)
  const continued = asked({ messages, thread: { type: 'continue', previous_message_id: 'msg_0' } })
  t.equal(continued.stateful, true)
  t.equal(continued.identity.previousResponseId, 'msg_0')
  const compacted = [
    { role: 'assistant', content: [{ type: 'compaction', content: 's' }] },
    ...messages,
  ]
  t.equal(asked({ messages: compacted }).stateful, true)
})

void t.test('requests and responses of another shape are not guessed at', async (t) => {
  const cases: [string, { request?: unknown; response?: unknown }, string][] = [
    ['no messages', { request: { model: 'm' }, response: plain }, 'unknown_shape'],
    [
      'an unknown role',
      { request: { messages: [{ role: 'tool', content: 'x' }] }, response: plain },
      'unknown_shape',
    ],
    [
      'a part that is text',
      { request: { messages: [{ role: 'user', content: ['x'] }] }, response: plain },
      'unknown_shape',
    ],
    [
      'system as a number',
      { request: { messages: [], system: 1 }, response: plain },
      'unknown_shape',
    ],
    [
      'a tool without name and type',
      { request: { messages: [], tools: [{}] }, response: plain },
      'unknown_shape',
    ],
    [
      'a response without content',
      { response: { id: 'x', stop_reason: 'end_turn' } },
      'unknown_shape',
    ],
    ['content as text', { response: message('hi') }, 'unknown_shape'],
    ['a text block without text', { response: message([{ type: 'text' }]) }, 'unknown_shape'],
    [
      'a tool block without a name',
      { response: message([{ type: 'tool_use', input: {} }]) },
      'unknown_shape',
    ],
    ['nothing', { response: '' }, 'not_json'],
  ]
  for (const [situation, bodies, expected] of cases) t.equal(reasonOf(bodies), expected, situation)
})

void t.test('whole answers', async (t) => {
  const fallback = (trigger: unknown): object => ({ type: 'fallback', from: {}, to: {}, trigger })
  const cases: [string, object, Partial<Exchange['answer']>, string[]][] = [
    ['text', plain, { text: 'ok', stop: 'stop', choices: 1 }, []],
    ['several blocks', message([text('a'), text('b')]), { text: 'ab' }, []],
    ['no blocks', message([]), { text: '' }, []],
    [
      'thinking apart',
      message([{ type: 'thinking', thinking: 'r' }, text('a')]),
      { text: 'a', reasoning: 'r' },
      [],
    ],
    ['unknown blocks left out', message([{ type: 'hologram' }, text('a')]), { text: 'a' }, []],
    ['stop_sequence', message([], 'stop_sequence'), { stop: 'stop' }, []],
    ['window exceeded', message([], 'model_context_window_exceeded'), { stop: 'length' }, []],
    ['pause_turn', message([], 'pause_turn'), { stop: 'other' }, []],
    ['no reason', message([], null), { stop: undefined }, []],
    ['refusal', message([], 'refusal'), { stop: 'refusal' }, ['stop_refusal']],
    [
      'fallback',
      message([fallback({ type: 'refusal', category: 'bio' }), text('a')]),
      { text: 'a', stop: 'stop' },
      ['fallback'],
    ],
    [
      'fallback that was refused as well',
      message([fallback({ type: 'refusal' })], 'refusal'),
      { stop: 'refusal' },
      ['stop_refusal', 'fallback'],
    ],
    [
      'fallback of another cause',
      message([fallback({ type: 'overloaded' }), text('a')]),
      { text: 'a' },
      [],
    ],
  ]
  for (const [situation, response, answer, refusals] of cases) {
    const exchange = answered(response)
    t.hasStrict(exchange.answer, answer, situation)
    t.same(exchange.providerRefusals, refusals, `${situation}: provider signals`)
  }
  t.same(answered(plain).usage, { inputTokens: 4, outputTokens: 2 })
})

void t.test('errors in place of an answer', async (t) => {
  const error = (fields: object): object => ({ type: 'error', error: fields, request_id: 'req' })
  const filtered = error({
    type: 'invalid_request_error',
    message: 'Output blocked by content filtering policy',
  })
  const decoded = decodeBodies('anthropic_messages', { response: filtered }, { status: 400 })
  t.same(exchangeOf(decoded).providerRefusals, ['content_filter'])
  t.equal(exchangeOf(decoded).answer.stop, 'content_filter')
  const overloaded = error({ type: 'overloaded_error', message: 'Overloaded' })
  t.equal(reasonOf({ response: overloaded }, 529), 'error_status')
  t.equal(reasonOf({ response: overloaded }, 200), 'error_status')
  const other = error({ type: 'invalid_request_error', message: 'content filtering policy' })
  t.equal(
    reasonOf({ response: other }, 400),
    'error_status',
    'the wording of other errors is not read',
  )
})

void t.test('streams that end, and streams that do not', async (t) => {
  const a = [start, block(0, text('')), delta(0, { type: 'text_delta', text: 'a' })]
  const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
  const cases: [string, string, string | Partial<Exchange['answer']>][] = [
    ['message_stop', sse(...a, stopped, end), { text: 'a', stop: 'stop' }],
    ['no message_stop', sse(...a, stopped), 'stream_incomplete'],
    ['cut inside the last event', sse(...a, stopped, end).slice(0, -1), 'stream_incomplete'],
    ['an error in the middle', sse(...a, overloaded), { text: 'a', stop: 'error' }],
    ['an error at once', sse(overloaded), { text: '', stop: 'error' }],
    [
      'an error in a tool block',
      sse(
        start,
        block(0, { type: 'tool_use', id: 'x', name: 'f', input: {} }),
        delta(0, { type: 'input_json_delta', partial_json: '{"a' }),
        overloaded,
      ),
      { stop: 'error', toolCalls: [{ id: 'x', name: 'f', arguments: '{"a' }] },
    ],
    [
      'pings and unknown events',
      sse({ type: 'ping' }, ...a, { type: 'hologram' }, { type: 'ping' }, end),
      { text: 'a', stop: undefined },
    ],
    [
      'unknown deltas',
      sse(...a, delta(0, { type: 'glow_delta', glow: 1 }), stopped, end),
      { text: 'a' },
    ],
    ['text in the start of a block', sse(start, block(0, text('b')), end), { text: 'b' }],
    [
      'blocks out of order',
      sse(start, block(1, text('b')), block(0, text('a')), end),
      { text: 'ab' },
    ],
    ['only message_stop', sse(end), 'unknown_shape'],
    ['a second message', sse(start, start, end), 'unknown_shape'],
    ['a block twice', sse(start, block(0, text('')), block(0, text('')), end), 'unknown_shape'],
    [
      'a delta of no block',
      sse(start, delta(3, { type: 'text_delta', text: 'a' }), end),
      'unknown_shape',
    ],
    ['an index beyond all measure', sse(start, block(1e6, text('')), end), 'unknown_shape'],
    ['a negative index', sse(start, block(-1, text('')), end), 'unknown_shape'],
    ['no JSON', 'event: message_start\ndata: {oops\n\n', 'not_json'],
  ]
  for (const [situation, response, expected] of cases) {
    if (typeof expected === 'string') t.equal(reasonOf({ response }), expected, situation)
    else t.hasStrict(answered(response).answer, expected, situation)
  }
  t.same(
    answered(sse(...a, stopped, end)).usage,
    { inputTokens: 4, outputTokens: 9 },
    'last counts win',
  )
  const uncounted = { type: 'message_delta', delta: { stop_reason: 'end_turn' } }
  t.same(
    answered(sse(...a, uncounted, end)).usage,
    { inputTokens: 4, outputTokens: 2 },
    'a count that is not sent again stays',
  )
  const blocked = {
    type: 'error',
    error: { message: 'Output blocked by content filtering policy' },
  }
  t.same(answered(sse(...a, blocked)).providerRefusals, ['content_filter'])
})

void t.test('the recorded streams', async (t) => {
  const read = (name: string): Exchange => answered(wireFixture(name).text)
  t.equal(read('messages-text-ar.sse').answer.text, 'مرحبًا! كيف يمكنني مساعدتك اليوم؟ 🌙')
  t.same(read('messages-tools-th.sse').answer.toolCalls, [
    { id: 'toolu_1', name: 'read_file', arguments: '{"path": "/ไฟล์.txt", "n": 3}' },
    { id: 'toolu_2', name: 'now', arguments: '{}' },
  ])
  t.hasStrict(read('messages-thinking-bn.sse').answer, {
    text: 'ঠিক আছে 👍🏾',
    reasoning: 'ভাবি 🤔 একটু',
    stop: 'length',
  })
  t.same(read('messages-refusal-tr.sse').providerRefusals, ['stop_refusal'])
  t.same(read('messages-fallback-it.sse').providerRefusals, ['fallback'])
})
