/** One API from the client's side: a history that grows, and the bodies that carry it. */

import { readSse } from '../../decode/sse.ts'
import type { JsonObject } from '../../decode/untrusted-json.ts'
import { parseJsonText } from '../../decode/untrusted-json.ts'

export interface Dialect {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  user(text: string): void
  /** The next request. */
  body(): object
  /** Takes the answer into the history, tool calls with stub results; how many calls there were. */
  readBody(answer: JsonObject): number | undefined
  /** The same from a stream; undefined: the stream ended without its last event. */
  readStream(bytes: Uint8Array): number | undefined
}

export const toolResult = '{"status":"ok","results":["guide-12","guide-31"]}'

export const answerSchema = {
  type: 'object',
  properties: { answer: { type: 'string' }, urgent: { type: 'boolean' } },
  required: ['answer', 'urgent'],
  additionalProperties: false,
} as const

export const toolSchema = {
  type: 'object',
  properties: { query: { type: 'string' } },
  required: ['query'],
} as const

/** The JSON of every event, in order; what is not JSON (`[DONE]`) is left out. */
export function streamedEvents(bytes: Uint8Array): unknown[] {
  const events: unknown[] = []
  readSse(bytes, ({ data }) => {
    const parsed = parseJsonText(data)
    if (parsed.ok) events.push(parsed.value)
    return undefined
  })
  return events
}
