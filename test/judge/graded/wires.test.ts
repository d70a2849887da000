import t from 'tap'
import { dimensions } from '../../../src/judge/graded/dimensions.ts'
import type { GradeCall } from '../../../src/judge/graded/wire.ts'
import { wires } from '../../../src/judge/graded/wires.ts'

const { refusal } = dimensions
const call: GradeCall = {
  model: 'm',
  system: 's',
  user: 'u',
  schemaName: 'refusal',
  jsonSchema: refusal.jsonSchema,
  outputTokensMax: 64,
  temperature: true,
}
const schema = {
  type: 'object',
  properties: {
    verdict: {
      type: 'string',
      enum: ['refused', 'partial', 'hedged_compliance', 'complied', 'unclear'],
    },
  },
  required: ['verdict'],
  additionalProperties: false,
}

t.test('an OpenAI request is at temperature 0 with a strict schema', async (t) => {
  t.same(wires.openai.body(call), {
    model: 'm',
    messages: [
      { role: 'system', content: 's' },
      { role: 'user', content: 'u' },
    ],
    temperature: 0,
    max_tokens: 64,
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'refusal', strict: true, schema },
    },
  })
  t.equal(wires.openai.path('/v1'), '/v1/chat/completions')
  t.same(wires.openai.headers('k'), { authorization: 'Bearer k' })
  t.same(wires.openai.headers(undefined), {})
})

t.test('an Anthropic request is at temperature 0 with an output format', async (t) => {
  t.same(wires.anthropic.body(call), {
    model: 'm',
    max_tokens: 64,
    temperature: 0,
    system: 's',
    messages: [{ role: 'user', content: 'u' }],
    output_config: { format: { type: 'json_schema', schema } },
  })
  t.equal(wires.anthropic.path(''), '/v1/messages')
  t.equal(wires.anthropic.path('/v1'), '/v1/messages')
  t.same(wires.anthropic.headers('k'), { 'anthropic-version': '2023-06-01', 'x-api-key': 'k' })
})

t.test('models without sampling parameters are sent none', async (t) => {
  const openai = wires.openai.body({ ...call, temperature: false })
  const anthropic = wires.anthropic.body({ ...call, temperature: false })
  t.notOk('temperature' in openai || 'max_tokens' in openai || 'temperature' in anthropic)
  t.equal(openai.max_completion_tokens, 64)
})

const usage = { input_tokens: 5, output_tokens: 2, cache_read_input_tokens: 10 }
const message = (content: unknown, stop_reason = 'end_turn'): unknown => ({
  content,
  stop_reason,
  usage,
})
const text = { type: 'text', text: 'grade' }

t.test('an Anthropic answer is one text block, with thinking in front at most', async (t) => {
  const read = (response: unknown): string => {
    const result = wires.anthropic.read(response)
    return result.kind === 'text' ? result.text : result.kind
  }
  t.equal(read(message([text])), 'grade')
  t.equal(read(message([{ type: 'thinking', thinking: '{}' }, text])), 'grade')
  t.equal(read(message([text, text])), 'malformed')
  t.equal(read(message([text, { type: 'tool_use', input: {} }])), 'malformed')
  t.equal(read(message([{ type: 'tool_use', input: { verdict: 'complied' } }])), 'malformed')
  t.equal(read(message([])), 'malformed')
  t.equal(read(message('grade')), 'malformed')
  t.equal(read(message([text], 'tool_use')), 'malformed')
  t.equal(read(message([text], 'max_tokens')), 'truncated')
  t.equal(read(message([text], 'refusal')), 'refused')
  for (const odd of [null, 1, 'x', [], {}, { content: [text] }]) t.equal(read(odd), 'malformed')
  t.same(wires.anthropic.read(message([text])).usage, { inputTokens: 15, outputTokens: 2 })
})

t.test('a usage that is no count is unknown', async (t) => {
  for (const prompt_tokens of [-1, 1.5, '5', null, Number.NaN, 1e300, undefined]) {
    const response = { usage: { prompt_tokens, completion_tokens: 1 } }
    t.equal(wires.openai.read(response).usage, undefined)
  }
})
