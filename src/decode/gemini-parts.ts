/**
 * The parts of Gemini content. A part has no type: the field that is there says what it is. Parts of
 * an unknown kind are left out; thoughts are reasoning, never answer.
 */
import type { Part } from '../exchange/exchange.ts'
import { itemsMax, jsonText, partsOf } from './content-parts.ts'
import { isJsonObject, type JsonObject, stringAt, valueAt } from './untrusted-json.ts'

/** A field in either spelling of the API: `fileData`, or `file_data`. */
export const fieldAt = (value: unknown, name: string): unknown =>
  valueAt(value, name) ?? valueAt(value, snakeCase(name))

const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** An array that may be left out; undefined when it is something else or too long. */
export const itemsOrNone = (value: unknown): readonly unknown[] | undefined => {
  if (value === undefined || value === null) return []
  return Array.isArray(value) && value.length <= itemsMax ? value : undefined
}

/** undefined: not a shape of this format. */
export const readGeminiParts = (content: unknown): Part[] | undefined => {
  const items = isJsonObject(content) ? itemsOrNone(valueAt(content, 'parts')) : undefined
  return items === undefined ? undefined : partsOf(items, readPart)
}

const readPart = (item: JsonObject): Part | 'malformed' | undefined => {
  const text = valueAt(item, 'text')
  if (text !== undefined && text !== null) {
    if (typeof text !== 'string') return 'malformed'
    return { kind: valueAt(item, 'thought') === true ? 'reasoning' : 'text', text }
  }
  const called = fieldAt(item, 'functionCall')
  if (isJsonObject(called)) return functionCall(called)
  const responded = fieldAt(item, 'functionResponse')
  if (isJsonObject(responded)) return functionResponse(responded)
  const media = fieldAt(item, 'inlineData') ?? fieldAt(item, 'fileData')
  if (isJsonObject(media)) return { kind: 'media', media: mediaKind(fieldAt(media, 'mimeType')) }
  return codePart(item)
}

/** Arguments streamed piece by piece (`partialArgs`, Vertex AI) are not put together here. */
const functionCall = (called: JsonObject): Part | 'malformed' => {
  const name = stringAt(called, 'name')
  if (name === undefined || fieldAt(called, 'partialArgs') !== undefined) return 'malformed'
  const id = stringAt(called, 'id')
  return { kind: 'tool_call', id, name, arguments: jsonText(valueAt(called, 'args') ?? {}) }
}

/** The API's convention: `error` in the response says that the call failed. */
const functionResponse = (responded: JsonObject): Part => {
  const response = valueAt(responded, 'response')
  return {
    kind: 'tool_result',
    callId: stringAt(responded, 'id'),
    text: response === undefined || response === null ? '' : jsonText(response),
    isError: (valueAt(response, 'error') ?? undefined) !== undefined,
  }
}

/** Code that the serving side runs. */
const codePart = (item: JsonObject): Part | undefined => {
  const code = fieldAt(item, 'executableCode')
  if (isJsonObject(code)) {
    const text = stringAt(code, 'code') ?? ''
    return { kind: 'tool_call', id: stringAt(code, 'id'), name: 'code_execution', arguments: text }
  }
  const result = fieldAt(item, 'codeExecutionResult')
  if (!isJsonObject(result)) return undefined
  return {
    kind: 'tool_result',
    callId: stringAt(result, 'id'),
    text: stringAt(result, 'output') ?? '',
    isError: stringAt(result, 'outcome') !== 'OUTCOME_OK',
  }
}

const mediaKind = (mimeType: unknown): 'image' | 'audio' | 'file' => {
  const type = typeof mimeType === 'string' ? mimeType.toLowerCase() : ''
  if (type.startsWith('image/')) return 'image'
  return type.startsWith('audio/') ? 'audio' : 'file'
}
