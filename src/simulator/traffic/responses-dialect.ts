/** The Responses API from the client's side: history in the request, or kept by the server. */
import { arrayAt, type JsonObject, objectAt, stringAt } from '../../decode/untrusted-json.ts'
import { simulatedModel } from '../scenarios.ts'
import { type PlannedConversation, trafficTools } from './conversation-plan.ts'
import { answerSchema, type Dialect, streamedEvents, toolResult, toolSchema } from './dialect.ts'

export function responsesDialect(conversation: PlannedConversation): Dialect {
  let input: unknown[] = []
  let previous: string | undefined
  const take = (response: JsonObject): number | undefined => {
    const id = stringAt(response, 'id')
    if (id === undefined) return undefined
    const output = arrayAt(response, 'output') ?? []
    const calls = output.flatMap((item) => stringAt(item, 'call_id') ?? [])
    if (conversation.stateful) {
      previous = id
      input = []
    } else {
      input.push(...output)
    }
    for (const call_id of calls) {
      input.push({ type: 'function_call_output', call_id, output: toolResult })
    }
    return calls.length
  }
  return {
    path: '/v1/responses',
    headers: { authorization: 'Bearer demo' },
    user: (text) => void input.push({ role: 'user', content: [{ type: 'input_text', text }] }),
    body: () => ({
      model: simulatedModel,
      instructions: 'You are the assistant of a help desk.',
      input,
      metadata: { conversation: conversation.sessionId },
      ...(conversation.stream ? { stream: true } : {}),
      ...(previous === undefined ? {} : { previous_response_id: previous }),
      ...(conversation.stateful ? {} : { store: false }),
      ...(conversation.session === 'body' ? { prompt_cache_key: conversation.sessionId } : {}),
      ...(conversation.format === 'agentic' ? { tools } : {}),
      ...(conversation.format === 'structured' ? { text: { format } } : {}),
    }),
    readBody: take,
    readStream(bytes) {
      const last = streamedEvents(bytes).at(-1)
      const response = objectAt(last, 'response')
      return response === undefined ? undefined : take(response)
    },
  }
}

const tools = trafficTools.map((name) => ({
  type: 'function',
  name,
  description: 'A tool of the help desk.',
  parameters: toolSchema,
  strict: false,
}))

const format = { type: 'json_schema', name: 'reply', strict: true, schema: answerSchema } as const
