/**
 * Ollama /api/chat and /api/generate: requests, and the decoder of the format. Shapes: ollama 0.6.4.
 * Answers are streamed unless `stream` is false. Nothing has an id but, in newer servers, tool calls.
 */
import type { IdentityHints, Part, Role, ToolOffer, Turn } from '../exchange/exchange.ts'
import { type Asked, decodeWith } from './assemble.ts'
import { optionalItemsAt, splitSystem } from './content-parts.ts'
import type { Decoder } from './decoder.ts'
import { offeredSchema } from './offered-schema.ts'
import { readOllamaLines, readOllamaWhole } from './ollama-answer.ts'
import { readOllamaCalls } from './ollama-calls.ts'
import {
  arrayAt,
  isJsonObject,
  type JsonObject,
  objectAt,
  stringAt,
  valueAt,
} from './untrusted-json.ts'

const roles: ReadonlyMap<string, Role> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['tool', 'tool'],
])

const noIdentity: IdentityHints = {
  conversationId: undefined,
  previousResponseId: undefined,
  metadataUserId: undefined,
  safetyIdentifier: undefined,
  promptCacheKey: undefined,
  user: undefined,
}

const generatePath = /\/api\/generate\/?$/
const pathEnd = /\/api\/(?:chat|generate)\/?$/

const readRequest = (body: JsonObject, path: string): Asked | 'no_answer' | undefined =>
  generatePath.test(path) ? readGenerate(body) : readChat(body)

/** Without messages the request loads or unloads the model. */
const readChat = (body: JsonObject): Asked | 'no_answer' | undefined => {
  const messages = optionalItemsAt(body, 'messages')
  const tools = readTools(body)
  const requestedModel = stringAt(body, 'model')
  if (messages === undefined || tools === undefined || requestedModel === undefined) {
    return undefined
  }
  if (messages.length === 0) return 'no_answer'
  const history: Turn[] = []
  for (const message of messages) {
    const turn = readMessage(message)
    if (turn === undefined) return undefined
    history.push(turn)
  }
  return {
    requestedModel,
    ...splitSystem(undefined, history),
    tools,
    structured: isStructured(body),
    stateful: false,
    identity: noIdentity,
  }
}

const readMessage = (message: unknown): Turn | undefined => {
  const role = roles.get(stringAt(message, 'role') ?? '')
  const content = valueAt(message, 'content') ?? ''
  const images = readImages(message)
  const calls = readOllamaCalls(message)
  if (role === undefined || typeof content !== 'string') return undefined
  if (images === undefined || calls === undefined) return undefined
  if (role === 'tool') {
    const callId = stringAt(message, 'tool_call_id')
    return { role, parts: [{ kind: 'tool_result', callId, text: content, isError: false }] }
  }
  const thinking = stringAt(message, 'thinking') ?? ''
  const parts: Part[] = []
  if (thinking !== '') parts.push({ kind: 'reasoning', text: thinking })
  if (content !== '') parts.push({ kind: 'text', text: content })
  parts.push(...images, ...calls)
  return { role, parts }
}

const readImages = (holder: unknown): Part[] | undefined =>
  optionalItemsAt(holder, 'images')?.map(() => ({ kind: 'media', media: 'image' }))

const readTools = (body: JsonObject): ToolOffer[] | undefined => {
  const tools = optionalItemsAt(body, 'tools')
  if (tools === undefined) return undefined
  const offers: ToolOffer[] = []
  for (const tool of tools) {
    const declared = objectAt(tool, 'function')
    const name = stringAt(declared, 'name')
    if (name === undefined) return undefined
    const parameters = offeredSchema(valueAt(declared, 'parameters'))
    offers.push({ name, serverSide: false, parameters })
  }
  return offers
}

/** A prompt is one turn; what came before it hides in `context`, the tokens of an earlier answer. */
const readGenerate = (body: JsonObject): Asked | 'no_answer' | undefined => {
  const prompt = valueAt(body, 'prompt') ?? ''
  const images = readImages(body)
  const context = arrayAt(body, 'context')
  const requestedModel = stringAt(body, 'model')
  if (typeof prompt !== 'string' || images === undefined || requestedModel === undefined) {
    return undefined
  }
  if (prompt === '' && images.length === 0) return 'no_answer'
  const text: Part[] = prompt === '' ? [] : [{ kind: 'text', text: prompt }]
  return {
    requestedModel,
    ...splitSystem(stringAt(body, 'system'), [{ role: 'user', parts: [...text, ...images] }]),
    tools: [],
    structured: isStructured(body),
    stateful: context !== undefined && context.length > 0,
    identity: noIdentity,
  }
}

const isStructured = (body: JsonObject): boolean => {
  const format = valueAt(body, 'format')
  return format === 'json' || isJsonObject(format)
}

export const ollama: Decoder = {
  protocol: 'ollama',
  matches: (method, path) => method === 'POST' && pathEnd.test(path),
  decode: (input) =>
    decodeWith(
      {
        protocol: 'ollama',
        readRequest,
        readWhole: readOllamaWhole,
        readFramed: readOllamaLines,
      },
      input,
    ),
}
