/**
 * Anthropic Messages requests, and the decoder of the format. Shapes: @anthropic-ai/sdk 1.11.0,
 * resources/messages and resources/beta/messages. Tool results, which clients send with the role
 * `user`, become turns of the tool.
 */
import type { Role, ToolOffer, Turn } from '../exchange/exchange.ts'
import { readMessage } from './anthropic-answer.ts'
import { createMessagesStreamReader } from './anthropic-stream.ts'
import { type Asked, decodeWith } from './assemble.ts'
import {
  itemsAt,
  optionalItemsAt,
  readContent,
  splitSystem,
  splitTurns,
  textOfParts,
} from './content-parts.ts'
import type { Decoder } from './decoder.ts'
import { offeredSchema } from './offered-schema.ts'
import { arrayAt, type JsonObject, objectAt, stringAt, valueAt } from './untrusted-json.ts'

const roles: ReadonlyMap<string, Role> = new Map([
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['system', 'system'],
])

/** Typed tools that the client runs; every other type with a version is the provider's. */
const clientTools = /^(?:custom|(?:bash|text_editor|computer|memory|browser)(?:_|$))/

const readRequest = (body: JsonObject): Asked | undefined => {
  const messages = itemsAt(body, 'messages')
  const tools = readTools(body)
  const system = readContent(valueAt(body, 'system'))
  if (messages === undefined || tools === undefined || system === undefined) return undefined
  const history: Turn[] = []
  for (const message of messages) {
    const role = roles.get(stringAt(message, 'role') ?? '')
    const parts = readContent(valueAt(message, 'content'))
    if (role === undefined || parts === undefined) return undefined
    history.push(...splitTurns(role, parts))
  }
  const apart = system.length === 0 ? undefined : textOfParts(system, 'text', '\n')
  const thread = objectAt(body, 'thread')
  return {
    requestedModel: stringAt(body, 'model'),
    ...splitSystem(apart, history),
    tools,
    structured: isStructured(body),
    stateful: stringAt(thread, 'type') === 'continue' || messages.some(isCompacted),
    identity: {
      conversationId: undefined,
      previousResponseId: stringAt(thread, 'previous_message_id'),
      metadataUserId: stringAt(objectAt(body, 'metadata'), 'user_id'),
      safetyIdentifier: undefined,
      promptCacheKey: undefined,
      user: undefined,
    },
  }
}

/** A compaction block stands for turns that are no longer shown. */
const isCompacted = (message: unknown): boolean =>
  (arrayAt(message, 'content') ?? []).some((block) => stringAt(block, 'type') === 'compaction')

/** `output_format` is the older beta name of `output_config.format`. */
const isStructured = (body: JsonObject): boolean =>
  [objectAt(body, 'output_format'), objectAt(objectAt(body, 'output_config'), 'format')].some(
    (format) => stringAt(format, 'type') === 'json_schema',
  )

const readTools = (body: JsonObject): ToolOffer[] | undefined => {
  const tools = optionalItemsAt(body, 'tools')
  const servers = optionalItemsAt(body, 'mcp_servers')
  if (tools === undefined || servers === undefined) return undefined
  const offers: ToolOffer[] = []
  for (const tool of tools) {
    const type = stringAt(tool, 'type')
    const name = stringAt(tool, 'name') ?? stringAt(tool, 'mcp_server_name') ?? type
    if (name === undefined) return undefined
    offers.push({
      name,
      serverSide: type !== undefined && !clientTools.test(type),
      parameters: offeredSchema(valueAt(tool, 'input_schema')),
    })
  }
  for (const server of servers) {
    const name = stringAt(server, 'name')
    if (name === undefined) return undefined
    if (offers.some((offer) => offer.name === name)) continue
    offers.push({ name, serverSide: true, parameters: undefined })
  }
  return offers
}

/** Threads of the OpenAI Assistants API end in the same word. */
const pathEnd = /\/messages\/?$/
const assistantsThread = /\/threads\/[^/]*\/messages\/?$/

export const anthropicMessages: Decoder = {
  protocol: 'anthropic_messages',
  matches: (method, path) =>
    method === 'POST' && pathEnd.test(path) && !assistantsThread.test(path),
  decode: (input) =>
    decodeWith(
      {
        protocol: 'anthropic_messages',
        readRequest,
        readWhole: (body) => readMessage(body, undefined),
        createStreamReader: createMessagesStreamReader,
      },
      input,
    ),
}
