/** A plan as Anthropic messages: turns of one speaker joined, results of tools in front of the text. */
import { isJsonObject, parseJsonText } from '../../decode/untrusted-json.ts'
import type { PlanTurn } from '../plan-turn.ts'
import type { Wire } from './wire.ts'

const apiVersion = '2023-06-01'

export const anthropicMessagesWire: Wire = {
  path: '/messages',
  headers: (key) => ({
    'anthropic-version': apiVersion,
    ...(key === undefined ? {} : { 'x-api-key': key }),
  }),
  body({ system, turns, tools, schema, parameters, endUser }, model) {
    const { temperature, tokensMax } = parameters
    return {
      model,
      max_tokens: tokensMax,
      ...(temperature === undefined ? {} : { temperature }),
      ...(system === undefined ? {} : { system }),
      messages: messagesOf(turns),
      ...(tools.length === 0
        ? {}
        : {
            tools: tools.map(({ name, description, parameters: input_schema }) => ({
              name,
              description,
              input_schema,
            })),
          }),
      ...(schema === undefined
        ? {}
        : { output_config: { format: { type: 'json_schema', schema } } }),
      ...(endUser === undefined ? {} : { metadata: { user_id: endUser } }),
    }
  },
}

interface Message {
  role: 'user' | 'assistant'
  content: object[]
}

function messagesOf(turns: readonly PlanTurn[]): Message[] {
  const messages: Message[] = []
  for (const turn of turns) {
    const role = turn.role === 'assistant' ? 'assistant' : 'user'
    const blocks = blocksOf(turn)
    const last = messages.at(-1)
    if (last?.role === role) last.content.push(...blocks)
    // The API refuses a message without content, which an empty answer would be.
    else if (blocks.length > 0) messages.push({ role, content: blocks })
  }
  return messages
}

function blocksOf(turn: PlanTurn): object[] {
  switch (turn.role) {
    case 'user':
      return [{ type: 'text', text: turn.text }]
    case 'tool':
      return [{ type: 'tool_result', tool_use_id: turn.callId, content: turn.text }]
    case 'assistant':
      return [
        ...(turn.text === '' ? [] : [{ type: 'text', text: turn.text }]),
        ...turn.calls.map(({ id, name, arguments: given }) => ({
          type: 'tool_use',
          id,
          name,
          input: inputOf(given),
        })),
      ]
  }
}

/** The API takes an object only; a model that wrote anything else is answered all the same. */
function inputOf(text: string): unknown {
  const parsed = parseJsonText(text)
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : {}
}
