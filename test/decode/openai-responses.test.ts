import t from 'tap'
import { openaiResponses } from '../../src/decode/openai-responses.ts'
import type { Exchange } from '../../src/exchange/exchange.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'

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
const asked = (request: object): Exchange =>
  exchangeOf(decodeBodies('openai_responses', { request, response: plain }))

void t.test('paths of the format are matched, and neighbours are not', async (t) => {
  const cases: [string, string, boolean][] = [
    ['POST', '/v1/responses', true],
    ['POST', '/responses/', true],
    ['GET', '/v1/responses', false],
    ['GET', '/v1/responses/resp_1', false],
    ['POST', '/v1/responses/resp_1/cancel', false],
    ['POST', '/v1/responses/input_tokens', false],
    ['POST', '/v1/responses/compact', false],
  ]
  for (const [method, path, expected] of cases) {
    t.equal(openaiResponses.matches(method, path), expected, `${method} ${path}`)
  }
})

void t.test('input as text is one turn', async (t) => {
  const exchange = asked({ model: 'asked', input: 'Xin chào', instructions: 'Be brief.' })
  t.equal(exchange.system, 'Be brief.')
  t.same(exchange.turns, [{ role: 'user', parts: [{ kind: 'text', text: 'Xin chào' }] }])
  t.equal(exchange.requestedModel, 'asked')
  t.equal(exchange.servedModel, 'served')
  t.equal(exchange.responseId, 'resp_1')
  t.equal(exchange.stateful, false)
})

void t.test('the items of an agent become turns, one per speaker', async (t) => {
  const exchange = asked({
    instructions: 'A',
    input: [
      { role: 'developer', content: [{ type: 'input_text', text: 'B' }] },
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_text', text: 'look' },
          { type: 'input_image', image_url: 'data:' },
          { type: 'input_file', file_id: 'f' },
        ],
      },
      {
        type: 'reasoning',
        summary: [{ type: 'summary_text', text: 's' }],
        content: [{ type: 'reasoning_text', text: 'r' }],
      },
      { type: 'reasoning', summary: [], encrypted_content: 'x' },
      { ...said('Let me see.'), phase: 'commentary' },
      { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"a":1}' },
      { type: 'custom_tool_call', call_id: 'c2', name: 'g', input: 'free' },
      { type: 'function_call_output', call_id: 'c1', output: 'r1' },
      {
        type: 'custom_tool_call_output',
        call_id: 'c2',
        output: [{ type: 'input_text', text: 'r2' }],
      },
      { type: 'mcp_list_tools', server_label: 'kb', tools: [] },
      { type: 'mcp_approval_request', id: 'q', name: 'find', arguments: '{}' },
      { type: 'mcp_approval_response', approval_request_id: 'q', approve: true },
      { type: 'mcp_call', id: 'm1', name: 'find', arguments: '{}', output: null, error: 'down' },
      { type: 'shell_call', call_id: 's1', action: { commands: ['ls'] } },
      { type: 'shell_call_output', call_id: 's1', output: [{ stdout: 'a', stderr: '' }] },
      { type: 'local_shell_call_output', id: 'l1', output: 'b' },
      { type: 'apply_patch_call', call_id: 'p1', operation: { type: 'delete_file', path: 'x' } },
      { type: 'apply_patch_call_output', call_id: 'p1', status: 'failed', output: 'no such file' },
      { type: 'code_interpreter_call', id: 'i1', code: '1+1' },
      { type: 'web_search_call', id: 'w1', action: { type: 'search', query: 'q' } },
      { type: 'hologram_call', id: 'h1' },
      { type: 'compaction_trigger' },
      { role: 'system', content: 'late' },
      { role: 'user', content: 'last' },
    ],
  })
  const result = (callId: string, text: string, isError = false): object => ({
    role: 'tool',
    parts: [{ kind: 'tool_result', callId, text, isError }],
  })
  const call = (id: string, name: string, input: string): object => ({
    kind: 'tool_call',
    id,
    name,
    arguments: input,
  })
  t.equal(exchange.system, 'A\n\nB')
  t.same(exchange.turns, [
    {
      role: 'user',
      parts: [
        { kind: 'text', text: 'look' },
        { kind: 'media', media: 'image' },
        { kind: 'media', media: 'file' },
      ],
    },
    {
      role: 'assistant',
      parts: [
        { kind: 'reasoning', text: 's\nr' },
        { kind: 'text', text: 'Let me see.' },
        call('c1', 'f', '{"a":1}'),
        call('c2', 'g', 'free'),
      ],
    },
    result('c1', 'r1'),
    result('c2', 'r2'),
    { role: 'assistant', parts: [call('m1', 'find', '{}')] },
    result('m1', 'down', true),
    { role: 'assistant', parts: [call('s1', 'shell', '{"commands":["ls"]}')] },
    result('s1', '[{"stdout":"a","stderr":""}]'),
    result('l1', 'b'),
    { role: 'assistant', parts: [call('p1', 'apply_patch', '{"type":"delete_file","path":"x"}')] },
    result('p1', 'no such file', true),
    {
      role: 'assistant',
      parts: [
        call('i1', 'code_interpreter', '1+1'),
        call('w1', 'web_search', '{"type":"search","query":"q"}'),
      ],
    },
    { role: 'system', parts: [{ kind: 'text', text: 'late' }] },
    { role: 'user', parts: [{ kind: 'text', text: 'last' }] },
  ])
  t.equal(exchange.stateful, false)
})

