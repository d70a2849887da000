import t from 'tap'
import { bedrockConverse } from '../../src/decode/bedrock-converse.ts'
import { event, eventMessage, exception } from '../fixtures/wire/event-stream.ts'
import { fixtureNamed } from '../fixtures/wire/second-tier.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'

const whole = fixtureNamed('converse whole').bytes
const stream = fixtureNamed('converse stream').bytes
const answered = (response: unknown) => decodeBodies('bedrock_converse', { response })
const asked = (request: unknown, path = '/model/m/converse') =>
  decodeBodies('bedrock_converse', { request, response: whole }, { path })

void t.test('the model is told by the path, percent-encoded, under any base', async (t) => {
  const arn = 'arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-v1:0'
  const cases: [string, string][] = [
    ['/model/anthropic.claude-3-5-sonnet-v1%3A0/converse', 'anthropic.claude-3-5-sonnet-v1:0'],
    ['/aws/model/amazon.nova-pro-v1:0/converse-stream', 'amazon.nova-pro-v1:0'],
    [`/model/${encodeURIComponent(arn)}/converse`, arn],
  ]
  for (const [path, model] of cases) {
    t.ok(bedrockConverse.matches('POST', path), path)
    t.equal(exchangeOf(asked({ messages: [] }, path)).requestedModel, model)
  }
  for (const path of ['/model/m/invoke', '/model/m/converse/x', '/converse', '/model//converse']) {
    t.notOk(bedrockConverse.matches('POST', path), path)
  }
})

void t.test('a history with tools; results are turns of the tool', async (t) => {
  const request = {
    system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }],
    messages: [
      {
        role: 'user',
        content: [
          { guardContent: { text: { text: 'Thời tiết?' } } },
          { image: { format: 'png', source: { bytes: 'AA' } } },
          { document: { name: 'a', source: {} } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'Hm.', signature: 's' } } },
          { toolUse: { toolUseId: 't-1', name: 'get_weather', input: { city: 'Huế' } } },
        ],
      },
      {
        role: 'user',
        content: [
          {
            toolResult: {
              toolUseId: 't-1',
              status: 'error',
              content: [{ text: 'down' }, { json: { code: 7 } }],
            },
          },
          { text: 'Und jetzt?' },
        ],
      },
    ],
    toolConfig: {
      tools: [
        { toolSpec: { name: 'get_weather', inputSchema: { json: { type: 'object' } } } },
        { systemTool: { name: 'nova_grounding' } },
        { cachePoint: { type: 'default' } },
      ],
    },
    outputConfig: { textFormat: { type: 'json_schema' } },
  }
  const { system, turns, tools, structured } = exchangeOf(asked(request))
  t.equal(system, 'Be brief.')
  t.equal(structured, true)
  t.same(turns, [
    {
      role: 'user',
      parts: [
        { kind: 'text', text: 'Thời tiết?' },
        { kind: 'media', media: 'image' },
        { kind: 'media', media: 'file' },
      ],
    },
    {
      role: 'assistant',
      parts: [
        { kind: 'reasoning', text: 'Hm.' },
        { kind: 'tool_call', id: 't-1', name: 'get_weather', arguments: '{"city":"Huế"}' },
      ],
    },
    {
      role: 'tool',
      parts: [{ kind: 'tool_result', callId: 't-1', text: 'down\n{"code":7}', isError: true }],
    },
    { role: 'user', parts: [{ kind: 'text', text: 'Und jetzt?' }] },
  ])
  t.same(tools, [
    { name: 'get_weather', serverSide: false, parameters: { type: 'object' } },
    { name: 'nova_grounding', serverSide: true, parameters: undefined },
  ])
})

void t.test('the same answer, whole and as an event stream', async (t) => {
  const byWhole = exchangeOf(answered(whole))
  const byStream = exchangeOf(answered(stream))
  t.same([byWhole.streamed, byStream.streamed], [false, true])
  t.same(byStream.answer, byWhole.answer)
  t.same(byWhole.answer, {
    text: 'Xin chào ',
    refusal: '',
    reasoning: 'Erst denken.',
    toolCalls: [{ id: 't-1', name: 'get_weather', arguments: '{"city":"Huế"}' }],
    stop: 'tool_calls',
    choices: 1,
  })
  t.same(byStream.usage, { inputTokens: 11, outputTokens: 6 })
  t.same(byWhole.usage, byStream.usage)
})

