/** Anthropic Messages from the client's side. */
import {
  arrayAt,
  indexAt,
  isJsonObject,
  parseJsonText,
  stringAt,
  valueAt,
} from '../../decode/untrusted-json.ts'
import { simulatedModel } from '../scenarios.ts'
import { type PlannedConversation, trafficTools } from './conversation-plan.ts'
import { answerSchema, type Dialect, streamedEvents, toolResult, toolSchema } from './dialect.ts'

const blocksMax = 16

export function messagesDialect(conversation: PlannedConversation): Dialect {
  const messages: object[] = []
  const take = (content: readonly unknown[]): number => {
    messages.push({ role: 'assistant', content })
    const calls = content.flatMap((block) =>
      stringAt(block, 'type') === 'tool_use' ? (stringAt(block, 'id') ?? []) : [],
    )
    if (calls.length > 0) {
      const results = calls.map((tool_use_id) => ({
        type: 'tool_result',
        tool_use_id,
        content: toolResult,
      }))
      messages.push({ role: 'user', content: results })
    }
    return calls.length
  }
  return {
    path: '/v1/messages',
    headers: { 'x-api-key': 'demo', 'anthropic-version': '2023-06-01' },
    user: (text) => void messages.push({ role: 'user', content: [{ type: 'text', text }] }),
    body: () => ({
      model: simulatedModel,
      max_tokens: 4096,
      system: 'You are the assistant of a help desk.',
      messages,
      ...(conversation.stream ? { stream: true } : {}),
      ...(conversation.session === 'body'
        ? { metadata: { user_id: `user_demo_session_${conversation.sessionId}` } }
        : {}),
      ...(conversation.format === 'agentic' ? { tools } : {}),
      ...(conversation.format === 'structured'
        ? { output_config: { format: { type: 'json_schema', schema: answerSchema } } }
        : {}),
    }),
    readBody(answer) {
      const content = arrayAt(answer, 'content')
      return content === undefined ? undefined : take(content)
    },
    readStream(bytes) {
      const events = streamedEvents(bytes)
      const stopped = events.some((event) => stringAt(event, 'type') === 'message_stop')
      return stopped ? take(collect(events)) : undefined
    },
  }
}

const tools = trafficTools.map((name) => ({
  name,
  description: 'A tool of the help desk.',
  input_schema: toolSchema,
}))

interface OpenBlock {
  block: Readonly<Record<string, unknown>>
  text: string
  json: string
}

function collect(events: readonly unknown[]): object[] {
  const open: OpenBlock[] = []
  for (const event of events) {
    const started = valueAt(event, 'content_block')
    if (isJsonObject(started)) open.push({ block: started, text: '', json: '' })
    const index = indexAt(event, 'index', blocksMax)
    const at = index === undefined ? undefined : open[index]
    const delta = valueAt(event, 'delta')
    if (at === undefined) continue
    at.text += stringAt(delta, 'text') ?? ''
    at.json += stringAt(delta, 'partial_json') ?? ''
  }
  return open.map(({ block, text, json }) => {
    if (stringAt(block, 'type') === 'text') return { type: 'text', text }
    const parsed = parseJsonText(json === '' ? '{}' : json)
    return { ...block, input: parsed.ok ? parsed.value : {} }
  })
}
