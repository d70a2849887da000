/** One plan in every protocol: the exact body, and what holdfast's own decoder reads of it. */
import t from 'tap'
import { decodeCaptured } from '../../../src/decode/decoders.ts'
import type { ProbeProtocol } from '../../../src/exchange/protocol.ts'
import type { RequestPlan } from '../../../src/probe/request-plan.ts'
import { endpointUrl } from '../../../src/probe/wire/wire.ts'
import { wires } from '../../../src/probe/wire/wires.ts'

const schema = { type: 'object', properties: { answer: { type: 'string' } } }
const parameters = { type: 'object', properties: { path: { type: 'string' } } }
const plan: RequestPlan = {
  system: 'Be brief.',
  turns: [
    { role: 'user', text: 'Read a.txt.' },
    {
      role: 'assistant',
      text: '',
      calls: [{ id: 'c1', name: 'read', arguments: '{"path":"a.txt"}' }],
    },
    { role: 'tool', callId: 'c1', name: 'read', text: 'hello' },
    { role: 'assistant', text: 'It says hello.', calls: [] },
    { role: 'user', text: 'And now?' },
  ],
  tools: [{ name: 'read', description: 'Reads.', parameters }],
  schema,
  parameters: { temperature: 0, tokensMax: 64 },
  endUser: 'holdfast-probe',
}
const bodyOf = (protocol: ProbeProtocol, given: RequestPlan = plan): unknown =>
  JSON.parse(JSON.stringify(wires[protocol].body(given, 'm-1')))

void t.test('OpenAI chat completions', async (t) => {
  t.strictSame(bodyOf('openai_chat'), {
    model: 'm-1',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Read a.txt.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'read', arguments: '{"path":"a.txt"}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'hello' },
      { role: 'assistant', content: 'It says hello.' },
      { role: 'user', content: 'And now?' },
    ],
    temperature: 0,
    max_tokens: 64,
    tools: [{ type: 'function', function: { name: 'read', description: 'Reads.', parameters } }],
    response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
    safety_identifier: 'holdfast-probe',
  })
})

void t.test('OpenAI Responses keeps nothing on the server', async (t) => {
  t.strictSame(bodyOf('openai_responses'), {
    model: 'm-1',
    store: false,
    instructions: 'Be brief.',
    input: [
      { role: 'user', content: 'Read a.txt.' },
      { type: 'function_call', call_id: 'c1', name: 'read', arguments: '{"path":"a.txt"}' },
      { type: 'function_call_output', call_id: 'c1', output: 'hello' },
      { role: 'assistant', content: 'It says hello.' },
      { role: 'user', content: 'And now?' },
    ],
    max_output_tokens: 64,
    temperature: 0,
    tools: [{ type: 'function', name: 'read', description: 'Reads.', parameters, strict: false }],
    text: { format: { type: 'json_schema', name: 'answer', strict: true, schema } },
    safety_identifier: 'holdfast-probe',
  })
})

void t.test('Anthropic messages: one message per change of speaker', async (t) => {
  t.strictSame(bodyOf('anthropic_messages'), {
    model: 'm-1',
    max_tokens: 64,
    temperature: 0,
    system: 'Be brief.',
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'Read a.txt.' }] },
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: 'c1', name: 'read', input: { path: 'a.txt' } }],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: 'hello' }] },
      { role: 'assistant', content: [{ type: 'text', text: 'It says hello.' }] },
      { role: 'user', content: [{ type: 'text', text: 'And now?' }] },
    ],
    tools: [{ name: 'read', description: 'Reads.', input_schema: parameters }],
    output_config: { format: { type: 'json_schema', schema } },
    metadata: { user_id: 'holdfast-probe' },
  })
  const empty = bodyOf('anthropic_messages', {
    ...plan,
    turns: [
      { role: 'user', text: 'One.' },
      { role: 'assistant', text: '', calls: [] },
      { role: 'user', text: 'Two.' },
    ],
  })
  t.match(empty, {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'One.' },
          { type: 'text', text: 'Two.' },
        ],
      },
    ],
  })
})

void t.test('no plain probe sends what it does not have', async (t) => {
  const bare: RequestPlan = {
    system: undefined,
    turns: [{ role: 'user', text: 'Hi' }],
    tools: [],
    schema: undefined,
    parameters: { temperature: undefined, tokensMax: 8 },
    endUser: undefined,
  }
  t.strictSame(bodyOf('openai_chat', bare), {
    model: 'm-1',
    messages: [{ role: 'user', content: 'Hi' }],
    max_completion_tokens: 8,
  })
  t.strictSame(bodyOf('openai_responses', bare), {
    model: 'm-1',
    store: false,
    input: [{ role: 'user', content: 'Hi' }],
    max_output_tokens: 8,
  })
  t.strictSame(bodyOf('anthropic_messages', bare), {
    model: 'm-1',
    max_tokens: 8,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
  })
})

const answers: Readonly<Record<ProbeProtocol, object>> = {
  openai_chat: {
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'ok' } }],
  },
  openai_responses: {
    status: 'completed',
    output: [
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'ok' }] },
    ],
  },
  anthropic_messages: { content: [{ type: 'text', text: 'ok' }], stop_reason: 'end_turn' },
}

void t.test('the decoders read the same turns out of all three', async (t) => {
  for (const protocol of ['openai_chat', 'openai_responses', 'anthropic_messages'] as const) {
    const url = endpointUrl(new URL('https://api.example/v1/'), wires[protocol])
    const decoded = decodeCaptured({
      protocol,
      method: 'POST',
      path: url.pathname,
      route: '',
      status: 200,
      startedAt: 0,
      firstByteMs: 0,
      durationMs: 0,
      largestGapMs: 0,
      requestHeaders: {},
      responseHeaders: {},
      traceId: undefined,
      requestBody: Buffer.from(JSON.stringify(bodyOf(protocol))),
      responseBody: Buffer.from(JSON.stringify(answers[protocol])),
    })
    t.match(
      decoded,
      {
        ok: true,
        exchange: {
          system: 'Be brief.',
          structured: true,
          stateful: false,
          tools: [{ name: 'read', serverSide: false }],
          answer: { text: 'ok' },
        },
      },
      protocol,
    )
    if (!decoded.ok) continue
    t.same(
      decoded.exchange.turns.map(({ role, parts }) => [role, ...parts.map(({ kind }) => kind)]),
      [
        ['user', 'text'],
        ['assistant', 'tool_call'],
        ['tool', 'tool_result'],
        ['assistant', 'text'],
        ['user', 'text'],
      ],
      protocol,
    )
  }
})

void t.test('the URL under a base as its SDK takes it', async (t) => {
  const at = (base: string, protocol: ProbeProtocol): string =>
    endpointUrl(new URL(base), wires[protocol]).href
  t.equal(at('https://api.example/v1', 'openai_chat'), 'https://api.example/v1/chat/completions')
  t.equal(at('http://127.0.0.1:8787', 'openai_chat'), 'http://127.0.0.1:8787/v1/chat/completions')
  t.equal(at('https://h/openai/', 'openai_responses'), 'https://h/openai/responses')
  t.equal(at('https://h', 'anthropic_messages'), 'https://h/v1/messages')
  t.equal(at('https://h/anthropic', 'anthropic_messages'), 'https://h/anthropic/v1/messages')
  t.equal(at('https://h/v1?a=b', 'anthropic_messages'), 'https://h/v1/messages?a=b')
})
