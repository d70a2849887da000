/** Sessions as they are captured, in every protocol, with what must not be sent again. */
import type { Exchange } from '../../../src/exchange/exchange.ts'
import type { ProbeProtocol } from '../../../src/exchange/protocol.ts'
import {
  copySession,
  type SessionCopy,
  type SessionSource,
} from '../../../src/probe/fork/session-copy.ts'
import { capture, decodeBodies, exchangeOf } from '../../fixtures/wire/wire-exchange.ts'

export interface Message {
  role: 'user' | 'assistant'
  content: string
}

/** 20 fields that name or give access to a person. */
export const personal = [
  'anna.muster@mail.example',
  'jürgen.groß@post.example',
  '+49 151 23456789',
  '(555) 123-4567',
  '4111 1111 1111 1111',
  '5500-0000-0000-0004',
  'DE89 3704 0044 0532 0130 00',
  'GB82WEST12345698765432',
  '192.168.178.23',
  '2001:db8::8a2e:370:7334',
  'sk-proj-abcdefghijklmnop1234',
  'AKIAIOSFODNN7EXAMPLE',
  'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
  '529.982.247-25',
  '12345678Z',
  '11010519491231002X',
  'RSSMRA85T10A562S',
  '078-05-1120',
] as const
/** Fields of the request that name somebody. */
export const identities = ['end-user-4711', 'ticket-for-erika-mustermann'] as const

const lookup = {
  name: 'lookup_order',
  description: 'Finds an order.',
  schema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
}

const bodies: Record<
  ProbeProtocol,
  (messages: readonly Message[], answer: string) => { request: object; response: object }
> = {
  openai_chat: (messages, answer) => ({
    request: {
      model: 'model-1',
      messages: [{ role: 'system', content: 'Be brief.' }, ...messages],
      stream: true,
      store: true,
      user: identities[0],
      safety_identifier: identities[0],
      prompt_cache_key: identities[1],
      metadata: { ticket: identities[1] },
      tools: [
        {
          type: 'function',
          function: {
            name: lookup.name,
            description: lookup.description,
            parameters: lookup.schema,
          },
        },
        { type: 'web_search' },
      ],
      tool_choice: 'required',
    },
    response: {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: 'model-1',
      choices: [
        { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: answer } },
      ],
    },
  }),
  openai_responses: (messages, answer) => ({
    request: {
      model: 'model-1',
      instructions: 'Be brief.',
      input: messages,
      store: true,
      user: identities[0],
      prompt_cache_key: identities[1],
      metadata: { ticket: identities[1] },
      tools: [
        {
          type: 'function',
          name: lookup.name,
          description: lookup.description,
          parameters: lookup.schema,
        },
        { type: 'web_search' },
        { type: 'mcp', server_label: 'crm', server_url: 'https://crm.example' },
      ],
    },
    response: {
      id: 'resp_1',
      object: 'response',
      status: 'completed',
      model: 'model-1',
      output: [
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: answer }] },
      ],
    },
  }),
  anthropic_messages: (messages, answer) => ({
    request: {
      model: 'model-1',
      max_tokens: 100,
      system: 'Be brief.',
      messages,
      metadata: { user_id: identities[0] },
      tools: [
        { name: lookup.name, description: lookup.description, input_schema: lookup.schema },
        { type: 'web_search_20250305', name: 'web_search' },
      ],
    },
    response: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'model-1',
      stop_reason: 'end_turn',
      content: [{ type: 'text', text: answer }],
    },
  }),
}

export function sessionOf(
  protocol: ProbeProtocol,
  messages: readonly Message[],
  answer: string,
): { source: SessionSource; exchange: Exchange } {
  const made = bodies[protocol](messages, answer)
  const exchange = exchangeOf(decodeBodies(protocol, made))
  const captured = capture(protocol, made)
  return {
    exchange,
    source: { captured, exchange, language: 'en', depth: '2-4', format: 'agentic' },
  }
}

export function copyOf(source: SessionSource): SessionCopy {
  const copied = copySession(source)
  if (!copied.ok) throw new Error(copied.reason)
  return copied.copy
}