void t.test('history that only the server holds makes an exchange stateful', async (t) => {
  const input = [{ role: 'user', content: 'x' }]
  const cases: [string, object, boolean][] = [
    ['previous_response_id', { input, previous_response_id: 'resp_0' }, true],
    ['a conversation by id', { input, conversation: 'conv_1' }, true],
    ['a conversation as an object', { input, conversation: { id: 'conv_1' } }, true],
    ['an item reference', { input: [{ type: 'item_reference', id: 'i' }, ...input] }, true],
    ['an item reference without its type', { input: [{ id: 'i' }, ...input] }, true],
    ['a compaction', { input: [{ type: 'compaction', encrypted_content: 'x' }, ...input] }, true],
    ['store alone', { input, store: true }, false],
    ['nulls', { input, conversation: null, previous_response_id: null }, false],
    ['a conversation without input', { conversation: 'conv_1' }, true],
    ['a stored prompt without input', { prompt: { id: 'p' } }, false],
  ]
  for (const [situation, request, expected] of cases) {
    t.equal(asked(request).stateful, expected, situation)
  }
  const { identity } = asked({
    input,
    conversation: { id: 'c' },
    previous_response_id: 'r',
    user: 'u',
    safety_identifier: 's',
    prompt_cache_key: 'p',
  })
  t.same(identity, {
    conversationId: 'c',
    previousResponseId: 'r',
    metadataUserId: undefined,
    safetyIdentifier: 's',
    promptCacheKey: 'p',
    user: 'u',
  })
})

void t.test('the schema of a declared tool comes along, of all others none', async (t) => {
  const parameters = { type: 'object', required: ['city'] }
  const { tools } = asked({
    input: [
      {
        type: 'additional_tools',
        role: 'developer',
        tools: [{ type: 'function', name: 'late', parameters }],
      },
    ],
    tools: [
      { type: 'function', name: 'f', parameters, strict: true },
      { type: 'function', function: { name: 'nested', parameters } },
      { type: 'namespace', name: 'crm', tools: [{ type: 'function', name: 'inner', parameters }] },
      { type: 'function', name: 'bare', parameters: null },
      { type: 'custom', name: 'text', parameters },
      { type: 'mcp', server_label: 'kb', parameters },
      { type: 'web_search', parameters },
    ],
  })
  t.same(
    tools.map(({ name, parameters: sent }) => [name, sent]),
    [
      ['f', parameters],
      ['nested', parameters],
      ['inner', parameters],
      ['bare', undefined],
      ['text', undefined],
      ['kb', undefined],
      ['web_search', undefined],
      ['late', parameters],
    ],
  )
})

void t.test('tools and format of a request', async (t) => {
  const exchange = asked({
    input: [
      { type: 'additional_tools', role: 'developer', tools: [{ type: 'function', name: 'late' }] },
    ],
    tools: [
      { type: 'function', name: 'f' },
      { type: 'custom', name: 'g' },
      { type: 'function', function: { name: 'nested' } },
      { type: 'namespace', name: 'crm', tools: [{ type: 'function', name: 'inner' }] },
      { type: 'local_shell' },
      { type: 'shell' },
      { type: 'shell', environment: { type: 'container_auto' } },
      { type: 'tool_search', execution: 'client' },
      { type: 'mcp', server_label: 'kb' },
      { type: 'web_search' },
      { type: 'hologram' },
    ],
    text: { format: { type: 'json_schema', name: 'x', schema: {} } },
  })
  t.same(
    exchange.tools.map(({ name, serverSide }) => `${serverSide ? 'server' : 'client'} ${name}`),
    [
      'client f',
      'client g',
      'client nested',
      'client inner',
      'client local_shell',
      'client shell',
      'server shell',
      'client tool_search',
      'server kb',
      'server web_search',
      'server hologram',
      'client late',
    ],
  )
  t.equal(exchange.structured, true)
  t.equal(asked({ input: '', text: { format: { type: 'json_object' } } }).structured, true)
  t.equal(asked({ input: '', text: { format: { type: 'text' } } }).structured, false)
})

