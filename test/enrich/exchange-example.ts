/** A plain exchange for the tests of this folder: one user turn, one answer; all else overridable. */
import type { CapturedExchange } from '../../src/exchange/captured.ts'
import type { Exchange, Part, Turn } from '../../src/exchange/exchange.ts'

export const text = (value: string): Part => ({ kind: 'text', text: value })
export const user = (...parts: (string | Part)[]): Turn => ({
  role: 'user',
  parts: parts.map((part) => (typeof part === 'string' ? text(part) : part)),
})
export const assistant = (...parts: (string | Part)[]): Turn => ({
  role: 'assistant',
  parts: parts.map((part) => (typeof part === 'string' ? text(part) : part)),
})
export const toolResult = (callId: string, value: string): Turn => ({
  role: 'tool',
  parts: [{ kind: 'tool_result', callId, text: value, isError: false }],
})
export const toolCall = (id: string, name: string): Part => ({
  kind: 'tool_call',
  id,
  name,
  arguments: '{}',
})

export const noIdentity: Exchange['identity'] = {
  conversationId: undefined,
  previousResponseId: undefined,
  metadataUserId: undefined,
  safetyIdentifier: undefined,
  promptCacheKey: undefined,
  user: undefined,
}

export const answerText = (value: string): Exchange['answer'] => ({
  text: value,
  refusal: '',
  reasoning: '',
  toolCalls: [],
  stop: 'stop',
  choices: 1,
})

export const exchangeOf = (turns: Turn[], overrides: Partial<Exchange> = {}): Exchange => ({
  protocol: 'openai_chat',
  streamed: false,
  requestedModel: 'm',
  servedModel: 'm',
  system: undefined,
  turns,
  tools: [],
  structured: false,
  stateful: false,
  identity: noIdentity,
  responseId: undefined,
  answer: answerText('The sky is blue because air scatters short waves more than long ones.'),
  providerRefusals: [],
  usage: { inputTokens: undefined, outputTokens: undefined },
  ...overrides,
})

export const capturedWith = (requestHeaders: Record<string, string> = {}): CapturedExchange => ({
  protocol: 'openai_chat',
  method: 'POST',
  path: '/v1/chat/completions',
  route: 'default',
  status: 200,
  startedAt: 1_000,
  firstByteMs: 1,
  durationMs: 2,
  largestGapMs: 1,
  requestHeaders,
  responseHeaders: {},
  traceId: undefined,
  requestBody: new Uint8Array(),
  responseBody: new Uint8Array(),
})
