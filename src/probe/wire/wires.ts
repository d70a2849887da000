/** Every protocol that probes can be sent in. */
import type { ProbeProtocol } from '../../exchange/protocol.ts'
import { anthropicMessagesWire } from './anthropic-messages.ts'
import { openaiChatWire } from './openai-chat.ts'
import { openaiResponsesWire } from './openai-responses.ts'
import type { Wire } from './wire.ts'

export const wires: Readonly<Record<ProbeProtocol, Wire>> = {
  openai_chat: openaiChatWire,
  openai_responses: openaiResponsesWire,
  anthropic_messages: anthropicMessagesWire,
}
