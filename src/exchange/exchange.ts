/**
 * One request and its response, as every stage after `decode` sees it: the same nouns for every
 * wire format. Text lives here only while the exchange is being looked at; nothing in this shape
 * is stored or exported.
 */
import type { KnownProtocol } from './protocol.ts'

export type Role = 'system' | 'user' | 'assistant' | 'tool'

export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'refusal'; text: string }
  | { kind: 'reasoning'; text: string }
  | ({ kind: 'tool_call' } & ToolCall)
  | { kind: 'tool_result'; callId: string | undefined; text: string; isError: boolean }
  | { kind: 'media'; media: 'image' | 'audio' | 'file' }

/**
 * One message of the history. A decoder splits a message whose parts belong to different speakers:
 * tool results that a client sends with the role `user` become a turn of the role `tool`.
 */
export interface Turn {
  role: Role
  parts: Part[]
}

export interface ToolCall {
  id: string | undefined
  name: string
  /** The arguments as sent: JSON text for function tools, free text for custom ones. */
  arguments: string
}

export interface ToolOffer {
  name: string
  /** True when the provider runs the tool itself (web search, code execution, MCP, ...). */
  serverSide: boolean
  /** The JSON schema of its arguments, as sent; undefined when none was, or one too large to use. */
  parameters: unknown
}

/**
 * stop, length, tool_calls, content_filter, refusal and error mean the same in every protocol;
 * `other` is a reason the decoder does not know; undefined: the response ended without one.
 */
export type StopReason =
  | 'stop'
  | 'length'
  | 'tool_calls'
  | 'content_filter'
  | 'refusal'
  | 'error'
  | 'other'
  | undefined

export interface Answer {
  /** What the user sees, all text parts in order. Reasoning is never in here. */
  text: string
  /** Text that the provider itself marked as a refusal (OpenAI `refusal` parts). */
  refusal: string
  reasoning: string
  toolCalls: ToolCall[]
  stop: StopReason
  /** How many alternatives the response held; only the first is read. */
  choices: number
}

/** The provider's own refusal signals: a judge of their own, exported apart from all others. */
export const providerRefusalReasons = [
  'refusal_field',
  'content_filter',
  'moderation_flagged',
  'stop_refusal',
  'fallback',
  'policy_error',
  'prompt_blocked',
  'guardrail',
] as const

export type ProviderRefusalReason = (typeof providerRefusalReasons)[number]

/** What the request body says of the conversation it belongs to, as sent; hashed before any use as a key. */
export interface IdentityHints {
  conversationId: string | undefined
  previousResponseId: string | undefined
  /** Anthropic `metadata.user_id`; may hold a session of its own. */
  metadataUserId: string | undefined
  safetyIdentifier: string | undefined
  promptCacheKey: string | undefined
  user: string | undefined
}

export interface Exchange {
  protocol: KnownProtocol
  streamed: boolean
  requestedModel: string | undefined
  /** The model the response names; differs from the requested one on aliases and fallbacks. */
  servedModel: string | undefined
  /** The leading run of system text (instructions, system field, leading system messages). */
  system: string | undefined
  /** The history as sent, oldest first, without the leading system run. */
  turns: Turn[]
  tools: ToolOffer[]
  /** The output is bound to a schema or to JSON. */
  structured: boolean
  /** True when the server holds history that the request does not show. */
  stateful: boolean
  identity: IdentityHints
  responseId: string | undefined
  answer: Answer
  providerRefusals: ProviderRefusalReason[]
  usage: { inputTokens: number | undefined; outputTokens: number | undefined }
}
