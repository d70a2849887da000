/**
 * The Model Context Protocol over streamable HTTP, the tool side of an agent: what was asked for, and
 * whether it was executed. No model answers here, so nothing is judged. Both generations are read: up
 * to 2025-11-25 (handshake, sessions, arrays of messages) and 2026-07-28 (every request by itself).
 * A response is JSON or events; server messages before the response only pass by.
 */
import type { McpCall, McpMethod, McpOutcome } from '../exchange/mcp-call.ts'
import type { Decoded, DecodeFailure, Decoder, DecoderInput } from './decoder.ts'
import { readSse } from './sse.ts'
import {
  isJsonObject,
  type JsonObject,
  objectAt,
  parseJsonBytes,
  parseJsonText,
  stringAt,
  valueAt,
} from './untrusted-json.ts'

/** Messages of one array; later revisions have no arrays at all. */
const messagesMax = 256

const methods: ReadonlyMap<string, McpMethod> = new Map([
  ['tools/call', 'tools_call'],
  ['tools/list', 'tools_list'],
  ['initialize', 'session'],
  ['ping', 'session'],
  ['server/discover', 'session'],
  ['subscriptions/listen', 'session'],
  ['logging/setLevel', 'session'],
])

const methodOf = (method: string): McpMethod => {
  const known = methods.get(method)
  if (known !== undefined) return known
  if (method.startsWith('resources/')) return 'resources'
  if (method.startsWith('prompts/')) return 'prompts'
  return method.startsWith('notifications/') ? 'notification' : 'other'
}

/** Messages of a body: one object or an array of them; undefined: not a shape of this protocol. */
const messagesOf = (value: unknown): JsonObject[] | undefined => {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  const messages = items.filter(isJsonObject)
  const isSound =
    messages.length === items.length &&
    items.length > 0 &&
    items.length <= messagesMax &&
    messages.every((message) => stringAt(message, 'jsonrpc') === '2.0')
  return isSound ? messages : undefined
}

/** Ids are strings or numbers, and 1 is not "1". */
const idOf = (message: JsonObject): string | undefined => {
  const id = valueAt(message, 'id')
  return typeof id === 'string' || typeof id === 'number' ? JSON.stringify(id) : undefined
}

const readResponses = (bytes: Uint8Array): Map<string, JsonObject> | DecodeFailure => {
  const found = new Map<string, JsonObject>()
  const keep = (value: unknown): DecodeFailure | undefined => {
    const messages = messagesOf(value)
    if (messages === undefined) return 'unknown_shape'
    for (const message of messages) {
      const id = idOf(message)
      const isResponse = valueAt(message, 'method') === undefined
      if (id !== undefined && isResponse && found.size < messagesMax) found.set(id, message)
    }
    return undefined
  }
  if (bytes.byteLength === 0) return found
  if (/^\s*[[{]/.test(new TextDecoder().decode(bytes.subarray(0, 64)))) {
    const parsed = parseJsonBytes(bytes)
    return parsed.ok ? (keep(parsed.value) ?? found) : parsed.reason
  }
  const failure = readSse(bytes, (event) => {
    if (event.data === '') return undefined
    const parsed = parseJsonText(event.data)
    return parsed.ok ? keep(parsed.value) : parsed.reason
  })
  return failure ?? found
}

const outcomeOf = (response: JsonObject | undefined): McpOutcome => {
  if (response === undefined) return 'unanswered'
  if (objectAt(response, 'error') !== undefined) return 'rejected'
  const result = objectAt(response, 'result')
  if (result === undefined) return 'unanswered'
  const type = stringAt(result, 'resultType')
  if (objectAt(result, 'task') !== undefined || (type !== undefined && type !== 'complete')) {
    return 'pending'
  }
  return valueAt(result, 'isError') === true ? 'tool_error' : 'ok'
}

const decode = ({ captured, request, response }: DecoderInput): Decoded => {
  const asked = parseJsonBytes(request)
  if (!asked.ok) return asked
  const messages = messagesOf(asked.value)
  if (messages === undefined) return { ok: false, reason: 'unknown_shape' }
  const isError = captured.status < 200 || captured.status > 299
  const responses = isError ? new Map<string, JsonObject>() : readResponses(response)
  if (typeof responses === 'string') return { ok: false, reason: responses }
  const calls: McpCall[] = []
  for (const message of messages) {
    const sent = stringAt(message, 'method')
    // The client's own answer to a request of the server.
    if (sent === undefined) continue
    const id = idOf(message)
    const ended = id === undefined ? 'accepted' : outcomeOf(responses.get(id))
    calls.push({ method: methodOf(sent), outcome: isError ? 'rejected' : ended })
  }
  return { ok: false, reason: 'no_answer', calls }
}

/** Where the path says nothing, a header does: sent after the handshake, and always since 2026-07-28. */
const pathEnd = /\/mcp\/?$/

export const mcp: Decoder = {
  protocol: 'mcp',
  matches: (method, path, headers) =>
    method === 'POST' &&
    (pathEnd.test(path) ||
      headers?.['mcp-protocol-version'] !== undefined ||
      headers?.['mcp-method'] !== undefined),
  decode,
}