void t.test('requests and responses of another shape are not guessed at', async (t) => {
  const cases: [string, { request?: unknown; response?: unknown }, string][] = [
    ['no input', { request: { model: 'm' }, response: plain }, 'unknown_shape'],
    ['input as a number', { request: { input: 5 }, response: plain }, 'unknown_shape'],
    ['an item that is text', { request: { input: ['x'] }, response: plain }, 'unknown_shape'],
    ['an empty item', { request: { input: [{}] }, response: plain }, 'unknown_shape'],
    [
      'an unknown role',
      { request: { input: [{ role: 'x', content: 'y' }] }, response: plain },
      'unknown_shape',
    ],
    [
      'a call without a name',
      { request: { input: [{ type: 'function_call' }] }, response: plain },
      'unknown_shape',
    ],
    [
      'a tool without a name',
      { request: { input: '', tools: [{ type: 'function' }] }, response: plain },
      'unknown_shape',
    ],
    [
      'a tool without a type',
      { request: { input: '', tools: [{ name: 'f' }] }, response: plain },
      'unknown_shape',
    ],
    [
      'a namespace of text',
      { request: { input: '', tools: [{ type: 'namespace', tools: 'x' }] }, response: plain },
      'unknown_shape',
    ],
    ['no output', { response: { id: 'resp_1', status: 'completed' } }, 'unknown_shape'],
    ['output as text', { response: respond('hi') }, 'unknown_shape'],
    ['an output item that is null', { response: respond([null]) }, 'unknown_shape'],
    ['a background response', { response: respond([], { status: 'queued' }) }, 'stream_incomplete'],
    ['nothing', { response: '' }, 'not_json'],
  ]
  for (const [situation, bodies, expected] of cases) t.equal(reasonOf(bodies), expected, situation)
})

void t.test('whole answers', async (t) => {
  const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' }
  const refused = {
    type: 'message',
    role: 'assistant',
    content: [{ type: 'refusal', refusal: 'no' }],
  }
  const cases: [string, object, Partial<Exchange['answer']>, string[]][] = [
    ['text', plain, { text: 'ok', stop: 'stop', choices: 1 }, []],
    ['commentary and final answer', respond([said('a'), said('b')]), { text: 'ab' }, []],
    ['no output', respond([]), { text: '', stop: 'stop' }, []],
    [
      'a call that waits for the client',
      respond([said('a'), call]),
      { stop: 'tool_calls', toolCalls: [{ id: 'c', name: 'f', arguments: '{}' }] },
      [],
    ],
    [
      'a call that the provider ran',
      respond([{ type: 'web_search_call', id: 'w' }, said('a')]),
      { stop: 'stop', toolCalls: [{ id: 'w', name: 'web_search', arguments: '{}' }] },
      [],
    ],
    [
      'an approval asked for',
      respond([{ type: 'mcp_approval_request', id: 'q', name: 'find', arguments: '{}' }]),
      { stop: 'tool_calls' },
      [],
    ],
    [
      'reasoning apart',
      respond([{ type: 'reasoning', summary: [{ text: 'r' }] }, said('a')]),
      { text: 'a', reasoning: 'r' },
      [],
    ],
    ['unknown items left out', respond([{ type: 'hologram' }, said('a')]), { text: 'a' }, []],
    ['refusal', respond([refused]), { text: '', refusal: 'no', stop: 'stop' }, ['refusal_field']],
    [
      'length',
      respond([said('a')], {
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
      }),
      { stop: 'length' },
      [],
    ],
    [
      'content filter',
      respond([], { status: 'incomplete', incomplete_details: { reason: 'content_filter' } }),
      { stop: 'content_filter' },
      ['content_filter'],
    ],
    [
      'steered',
      respond([said('a')], { status: 'incomplete', incomplete_details: { reason: 'steered' } }),
      { stop: 'other' },
      [],
    ],
    ['cancelled', respond([said('a')], { status: 'cancelled' }), { stop: 'other' }, []],
    ['no status', respond([said('a')], { status: undefined }), { stop: undefined }, []],
    [
      'failed',
      respond([], { status: 'failed', error: { code: 'server_error' } }),
      { stop: 'error' },
      [],
    ],
    [
      'failed by policy',
      respond([], {
        status: 'failed',
        error: { code: 'misalignment_policy_violation', misalignment: {} },
      }),
      { stop: 'error' },
      ['policy_error'],
    ],
    [
      'moderation',
      respond([said('a')], { moderation: { input: { flagged: true }, output: { type: 'error' } } }),
      { text: 'a' },
      ['moderation_flagged'],
    ],
  ]
  for (const [situation, response, answer, refusals] of cases) {
    const exchange = answered(response)
    t.hasStrict(exchange.answer, answer, situation)
    t.same(exchange.providerRefusals, refusals, `${situation}: provider signals`)
  }
  t.same(answered(plain).usage, { inputTokens: 4, outputTokens: 2 })
  for (const code of ['invalid_prompt', 'bio_policy', 'cyber_policy']) {
    const decoded = decodeBodies(
      'openai_responses',
      { response: { error: { code } } },
      { status: 400 },
    )
    t.same(exchangeOf(decoded).providerRefusals, ['policy_error'], `${code} as an error status`)
  }
  t.equal(reasonOf({ response: { error: { code: 'server_error' } } }, 500), 'error_status')
  t.equal(reasonOf({ response: { error: { code: 'server_error' } } }, 200), 'error_status')
})