void t.test('stop reasons: what is a refusal and whose', async (t) => {
  const cases: [string, string, string[]][] = [
    ['end_turn', 'stop', []],
    ['stop_sequence', 'stop', []],
    ['max_tokens', 'length', []],
    ['model_context_window_exceeded', 'length', []],
    ['content_filtered', 'content_filter', ['content_filter']],
    ['guardrail_intervened', 'content_filter', ['guardrail']],
    ['malformed_tool_use', 'other', []],
    ['a_reason_of_tomorrow', 'other', []],
  ]
  for (const [stopReason, stop, refusals] of cases) {
    const output = { message: { role: 'assistant', content: [{ text: 'x' }] } }
    const streamed = Buffer.concat([
      event('messageStart', { role: 'assistant' }),
      event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'x' } }),
      event('messageStop', { stopReason }),
    ])
    for (const response of [{ output, stopReason }, streamed]) {
      const { answer, providerRefusals } = exchangeOf(answered(response))
      t.same([answer.text, answer.stop, providerRefusals], ['x', stop, refusals], stopReason)
    }
  }
})

void t.test('a prompt router names the model that answered', async (t) => {
  const trace = { promptRouter: { invokedModelId: 'amazon.nova-lite-v1:0' } }
  const output = { message: { content: [{ text: 'x' }] } }
  const { servedModel } = exchangeOf(answered({ output, stopReason: 'end_turn', trace }))
  t.equal(servedModel, 'amazon.nova-lite-v1:0')
  t.equal(exchangeOf(answered(whole)).servedModel, undefined)
})

void t.test('an exception ends a stream, with what came before it', async (t) => {
  const begun = Buffer.concat([
    event('messageStart', { role: 'assistant' }),
    event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Es war' } }),
  ])
  const fails = exception('throttlingException', { message: 'x' })
  const { answer } = exchangeOf(answered(Buffer.concat([begun, fails, event('messageStop', {})])))
  t.same([answer.text, answer.stop], ['Es war', 'error'])
  t.same(answered(fails), { ok: false, reason: 'error_status' })
  t.same(answered(begun), { ok: false, reason: 'stream_incomplete' })
})

void t.test('what is no answer is said to be none', async (t) => {
  const start = event('messageStart', { role: 'assistant' })
  const message = (body: unknown, headers: Record<string, string>) =>
    eventMessage(headers, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)))
  const delta = (body: object) => event('contentBlockDelta', { delta: { text: 'a' }, ...body })
  const block = event('contentBlockStart', { contentBlockIndex: 0, start: {} })
  const cases: [string, Buffer | object, string][] = [
    ['no output', { stopReason: 'end_turn' }, 'unknown_shape'],
    ['content that is none', { output: { message: { content: 'x' } } }, 'unknown_shape'],
    [
      'a tool without a name',
      { output: { message: { content: [{ toolUse: {} }] } } },
      'unknown_shape',
    ],
    ['no block index', Buffer.concat([start, delta({})]), 'unknown_shape'],
    [
      'an index out of bounds',
      Buffer.concat([start, delta({ contentBlockIndex: 1e6 })]),
      'unknown_shape',
    ],
    ['a block that starts twice', Buffer.concat([start, block, block]), 'unknown_shape'],
    ['a message of no type', message({}, {}), 'unknown_shape'],
    ['a payload that is no JSON', message('{', { ':message-type': 'event' }), 'not_json'],
    ['a payload that is no object', message([], { ':message-type': 'event' }), 'unknown_shape'],
    [
      'an end without a beginning',
      event('messageStop', { stopReason: 'end_turn' }),
      'unknown_shape',
    ],
    ['an end without a reason', Buffer.concat([start, event('messageStop', {})]), 'unknown_shape'],
  ]
  for (const [situation, response, reason] of cases) {
    t.same(answered(response), { ok: false, reason }, situation)
  }
  for (const request of [
    { messages: 'x' },
    { messages: [{ role: 'system', content: [] }] },
    { messages: [{ role: 'user', content: 'text' }] },
    { messages: [], toolConfig: { tools: [{ toolSpec: {} }] } },
  ]) {
    t.same(asked(request), { ok: false, reason: 'unknown_shape' })
  }
  const refused = { status: 400 }
  const error = { message: 'The model returned the following errors' }
  t.same(decodeBodies('bedrock_converse', { response: error }, refused), {
    ok: false,
    reason: 'error_status',
  })
})
