/** A plan as OpenAI Responses: the whole history in the request, and nothing stored by the server. */
import type { PlanTurn } from '../plan-turn.ts'
import type { Wire } from './wire.ts'

export const openaiResponsesWire: Wire = {
  path: '/responses',
  headers: (key) => (key === undefined ? {} : { authorization: `Bearer ${key}` }),
  body({ system, turns, tools, schema, parameters, endUser }, model) {
    const { temperature, tokensMax } = parameters
    return {
      model,
      store: false,
      ...(system === undefined ? {} : { instructions: system }),
      input: turns.flatMap(itemsOf),
      max_output_tokens: tokensMax,
      ...(temperature === undefined ? {} : { temperature }),
      ...(tools.length === 0
        ? {}
        : { tools: tools.map((tool) => ({ type: 'function', ...tool, strict: false })) }),
      ...(schema === undefined
        ? {}
        : { text: { format: { type: 'json_schema', name: 'answer', strict: true, schema } } }),
      ...(endUser === undefined ? {} : { safety_identifier: endUser }),
    }
  },
}

function itemsOf(turn: PlanTurn): object[] {
  switch (turn.role) {
    case 'user':
      return [{ role: 'user', content: turn.text }]
    case 'tool':
      return [{ type: 'function_call_output', call_id: turn.callId, output: turn.text }]
    case 'assistant':
      return [
        ...(turn.text === '' ? [] : [{ role: 'assistant', content: turn.text }]),
        ...turn.calls.map(({ id, name, arguments: given }) => ({
          type: 'function_call',
          call_id: id,
          name,
          arguments: given,
        })),
      ]
  }
}
