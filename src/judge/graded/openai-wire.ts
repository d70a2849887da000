/** OpenAI chat completions, as OpenAI and the servers compatible with it speak it. */
import { fieldOf, onlyOf, tokensOf } from './response-field.ts'
import type { GradeCall, ReadResponse, Usage, Wire } from './wire.ts'

export const openaiWire: Wire = {
  path: (basePath) => `${basePath}/chat/completions`,
  headers: (key) => (key === undefined ? {} : { authorization: `Bearer ${key}` }),
  body(call: GradeCall) {
    return {
      model: call.model,
      messages: [
        { role: 'system', content: call.system },
        { role: 'user', content: call.user },
      ],
      // Models without sampling parameters do not know the old name of the limit either.
      ...(call.temperature
        ? { temperature: 0, max_tokens: call.outputTokensMax }
        : { max_completion_tokens: call.outputTokensMax }),
      response_format: {
        type: 'json_schema',
        json_schema: { name: call.schemaName, strict: true, schema: call.jsonSchema },
      },
    }
  },
  read(response): ReadResponse {
    const usage = usageOf(fieldOf(response, 'usage'))
    const choice = onlyOf(fieldOf(response, 'choices'))
    const message = fieldOf(choice, 'message')
    const text = fieldOf(message, 'content')
    const refusal = fieldOf(message, 'refusal')
    const finish = fieldOf(choice, 'finish_reason')
    if (finish === 'content_filter' || (typeof refusal === 'string' && refusal !== '')) {
      return { kind: 'refused', usage }
    }
    if (finish === 'length') return { kind: 'truncated', usage }
    return finish === 'stop' && typeof text === 'string'
      ? { kind: 'text', text, usage }
      : { kind: 'malformed', usage }
  },
}

function usageOf(usage: unknown): Usage | undefined {
  const inputTokens = tokensOf(fieldOf(usage, 'prompt_tokens'))
  const outputTokens = tokensOf(fieldOf(usage, 'completion_tokens'))
  return inputTokens === undefined || outputTokens === undefined
    ? undefined
    : { inputTokens, outputTokens }
}
