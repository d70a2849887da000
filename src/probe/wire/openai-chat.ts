/** A plan as OpenAI chat completions, as OpenAI and the servers compatible with it speak it. */
import type { PlanTurn } from '../plan-turn.ts'
import type { Wire } from './wire.ts'

export const openaiChatWire: Wire = {
  path: '/chat/completions',
  headers: (key) => (key === undefined ? {} : { authorization: `Bearer ${key}` }),
  body({ system, turns, tools, schema, parameters, endUser }, model) {
    const { temperature, tokensMax } = parameters
    return {
      model,
      messages: [
        ...(system === undefined ? [] : [{ role: 'system', content: system }]),
        ...turns.map(messageOf),
      ],
      // Models without sampling parameters do not know the old name of the limit either.
      ...(temperature === undefined
        ? { max_completion_tokens: tokensMax }
        : { temperature, max_tokens: tokensMax }),
      ...(tools.length === 0
        ? {}
        : { tools: tools.map((tool) => ({ type: 'function', function: { ...tool } })) }),
      ...(schema === undefined
        ? {}
        : {
            response_format: {
              type: 'json_schema',
              json_schema: { name: 'answer', strict: true, schema },
            },
          }),
      ...(endUser === undefined ? {} : { safety_identifier: endUser }),
    }
  },
}

function messageOf(turn: PlanTurn): object {
  switch (turn.role) {
    case 'user':
      return { role: 'user', content: turn.text }
    case 'tool':
      return { role: 'tool', tool_call_id: turn.callId, content: turn.text }
    case 'assistant':
      return turn.calls.length === 0
        ? { role: 'assistant', content: turn.text }
        : {
            role: 'assistant',
            content: turn.text === '' ? null : turn.text,
            tool_calls: turn.calls.map(({ id, name, arguments: given }) => ({
              id,
              type: 'function',
              function: { name, arguments: given },
            })),
          }
  }
}
