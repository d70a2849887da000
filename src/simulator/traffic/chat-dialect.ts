/** Chat completions from the client's side. */
import { arrayAt, indexAt, stringAt, valueAt } from '../../decode/untrusted-json.ts'
import { simulatedModel } from '../scenarios.ts'
import { type PlannedConversation, trafficTools } from './conversation-plan.ts'
import { answerSchema, type Dialect, streamedEvents, toolResult, toolSchema } from './dialect.ts'

interface Call {
  id: string
  name: string
  arguments: string
}

const callsMax = 8

export function chatDialect(conversation: PlannedConversation): Dialect {
  const messages: object[] = [{ role: 'system', content: 'You are the assistant of a help desk.' }]
  const take = (text: string, calls: readonly Call[]): number => {
    const tool_calls = calls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: call.arguments },
    }))
    messages.push({ role: 'assistant', content: text, ...(calls.length > 0 ? { tool_calls } : {}) })
    for (const { id } of calls) {
      messages.push({ role: 'tool', tool_call_id: id, content: toolResult })
    }
    return calls.length
  }
  return {
    path: '/v1/chat/completions',
    headers: { authorization: 'Bearer demo' },
    user: (content) => void messages.push({ role: 'user', content }),
    body: () => ({
      model: simulatedModel,
      messages,
      ...(conversation.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
      ...(conversation.session === 'body' ? { prompt_cache_key: conversation.sessionId } : {}),
      ...(conversation.format === 'agentic' ? { tools } : {}),
      ...(conversation.format === 'structured' ? { response_format: responseFormat } : {}),
    }),
    readBody(answer) {
      const message = valueAt(arrayAt(answer, 'choices')?.[0], 'message')
      const calls = (arrayAt(message, 'tool_calls') ?? []).flatMap(readCall)
      return take(stringAt(message, 'content') ?? stringAt(message, 'refusal') ?? '', calls)
    },
    readStream(bytes) {
      const { text, calls, finished } = collect(streamedEvents(bytes))
      return finished ? take(text, calls) : undefined
    },
  }
}

const tools = trafficTools.map((name) => ({
  type: 'function',
  function: { name, description: 'A tool of the help desk.', parameters: toolSchema },
}))

const responseFormat = {
  type: 'json_schema',
  json_schema: { name: 'reply', strict: true, schema: answerSchema },
} as const

const readCall = (call: unknown): Call[] => {
  const id = stringAt(call, 'id')
  const name = stringAt(valueAt(call, 'function'), 'name')
  const args = stringAt(valueAt(call, 'function'), 'arguments')
  return id === undefined || name === undefined ? [] : [{ id, name, arguments: args ?? '' }]
}

function collect(events: readonly unknown[]): { text: string; calls: Call[]; finished: boolean } {
  let text = ''
  let finished = false
  const calls: Call[] = []
  for (const event of events) {
    const choice = arrayAt(event, 'choices')?.[0]
    const delta = valueAt(choice, 'delta')
    text += stringAt(delta, 'content') ?? stringAt(delta, 'refusal') ?? ''
    finished ||= typeof valueAt(choice, 'finish_reason') === 'string'
    for (const part of arrayAt(delta, 'tool_calls') ?? []) {
      const index = indexAt(part, 'index', callsMax)
      const opened = index === undefined ? undefined : calls[index]
      if (opened === undefined) calls.push(...readCall(part))
      else opened.arguments += stringAt(valueAt(part, 'function'), 'arguments') ?? ''
    }
  }
  return { text, calls, finished }
}
