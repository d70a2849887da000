import t from 'tap'
import { openaiChat } from '../../src/decode/openai-chat.ts'
import type { Exchange } from '../../src/exchange/exchange.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'

const answered = (response: unknown): Exchange =>
  exchangeOf(decodeBodies('openai_chat', { response }))

const reasonOf = (bodies: { request?: unknown; response?: unknown }, status = 200): string => {
  const decoded = decodeBodies('openai_chat', bodies, { status })
  return decoded.ok ? 'decoded' : decoded.reason
}

const completion = (message: unknown, finish: unknown = 'stop', over: object = {}): object => ({
  id: 'c1',
  model: 'served',
  choices: [{ index: 0, message, finish_reason: finish }],
  ...over,
})

const plain = completion({ role: 'assistant', content: 'ok' })
const asked = (request: object): Exchange =>
  exchangeOf(decodeBodies('openai_chat', { request, response: plain }))

void t.test('paths of the format are matched, with any prefix', async (t) => {
  const cases: [string, string, boolean][] = [
    ['POST', '/v1/chat/completions', true],
    ['POST', '/chat/completions', true],
    ['POST', '/v1/chat/completions/', true],
    ['POST', '/openai/deployments/gpt-x/chat/completions', true],
    ['GET', '/v1/chat/completions', false],
    ['POST', '/v1/chat/completions/abc', false],
    ['POST', '/v1/completions', false],
    ['POST', '/v1/xchat/completions', false],
  ]
  for (const [method, path, expected] of cases) {
    t.equal(openaiChat.matches(method, path), expected, `${method} ${path}`)
  }
})

void t.test('the history of a request', async (t) => {
  const exchange = asked({
    model: 'asked',
    messages: [
      { role: 'developer', content: 'Be brief.' },
      { role: 'system', content: [{ type: 'text', text: 'Speak Thai.' }] },
      {
        role: 'user',
        content: [
          { type: 'text', text: '<system-reminder>x</system-reminder>' },
          { type: 'text', text: '你好' },
          { type: 'image_url', image_url: { url: 'data:' } },
          { type: 'hologram', data: 1 },
        ],
      },
      {
        role: 'assistant',
        content: null,
        reasoning_content: 'hm',
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
          { id: 'c2', type: 'custom', custom: { name: 'g', input: 'free' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: [{ type: 'text', text: 'r1' }] },
      { role: 'assistant', content: [{ type: 'refusal', refusal: 'no' }] },
      { role: 'assistant', content: 'a', refusal: 'b', function_call: { name: 'h' } },
      { role: 'function', name: 'h', content: 'r2' },
      { role: 'system', content: 'late' },
      { role: 'user', content: 'last' },
    ],
  })
  t.equal(exchange.requestedModel, 'asked')
  t.equal(exchange.servedModel, 'served')
  t.equal(exchange.system, 'Be brief.\n\nSpeak Thai.')
  t.same(exchange.turns, [
    {
      role: 'user',
      parts: [
        { kind: 'text', text: '<system-reminder>x</system-reminder>' },
        { kind: 'text', text: '你好' },
        { kind: 'media', media: 'image' },
      ],
    },
    {
      role: 'assistant',
      parts: [
        { kind: 'reasoning', text: 'hm' },
        { kind: 'tool_call', id: 'c1', name: 'f', arguments: '{"a":1}' },
        { kind: 'tool_call', id: 'c2', name: 'g', arguments: 'free' },
      ],
    },
    { role: 'tool', parts: [{ kind: 'tool_result', callId: 'c1', text: 'r1', isError: false }] },
    { role: 'assistant', parts: [{ kind: 'refusal', text: 'no' }] },
    {
      role: 'assistant',
      parts: [
        { kind: 'text', text: 'a' },
        { kind: 'refusal', text: 'b' },
        { kind: 'tool_call', id: undefined, name: 'h', arguments: '' },
      ],
    },
    {
      role: 'tool',
      parts: [{ kind: 'tool_result', callId: undefined, text: 'r2', isError: false }],
    },
    { role: 'system', parts: [{ kind: 'text', text: 'late' }] },
    { role: 'user', parts: [{ kind: 'text', text: 'last' }] },
  ])
})

void t.test('tool results sent with the role user become a turn of the tool', async (t) => {
  const { turns } = asked({
    messages: [
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'x', content: 'done', is_error: true },
          { type: 'text', text: 'go on' },
        ],
      },
    ],
  })
  t.same(turns, [
    { role: 'tool', parts: [{ kind: 'tool_result', callId: 'x', text: 'done', isError: true }] },
    { role: 'user', parts: [{ kind: 'text', text: 'go on' }] },
  ])
})

