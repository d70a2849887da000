/** Anthropic messages, with the output format of structured outputs. */
import { fieldOf, tokensOf } from './response-field.ts'
import type { GradeCall, ReadResponse, Usage, Wire } from './wire.ts'

const apiVersion = '2023-06-01'

export const anthropicWire: Wire = {
  // SDKs of different makers disagree on whether the base URL holds the version.
  path: (basePath) =>
    basePath.endsWith('/v1') ? `${basePath}/messages` : `${basePath}/v1/messages`,
  headers: (key) => ({
    'anthropic-version': apiVersion,
    ...(key === undefined ? {} : { 'x-api-key': key }),
  }),
  body(call: GradeCall) {
    return {
      model: call.model,
      max_tokens: call.outputTokensMax,
      ...(call.temperature ? { temperature: 0 } : {}),
      system: call.system,
      messages: [{ role: 'user', content: call.user }],
      output_config: { format: { type: 'json_schema', schema: call.jsonSchema } },
    }
  },
  read(response): ReadResponse {
    const usage = usageOf(fieldOf(response, 'usage'))
    const stop = fieldOf(response, 'stop_reason')
    if (stop === 'refusal') return { kind: 'refused', usage }
    if (stop === 'max_tokens' || stop === 'model_context_window_exceeded') {
      return { kind: 'truncated', usage }
    }
    const text = stop === 'end_turn' ? textOf(fieldOf(response, 'content')) : undefined
    return text === undefined ? { kind: 'malformed', usage } : { kind: 'text', text, usage }
  },
}

/** Exactly one text block; thinking may stand before it, and nothing else may stand anywhere. */
function textOf(content: unknown): string | undefined {
  if (!Array.isArray(content)) return undefined
  const blocks = content.filter((block) => {
    const type = fieldOf(block, 'type')
    return type !== 'thinking' && type !== 'redacted_thinking'
  })
  const text = fieldOf(blocks[0], 'text')
  return blocks.length === 1 && fieldOf(blocks[0], 'type') === 'text' && typeof text === 'string'
    ? text
    : undefined
}

/** Cached input is input too; what it costs less is not modelled. */
function usageOf(usage: unknown): Usage | undefined {
  const inputTokens = tokensOf(fieldOf(usage, 'input_tokens'))
  const outputTokens = tokensOf(fieldOf(usage, 'output_tokens'))
  if (inputTokens === undefined || outputTokens === undefined) return undefined
  const cached =
    (tokensOf(fieldOf(usage, 'cache_creation_input_tokens')) ?? 0) +
    (tokensOf(fieldOf(usage, 'cache_read_input_tokens')) ?? 0)
  return { inputTokens: inputTokens + cached, outputTokens }
}
