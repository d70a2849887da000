/**
 * The items of the Responses API, which stand alike in a request's input and a response's output.
 * Shapes: openai SDK 6.49 and 7.55, resources/responses. Items of an unknown type are left out.
 */
import type { Part, Role } from '../exchange/exchange.ts'
import { jsonText, readContent, resultText } from './content-parts.ts'
import { arrayAt, isJsonObject, type JsonObject, stringAt, valueAt } from './untrusted-json.ts'

export interface ReadItem {
  role: Role
  parts: Part[]
}

/** `stateful`: the item points at history that only the server holds. */
export type ItemReading = ReadItem | 'malformed' | 'stateful' | 'ignored'

const roles: ReadonlyMap<string, Role> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
])

/** Calls without a name of their own: the tool's name, and the field that holds its input. */
const namedCalls: ReadonlyMap<string, { name: string; input: readonly string[] }> = new Map([
  ['shell_call', { name: 'shell', input: ['action'] }],
  ['local_shell_call', { name: 'local_shell', input: ['action'] }],
  ['apply_patch_call', { name: 'apply_patch', input: ['operation'] }],
  ['computer_call', { name: 'computer', input: ['action', 'actions'] }],
  ['web_search_call', { name: 'web_search', input: ['action'] }],
  ['file_search_call', { name: 'file_search', input: ['queries'] }],
  ['code_interpreter_call', { name: 'code_interpreter', input: ['code'] }],
  ['image_generation_call', { name: 'image_generation', input: [] }],
  ['tool_search_call', { name: 'tool_search', input: ['arguments'] }],
  ['program', { name: 'program', input: ['code'] }],
])

const resultFields: ReadonlyMap<string, string> = new Map([
  ['function_call_output', 'output'],
  ['custom_tool_call_output', 'output'],
  ['computer_call_output', 'output'],
  ['shell_call_output', 'output'],
  ['local_shell_call_output', 'output'],
  ['apply_patch_call_output', 'output'],
  ['program_output', 'result'],
])

/** Calls that the client has to run: the answer ends with them. */
export const clientCalls: ReadonlySet<string> = new Set([
  'function_call',
  'custom_tool_call',
  'shell_call',
  'local_shell_call',
  'apply_patch_call',
  'computer_call',
  'mcp_approval_request',
])

export const readItem = (item: unknown): ItemReading => {
  if (!isJsonObject(item)) return 'malformed'
  const type = stringAt(item, 'type')
  if (type === 'message' || (type === undefined && valueAt(item, 'role') !== undefined)) {
    return readMessageItem(item)
  }
  if (type === 'item_reference' || type === 'compaction') return 'stateful'
  if (type === undefined) return stringAt(item, 'id') === undefined ? 'malformed' : 'stateful'
  if (type === 'reasoning') return readReasoning(item)
  if (type === 'mcp_call') return readMcpCall(item)
  const resultField = resultFields.get(type)
  if (resultField !== undefined) return readResult(item, resultField)
  return readCall(item, type)
}

const readMessageItem = (item: JsonObject): ItemReading => {
  const role = roles.get(stringAt(item, 'role') ?? '')
  const parts = readContent(valueAt(item, 'content'))
  return role === undefined || parts === undefined ? 'malformed' : { role, parts }
}

const textsAt = (item: JsonObject, key: string): string[] =>
  (arrayAt(item, key) ?? []).flatMap((part) => stringAt(part, 'text') ?? [])

const readReasoning = (item: JsonObject): ItemReading => {
  const text = [...textsAt(item, 'summary'), ...textsAt(item, 'content')].join('\n')
  return { role: 'assistant', parts: text === '' ? [] : [{ kind: 'reasoning', text }] }
}

const callPart = (item: JsonObject, name: string, input: string): Part => ({
  kind: 'tool_call',
  id: stringAt(item, 'call_id') ?? stringAt(item, 'id'),
  name,
  arguments: input,
})

const readCall = (item: JsonObject, type: string): ItemReading => {
  const known = namedCalls.get(type)
  if (known !== undefined) {
    const input = known.input.map((key) => valueAt(item, key)).find((value) => value != null)
    const part = callPart(item, known.name, jsonText(input ?? {}))
    return { role: 'assistant', parts: [part] }
  }
  if (type !== 'function_call' && type !== 'custom_tool_call') {
    return type === 'mcp_approval_request' ? readNamed(item, 'arguments') : 'ignored'
  }
  return readNamed(item, type === 'function_call' ? 'arguments' : 'input')
}

const readNamed = (item: JsonObject, inputField: string): ItemReading => {
  const name = stringAt(item, 'name')
  if (name === undefined) return 'malformed'
  const part = callPart(item, name, stringAt(item, inputField) ?? '')
  return { role: 'assistant', parts: [part] }
}

/** The provider ran it: call and result are one item. */
const readMcpCall = (item: JsonObject): ItemReading => {
  const called = readNamed(item, 'arguments')
  if (typeof called === 'string') return called
  const error = valueAt(item, 'error') ?? undefined
  const output = valueAt(item, 'output') ?? undefined
  if (error === undefined && output === undefined) return called
  called.parts.push({
    kind: 'tool_result',
    callId: stringAt(item, 'id'),
    text: resultText(error ?? output),
    isError: error !== undefined,
  })
  return called
}

const readResult = (item: JsonObject, field: string): ItemReading => ({
  role: 'tool',
  parts: [
    {
      kind: 'tool_result',
      callId: stringAt(item, 'call_id') ?? stringAt(item, 'id'),
      text: resultText(valueAt(item, field)),
      isError: stringAt(item, 'status') === 'failed',
    },
  ],
})