void t.test('model, tools, format and identity of a request', async (t) => {
  const messages = [{ role: 'user', content: 'hi' }]
  const exchange = asked({
    messages,
    tools: [
      { type: 'function', function: { name: 'f', parameters: { type: 'object' } } },
      { type: 'function', function: { name: 'none', parameters: null } },
      { type: 'custom', custom: { name: 'g', parameters: { type: 'object' } } },
      { type: 'browser_search', parameters: {} },
    ],
    functions: [{ name: 'old', parameters: { required: ['a'] } }],
    web_search_options: {},
    response_format: { type: 'json_schema', json_schema: {} },
    user: 'u',
    safety_identifier: 's',
    prompt_cache_key: 'p',
  })
  t.same(exchange.tools, [
    { name: 'f', serverSide: false, parameters: { type: 'object' } },
    { name: 'none', serverSide: false, parameters: undefined },
    { name: 'g', serverSide: false, parameters: undefined },
    { name: 'browser_search', serverSide: true, parameters: undefined },
    { name: 'old', serverSide: false, parameters: { required: ['a'] } },
    { name: 'web_search', serverSide: true, parameters: undefined },
  ])
  t.equal(exchange.structured, true)
  t.equal(exchange.stateful, false)
  t.hasStrict(exchange.identity, { user: 'u', safetyIdentifier: 's', promptCacheKey: 'p' })
  t.equal(exchange.requestedModel, undefined, 'a model that is not named is unknown')
  t.equal(asked({ messages, response_format: { type: 'json_object' } }).structured, true)
  t.equal(asked({ messages, response_format: { type: 'text' } }).structured, false)
  const azure = decodeBodies(
    'openai_chat',
    { request: { messages }, response: plain },
    { path: '/openai/deployments/gpt-x/chat/completions' },
  )
  t.equal(exchangeOf(azure).requestedModel, 'gpt-x', 'Azure names the model in the path')
})

void t.test('requests of another shape are not guessed at', async (t) => {
  const user = { role: 'user', content: 'x' }
  const cases: [string, unknown, string][] = [
    ['no JSON', '{', 'not_json'],
    ['an array', [], 'unknown_shape'],
    ['no messages', { model: 'm' }, 'unknown_shape'],
    ['messages as an object', { messages: {} }, 'unknown_shape'],
    ['a message that is text', { messages: ['hi'] }, 'unknown_shape'],
    ['an unknown role', { messages: [{ role: 'narrator', content: 'x' }] }, 'unknown_shape'],
    ['content as a number', { messages: [{ role: 'user', content: 5 }] }, 'unknown_shape'],
    [
      'a text part without text',
      { messages: [{ role: 'user', content: [{ type: 'text' }] }] },
      'unknown_shape',
    ],
    [
      'a call without a name',
      { messages: [{ role: 'assistant', tool_calls: [{ function: {} }] }] },
      'unknown_shape',
    ],
    ['tools as text', { messages: [user], tools: 'all' }, 'unknown_shape'],
    ['a tool without a name', { messages: [user], tools: [{ type: 'function' }] }, 'unknown_shape'],
    ['too many messages', { messages: Array.from({ length: 8193 }, () => user) }, 'unknown_shape'],
    ['too deep', `{"messages":${'['.repeat(70)}${']'.repeat(70)}}`, 'too_deep'],
    ['empty messages', { messages: [] }, 'decoded'],
    [
      'null tools and content',
      { messages: [{ role: 'user', content: null }], tools: null },
      'decoded',
    ],
  ]
  for (const [situation, request, expected] of cases) {
    t.equal(reasonOf({ request, response: plain }), expected, situation)
  }
})

