/**
 * OpenAI Responses requests, and the decoder of the format. A request may show only the newest turn
 * and leave the rest to the server: `stateful` says so.
 */
import type { ToolOffer, Turn } from '../exchange/exchange.ts'
import { type Asked, decodeWith } from './assemble.ts'
import { itemsAt, optionalItemsAt, splitSystem, splitTurns } from './content-parts.ts'
import type { Decoder } from './decoder.ts'
import { offeredSchema } from './offered-schema.ts'
import { readResponse } from './openai-responses-answer.ts'
import { readItem } from './openai-responses-items.ts'
import { createResponsesStreamReader } from './openai-responses-stream.ts'
import { arrayAt, type JsonObject, objectAt, stringAt, valueAt } from './untrusted-json.ts'

/** Built-in tools that the client runs; every other type without a declaration is hosted. */
const clientTools: ReadonlySet<string> = new Set([
  'local_shell',
  'apply_patch',
  'computer',
  'computer_use_preview',
  'computer-preview',
])

const readRequest = (body: JsonObject): Asked | undefined => {
  const history = readInput(body)
  const tools = optionalItemsAt(body, 'tools')
  const added = (arrayAt(body, 'input') ?? []).flatMap((item) =>
    stringAt(item, 'type') === 'additional_tools' ? (itemsAt(item, 'tools') ?? []) : [],
  )
  const offers = tools === undefined ? undefined : readTools([...tools, ...added])
  if (history === undefined || offers === undefined) return undefined
  const format = stringAt(objectAt(objectAt(body, 'text'), 'format'), 'type')
  const conversationId =
    stringAt(body, 'conversation') ?? stringAt(objectAt(body, 'conversation'), 'id')
  const previousResponseId = stringAt(body, 'previous_response_id')
  return {
    requestedModel: stringAt(body, 'model'),
    ...splitSystem(stringAt(body, 'instructions'), history.turns),
    tools: offers,
    structured: format === 'json_schema' || format === 'json_object',
    stateful: history.stateful || conversationId !== undefined || previousResponseId !== undefined,
    identity: {
      conversationId,
      previousResponseId,
      metadataUserId: undefined,
      safetyIdentifier: stringAt(body, 'safety_identifier'),
      promptCacheKey: stringAt(body, 'prompt_cache_key'),
      user: stringAt(body, 'user'),
    },
  }
}

const readInput = (body: JsonObject): { turns: Turn[]; stateful: boolean } | undefined => {
  const input = valueAt(body, 'input') ?? undefined
  if (typeof input === 'string') {
    return { turns: splitTurns('user', [{ kind: 'text', text: input }]), stateful: false }
  }
  if (input === undefined)
    return hasInputElsewhere(body) ? { turns: [], stateful: false } : undefined
  const items = itemsAt(body, 'input')
  if (items === undefined) return undefined
  const turns: Turn[] = []
  let stateful = false
  for (const item of items) {
    const reading = readItem(item)
    if (reading === 'malformed') return undefined
    if (reading === 'stateful') stateful = true
    // The call follows once it is approved; counting the question as well would count it twice.
    const isQuestion = stringAt(item, 'type') === 'mcp_approval_request'
    if (typeof reading === 'string' || isQuestion) continue
    for (const turn of splitTurns(reading.role, reading.parts)) append(turns, turn)
  }
  return { turns, stateful }
}

/** A stored prompt or the server's history may stand for the input. */
const hasInputElsewhere = (body: JsonObject): boolean =>
  ['prompt', 'conversation', 'previous_response_id'].some(
    (key) => (valueAt(body, key) ?? undefined) !== undefined,
  )

/** Reasoning, text and calls of one answer are items of their own: together they are one turn. */
const append = (turns: Turn[], turn: Turn): void => {
  const last = turns.at(-1)
  if (turn.role === 'assistant' && last?.role === 'assistant') last.parts.push(...turn.parts)
  else turns.push(turn)
}

const readTools = (tools: readonly unknown[]): ToolOffer[] | undefined => {
  const offers: ToolOffer[] = []
  for (const tool of tools) {
    const type = stringAt(tool, 'type')
    if (type === undefined) return undefined
    if (type === 'namespace') {
      const nested = optionalItemsAt(tool, 'tools')
      const inner = nested === undefined ? undefined : readDeclared(nested)
      if (inner === undefined) return undefined
      offers.push(...inner)
      continue
    }
    const declared = type === 'function' || type === 'custom' ? readDeclared([tool]) : undefined
    if (declared !== undefined) offers.push(...declared)
    else if (type === 'function' || type === 'custom') return undefined
    else offers.push(builtIn(tool, type))
  }
  return offers
}

/** Function and custom tools. Some servers take the nested form of chat completions here as well. */
const readDeclared = (tools: readonly unknown[]): ToolOffer[] | undefined => {
  const offers: ToolOffer[] = []
  for (const tool of tools) {
    const nested = objectAt(tool, 'function')
    const name = stringAt(tool, 'name') ?? stringAt(nested, 'name')
    if (name === undefined) return undefined
    // What a custom tool takes is text: it has no schema.
    const isCustom = stringAt(tool, 'type') === 'custom'
    const sent = isCustom
      ? undefined
      : (valueAt(tool, 'parameters') ?? valueAt(nested, 'parameters'))
    offers.push({ name, serverSide: false, parameters: offeredSchema(sent) })
  }
  return offers
}

const builtIn = (tool: unknown, type: string): ToolOffer => {
  const name = type === 'mcp' ? (stringAt(tool, 'server_label') ?? type) : type
  return { name, serverSide: runsOnServer(tool, type), parameters: undefined }
}

const runsOnServer = (tool: unknown, type: string): boolean => {
  if (type === 'tool_search') return stringAt(tool, 'execution') !== 'client'
  if (type === 'shell') {
    const environment = stringAt(objectAt(tool, 'environment'), 'type') ?? 'local'
    return environment !== 'local'
  }
  return !clientTools.has(type)
}

const pathEnd = /\/responses\/?$/

export const openaiResponses: Decoder = {
  protocol: 'openai_responses',
  matches: (method, path) => method === 'POST' && pathEnd.test(path),
  decode: (input) =>
    decodeWith(
      {
        protocol: 'openai_responses',
        readRequest,
        readWhole: (body) => readResponse(body, undefined),
        createStreamReader: createResponsesStreamReader,
      },
      input,
    ),
}
