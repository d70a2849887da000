/**
 * OpenAI Chat Completions, whole and streamed, and what compatible servers add to it (Azure, vLLM,
 * SGLang, DeepSeek, OpenRouter). Shapes: openai SDK 6.49, resources/chat/completions. Of several
 * choices the first is read.
 */
import type { Role, ToolOffer, Turn } from '../exchange/exchange.ts'
import { type Answered, type Asked, answeredByError, decodeWith, refusalList } from './assemble.ts'
import { answerOf, itemsAt, optionalItemsAt, splitSystem, splitTurns } from './content-parts.ts'
import type { DecodeFailure, Decoder } from './decoder.ts'
import { offeredSchema } from './offered-schema.ts'
import { chatStop, chatUsage, readMessageParts } from './openai-chat-message.ts'
import { createChatStreamReader } from './openai-chat-stream.ts'
import { asksForJson, completionsIdentity } from './openai-request.ts'
import { moderationFlags } from './provider-refusal.ts'
import { type JsonObject, objectAt, stringAt, valueAt } from './untrusted-json.ts'

const roles: ReadonlyMap<string, Role> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['tool', 'tool'],
  ['function', 'tool'],
])

const deploymentPath = /\/deployments\/([^/]{1,256})\/chat\/completions\/?$/

const readRequest = (body: JsonObject, path: string): Asked | undefined => {
  const messages = itemsAt(body, 'messages')
  const tools = readTools(body)
  if (messages === undefined || tools === undefined) return undefined
  const history: Turn[] = []
  for (const message of messages) {
    const turns = readMessage(message)
    if (turns === undefined) return undefined
    history.push(...turns)
  }
  return {
    requestedModel: stringAt(body, 'model') ?? deploymentPath.exec(path)?.[1],
    ...splitSystem(undefined, history),
    tools,
    structured: asksForJson(body),
    stateful: false,
    identity: completionsIdentity(body),
  }
}

const readMessage = (message: unknown): Turn[] | undefined => {
  const role = roles.get(stringAt(message, 'role') ?? '')
  if (role === undefined) return undefined
  const parts = readMessageParts(message)
  if (parts === undefined) return undefined
  if (role !== 'tool') return splitTurns(role, parts)
  const texts = parts.filter((part) => part.kind === 'text').map((part) => part.text)
  const callId = stringAt(message, 'tool_call_id')
  return [
    {
      role,
      parts: [{ kind: 'tool_result', callId, text: texts.join('\n'), isError: false }],
    },
  ]
}

const readTools = (body: JsonObject): ToolOffer[] | undefined => {
  const tools = optionalItemsAt(body, 'tools')
  const functions = optionalItemsAt(body, 'functions')
  if (tools === undefined || functions === undefined) return undefined
  const offers: ToolOffer[] = []
  for (const tool of [...tools, ...functions.map((legacy) => ({ function: legacy }))]) {
    const offer = readTool(tool)
    if (offer === undefined) return undefined
    offers.push(offer)
  }
  if (objectAt(body, 'web_search_options') !== undefined) {
    offers.push({ name: 'web_search', serverSide: true, parameters: undefined })
  }
  return offers
}

/** A type other than function and custom is a tool of the serving side (Groq, OpenRouter). */
const readTool = (tool: unknown): ToolOffer | undefined => {
  const declared = objectAt(tool, 'function')
  const name = stringAt(declared ?? objectAt(tool, 'custom'), 'name')
  // What a custom tool takes is text: it has no schema.
  const parameters = offeredSchema(valueAt(declared, 'parameters'))
  if (name !== undefined) return { name, serverSide: false, parameters }
  const type = stringAt(tool, 'type')
  const isNamed = type !== undefined && type !== 'function' && type !== 'custom'
  return isNamed ? { name: type, serverSide: true, parameters: undefined } : undefined
}

const readWhole = (body: JsonObject): Answered | DecodeFailure => {
  const error = valueAt(body, 'error')
  if (error !== undefined && error !== null) return answeredByError(error)
  const choices = itemsAt(body, 'choices')
  if (choices === undefined) return 'unknown_shape'
  const [first] = choices
  const message = objectAt(first, 'message')
  if (first !== undefined && message === undefined) return 'unknown_shape'
  const parts = readMessageParts(message)
  if (parts === undefined) return 'unknown_shape'
  const stop = chatStop(stringAt(first, 'finish_reason'))
  const answer = answerOf(parts, stop, choices.length)
  return {
    servedModel: stringAt(body, 'model'),
    responseId: stringAt(body, 'id'),
    answer,
    providerRefusals: refusalList(
      answer.refusal !== '' && 'refusal_field',
      stop === 'content_filter' && 'content_filter',
      moderationFlags(body) && 'moderation_flagged',
    ),
    usage: chatUsage(body),
  }
}

const pathEnd = /\/chat\/completions\/?$/

export const openaiChat: Decoder = {
  protocol: 'openai_chat',
  matches: (method, path) => method === 'POST' && pathEnd.test(path),
  decode: (input) =>
    decodeWith(
      {
        protocol: 'openai_chat',
        readRequest,
        readWhole,
        createStreamReader: createChatStreamReader,
      },
      input,
    ),
}
