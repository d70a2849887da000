/**
 * Content blocks of Bedrock Converse. A block has no type: the member that is there says what it is.
 * Blocks of an unknown kind are left out.
 */
import type { Part } from '../exchange/exchange.ts'
import { itemsMax, jsonText } from './content-parts.ts'
import {
  arrayAt,
  isJsonObject,
  type JsonObject,
  objectAt,
  stringAt,
  valueAt,
} from './untrusted-json.ts'

const mediaMembers = [
  ['image', 'image'],
  ['audio', 'audio'],
  ['video', 'file'],
  ['document', 'file'],
] as const

/** undefined: not a shape of this format. */
export const readBlocks = (content: unknown): Part[] | undefined => {
  if (!Array.isArray(content) || content.length > itemsMax) return undefined
  const parts: Part[] = []
  for (const block of content) {
    if (!isJsonObject(block)) return undefined
    const part = readBlock(block)
    if (part === 'malformed') return undefined
    if (part !== undefined) parts.push(part)
  }
  return parts
}

const readBlock = (block: JsonObject): Part | 'malformed' | undefined => {
  const text = valueAt(block, 'text')
  if (text !== undefined && text !== null) {
    return typeof text === 'string' ? { kind: 'text', text } : 'malformed'
  }
  const used = objectAt(block, 'toolUse')
  if (used !== undefined) return toolUse(used)
  const result = objectAt(block, 'toolResult')
  if (result !== undefined) return toolResult(result)
  const reasoning = objectAt(block, 'reasoningContent')
  if (reasoning !== undefined) {
    return { kind: 'reasoning', text: stringAt(objectAt(reasoning, 'reasoningText'), 'text') ?? '' }
  }
  const other =
    stringAt(objectAt(objectAt(block, 'guardContent'), 'text'), 'text') ??
    textsOf(arrayAt(objectAt(block, 'citationsContent'), 'content'))
  if (other !== undefined) return { kind: 'text', text: other }
  const media = mediaMembers.find(([member]) => objectAt(block, member) !== undefined)
  return media === undefined ? undefined : { kind: 'media', media: media[1] }
}

const textsOf = (items: readonly unknown[] | undefined): string | undefined =>
  items?.map((item) => stringAt(item, 'text') ?? '').join('')

const toolUse = (used: JsonObject): Part | 'malformed' => {
  const name = stringAt(used, 'name')
  if (name === undefined) return 'malformed'
  const id = stringAt(used, 'toolUseId')
  return { kind: 'tool_call', id, name, arguments: jsonText(valueAt(used, 'input') ?? {}) }
}

const toolResult = (result: JsonObject): Part => ({
  kind: 'tool_result',
  callId: stringAt(result, 'toolUseId'),
  text: (arrayAt(result, 'content') ?? [])
    .map((item) => stringAt(item, 'text') ?? jsonOf(valueAt(item, 'json')))
    .filter((text) => text !== '')
    .join('\n'),
  isError: stringAt(result, 'status') === 'error',
})

const jsonOf = (value: unknown): string => (value === undefined ? '' : jsonText(value))