void t.test('whole answers', async (t) => {
  const cases: [string, object, Partial<Exchange['answer']>, string[]][] = [
    ['text', plain, { text: 'ok', stop: 'stop', choices: 1 }, []],
    ['null content', completion({ content: null }), { text: '' }, []],
    [
      'parts',
      completion({
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      }),
      { text: 'ab' },
      [],
    ],
    [
      'reasoning (vLLM)',
      completion({ content: 'a', reasoning: 'r' }),
      { text: 'a', reasoning: 'r' },
      [],
    ],
    [
      'reasoning_content (DeepSeek)',
      completion({ content: 'a', reasoning_content: 'r' }),
      { text: 'a', reasoning: 'r' },
      [],
    ],
    [
      'both names, one text',
      completion({ content: 'a', reasoning: 'r', reasoning_content: 'r' }),
      { reasoning: 'r' },
      [],
    ],
    [
      'thinking parts (Mistral)',
      completion({
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'r' }] },
          { type: 'text', text: 'a' },
        ],
      }),
      { text: 'a', reasoning: 'r' },
      [],
    ],
    [
      'refusal',
      completion({ content: null, refusal: 'no' }),
      { text: '', refusal: 'no', stop: 'stop' },
      ['refusal_field'],
    ],
    ['empty refusal', completion({ content: 'a', refusal: '' }), { refusal: '' }, []],
    ['length', completion({ content: 'a' }, 'length'), { stop: 'length' }, []],
    [
      'function_call',
      completion({ function_call: { name: 'f', arguments: '{}' } }, 'function_call'),
      { stop: 'tool_calls', toolCalls: [{ id: undefined, name: 'f', arguments: '{}' }] },
      [],
    ],
    [
      'content_filter',
      completion({ content: '' }, 'content_filter'),
      { stop: 'content_filter' },
      ['content_filter'],
    ],
    ['an unknown reason', completion({ content: 'a' }, 'tired'), { stop: 'other' }, []],
    ['no reason', completion({ content: 'a' }, null), { stop: undefined }, []],
    [
      'moderation of the output',
      completion({ content: 'a' }, 'stop', {
        moderation: {
          input: { results: [{ flagged: false }] },
          output: { results: [{ flagged: true }] },
        },
      }),
      { text: 'a' },
      ['moderation_flagged'],
    ],
    [
      'moderation that failed',
      completion({ content: 'a' }, 'stop', { moderation: { input: { type: 'error', code: 'x' } } }),
      { text: 'a' },
      [],
    ],
    [
      'two choices',
      { choices: [{ message: { content: 'a' } }, { message: { content: 'b' } }] },
      { text: 'a', choices: 2 },
      [],
    ],
    ['no choices', { choices: [] }, { text: '', stop: undefined, choices: 0 }, []],
    [
      'a null error beside the answer',
      completion({ content: 'a' }, 'stop', { error: null }),
      { text: 'a' },
      [],
    ],
  ]
  for (const [situation, response, answer, refusals] of cases) {
    const exchange = answered(response)
    t.hasStrict(exchange.answer, answer, situation)
    t.same(exchange.providerRefusals, refusals, `${situation}: provider signals`)
    t.equal(exchange.streamed, false)
  }
  const { usage } = answered({ ...plain, usage: { prompt_tokens: 3, completion_tokens: -1 } })
  t.same(usage, { inputTokens: 3, outputTokens: undefined }, 'an impossible count is unknown')
})

void t.test('errors in place of an answer', async (t) => {
  const filtered = {
    error: { code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } },
  }
  const cases: [string, number, unknown, string[] | string, string?][] = [
    ['Azure filtered the prompt', 400, filtered, ['content_filter'], 'content_filter'],
    [
      'only the inner code names the filter',
      400,
      { error: { code: null, innererror: { code: 'ResponsibleAIPolicyViolation' } } },
      ['content_filter'],
      'content_filter',
    ],
    [
      'invalid_prompt',
      400,
      { error: { type: 'invalid_request_error', code: 'invalid_prompt' } },
      ['policy_error'],
      'error',
    ],
    [
      'rate limit',
      429,
      { error: { code: 'rate_limit_exceeded', message: 'slow down' } },
      'error_status',
    ],
    ['unauthorised', 401, { error: { message: 'content_filter' } }, 'error_status'],
    ['an HTML error page', 502, '<html>', 'error_status'],
    ['an empty error', 503, '', 'error_status'],
    [
      'an error under status 200',
      200,
      { error: { code: 502, message: 'upstream' } },
      'error_status',
    ],
    ['a policy error under status 200', 200, filtered, ['content_filter'], 'content_filter'],
    ['a stream under an error status', 500, 'data: {}\n\n', 'error_status'],
    ['an error as text', 400, { error: 'content_filter' }, 'error_status'],
    ['a redirect', 302, plain, 'error_status'],
  ]
  for (const [situation, status, response, expected, stop] of cases) {
    const decoded = decodeBodies('openai_chat', { response }, { status })
    if (typeof expected === 'string') t.same(decoded, { ok: false, reason: expected }, situation)
    else {
      t.same(exchangeOf(decoded).providerRefusals, expected, situation)
      t.hasStrict(exchangeOf(decoded).answer, { text: '', stop, choices: 0 })
    }
  }
})

void t.test('responses of another shape are not guessed at', async (t) => {
  const cases: [string, unknown, string][] = [
    ['nothing', '', 'not_json'],
    ['HTML', '<html></html>', 'not_json'],
    ['cut JSON', '{"choices":[{"mess', 'not_json'],
    ['a JSON string', '"hi"', 'unknown_shape'],
    ['no choices', { id: 'x' }, 'unknown_shape'],
    ['choices as an object', { choices: {} }, 'unknown_shape'],
    ['a choice without a message', { choices: [{ text: 'legacy' }] }, 'unknown_shape'],
    ['a null choice', { choices: [null] }, 'unknown_shape'],
  ]
  for (const [situation, response, expected] of cases) {
    t.equal(reasonOf({ response }), expected, situation)
  }
})
