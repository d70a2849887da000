/**
 * Message content as all three wire formats write it: a string, or an array of typed parts. The
 * type names of the formats do not collide, so one table reads them; clients also send one
 * provider's parts to another through gateways. Parts of an unknown type are left out, a part that
 * is not an object makes the whole shape unknown (undefined).
 */
import type { Answer, Part, Role, StopReason, ToolCall, Turn } from '../exchange/exchange.ts'
import { arrayAt, isJsonObject, type JsonObject, stringAt, valueAt } from './untrusted-json.ts'

/** Messages of a history, parts of a message, tools of a request: no real request comes near. */
export const itemsMax = 8192

const textKinds: ReadonlySet<string> = new Set(['text', 'input_text', 'output_text'])
const toolUseKinds: ReadonlySet<string> = new Set(['tool_use', 'server_tool_use', 'mcp_tool_use'])

const mediaKinds: ReadonlyMap<string, 'image' | 'audio' | 'file'> = new Map([
  ['image', 'image'],
  ['image_url', 'image'],
  ['input_image', 'image'],
  ['audio', 'audio'],
  ['input_audio', 'audio'],
  ['file', 'file'],
  ['input_file', 'file'],
  ['document', 'file'],
  ['container_upload', 'file'],
])

export const readContent = (content: unknown): Part[] | undefined => {
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return [{ kind: 'text', text: content }]
  if (!Array.isArray(content) || content.length > itemsMax) return undefined
  return partsOf(content, readPart)
}

/** undefined: an item is no object, or malformed; one that holds nothing to read is left out. */
export const partsOf = (
  items: readonly unknown[],
  read: (item: JsonObject) => Part | 'malformed' | undefined,
): Part[] | undefined => {
  const parts: Part[] = []
  for (const item of items) {
    if (!isJsonObject(item)) return undefined
    const part = read(item)
    if (part === 'malformed') return undefined
    if (part !== undefined) parts.push(part)
  }
  return parts
}

/** undefined: a type that is not known, or one that holds nothing to read. */
const readPart = (item: JsonObject): Part | 'malformed' | undefined => {
  const type = stringAt(item, 'type')
  if (type === undefined) return 'malformed'
  if (textKinds.has(type)) return textPart('text', stringAt(item, 'text'))
  const media = mediaKinds.get(type)
  if (media !== undefined) return { kind: 'media', media }
  if (type === 'refusal') return textPart('refusal', stringAt(item, 'refusal'))
  if (type === 'thinking') return textPart('reasoning', thinkingText(valueAt(item, 'thinking')))
  if (toolUseKinds.has(type)) return toolUse(item)
  if (type === 'tool_result' || type.endsWith('_tool_result')) return toolResult(item)
  return undefined
}

const textPart = (
  kind: 'text' | 'refusal' | 'reasoning',
  text: string | undefined,
): Part | 'malformed' => (text === undefined ? 'malformed' : { kind, text })

/** Anthropic sends a string; Mistral an array of text parts. */
const thinkingText = (thinking: unknown): string | undefined =>
  typeof thinking === 'string' ? thinking : textOf(thinking)

const toolUse = (item: JsonObject): Part | 'malformed' => {
  const name = stringAt(item, 'name')
  if (name === undefined) return 'malformed'
  return {
    kind: 'tool_call',
    id: stringAt(item, 'id'),
    name,
    arguments: jsonText(valueAt(item, 'input') ?? {}),
  }
}

const toolResult = (item: JsonObject): Part => {
  const content = valueAt(item, 'content')
  return {
    kind: 'tool_result',
    callId: stringAt(item, 'tool_use_id'),
    text: resultText(content),
    isError:
      valueAt(item, 'is_error') === true || stringAt(content, 'type')?.endsWith('_error') === true,
  }
}

/** JSON text of a value that came from JSON.parse; a string is taken as it is. */
export const jsonText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '')

/** The text parts of an array joined by newlines; undefined when it holds none. */
const textOf = (content: unknown): string | undefined => {
  if (!Array.isArray(content)) return undefined
  const texts = content
    .filter((part) => textKinds.has(stringAt(part, 'type') ?? ''))
    .map((part) => stringAt(part, 'text'))
    .filter((text) => text !== undefined)
  return texts.length === 0 ? undefined : texts.join('\n')
}

/** What a tool gave back: its text, else the JSON that it is; '' only when nothing came back. */
export const resultText = (content: unknown): string =>
  content === undefined || content === null ? '' : (textOf(content) ?? jsonText(content))

/** Splits a message where its speaker changes: tool results are the tool's, not the sender's. */
export const splitTurns = (role: Role, parts: readonly Part[]): Turn[] => {
  const turns: Turn[] = []
  for (const part of parts) {
    const speaker: Role = part.kind === 'tool_result' ? 'tool' : role
    const last = turns.at(-1)
    if (last?.role === speaker) last.parts.push(part)
    else turns.push({ role: speaker, parts: [part] })
  }
  return turns.length === 0 ? [{ role, parts: [] }] : turns
}

/** Takes the leading run of system turns off a history and joins it with text sent apart from it. */
export const splitSystem = (
  apart: string | undefined,
  turns: readonly Turn[],
): { system: string | undefined; turns: Turn[] } => {
  const first = turns.findIndex((turn) => turn.role !== 'system')
  const leading = first === -1 ? turns : turns.slice(0, first)
  const texts = leading.map((turn) => textOfParts(turn.parts, 'text', '\n'))
  const all = apart === undefined ? texts : [apart, ...texts]
  return {
    system: all.length === 0 ? undefined : all.join('\n\n'),
    turns: turns.slice(leading.length),
  }
}

export const textOfParts = (
  parts: readonly Part[],
  kind: 'text' | 'refusal' | 'reasoning',
  separator: string,
): string =>
  parts.flatMap((part) => (part.kind === kind && 'text' in part ? part.text : [])).join(separator)

/** An answer from its parts in order; several text parts are one text, as the SDKs show it. */
export const answerOf = (parts: readonly Part[], stop: StopReason, choices: number): Answer => ({
  text: textOfParts(parts, 'text', ''),
  refusal: textOfParts(parts, 'refusal', ''),
  reasoning: textOfParts(parts, 'reasoning', '\n'),
  toolCalls: parts
    .filter((part) => part.kind === 'tool_call')
    .map((part): ToolCall => ({ id: part.id, name: part.name, arguments: part.arguments })),
  stop,
  choices,
})

/** An array of a request that must stay within `itemsMax`; undefined when it is absent or larger. */
export const itemsAt = (value: unknown, key: string): readonly unknown[] | undefined => {
  const items = arrayAt(value, key)
  return items !== undefined && items.length <= itemsMax ? items : undefined
}

/** The same for a field that may be left out or null: an empty array then. */
export const optionalItemsAt = (value: unknown, key: string): readonly unknown[] | undefined =>
  (valueAt(value, key) ?? undefined) === undefined ? [] : itemsAt(value, key)
