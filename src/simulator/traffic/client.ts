/**
 * The demo's model client: plain fetch, three APIs, no SDK. It keeps the history a real client would
 * keep, reads every answer to its last byte and answers tool calls with a stub. It connects to one
 * address, the proxy it is handed; like the model server it stands outside the proxy's own rule on
 * where sockets are opened.
 */
import { isJsonObject, parseJsonBytes } from '../../decode/untrusted-json.ts'
import { chatDialect } from './chat-dialect.ts'
import type { PlannedConversation } from './conversation-plan.ts'
import type { Dialect } from './dialect.ts'
import { messagesDialect } from './messages-dialect.ts'
import { responsesDialect } from './responses-dialect.ts'

export type Sent = { ok: true; calls: number } | { ok: false; status: number | undefined }

export interface Client {
  /** One user turn, the tool results that belong to it included. */
  say(text: string): Promise<{ exchanges: number; ok: boolean; status: number | undefined }>
}

const roundsMax = 3

const dialects = {
  openai_chat: chatDialect,
  openai_responses: responsesDialect,
  anthropic_messages: messagesDialect,
} as const

export function createClient(
  baseUrl: string,
  conversation: PlannedConversation,
  signal: AbortSignal,
): Client {
  const dialect = dialects[conversation.api](conversation)
  return {
    async say(text) {
      dialect.user(text)
      for (let round = 1; ; round++) {
        const sent = await exchange(baseUrl, conversation, dialect, signal)
        if (!sent.ok) return { exchanges: round, ok: false, status: sent.status }
        if (sent.calls === 0 || round === roundsMax) {
          return { exchanges: round, ok: true, status: 200 }
        }
      }
    },
  }
}

async function exchange(
  baseUrl: string,
  conversation: PlannedConversation,
  dialect: Dialect,
  signal: AbortSignal,
): Promise<Sent> {
  const response = await fetch(`${baseUrl}${dialect.path}`, {
    method: 'POST',
    headers: { ...headersOf(conversation), ...dialect.headers },
    body: JSON.stringify(dialect.body()),
    signal,
  }).catch(() => undefined)
  if (response === undefined) return { ok: false, status: undefined }
  const bytes = await response.arrayBuffer().catch(() => undefined)
  if (bytes === undefined || !response.ok) return { ok: false, status: response.status }
  const read = conversation.stream
    ? dialect.readStream(new Uint8Array(bytes))
    : readBody(dialect, new Uint8Array(bytes))
  return read === undefined ? { ok: false, status: response.status } : { ok: true, calls: read }
}

function readBody(dialect: Dialect, bytes: Uint8Array): number | undefined {
  const parsed = parseJsonBytes(bytes)
  return parsed.ok && isJsonObject(parsed.value) ? dialect.readBody(parsed.value) : undefined
}

function headersOf({ session, sessionId }: PlannedConversation): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (session === 'header') headers['x-session-id'] = sessionId
  if (session === 'vendor_header') headers['x-litellm-session-id'] = sessionId
  return headers
}
