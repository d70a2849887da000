/**
 * A streamed response: its terminal event carries the whole of it. The items seen on the way are
 * kept for servers whose terminal event leaves the output empty, and for streams that end in an
 * `error` event. Without any of these the stream was cut.
 */
import type { Answered, StreamReader } from './assemble.ts'
import type { DecodeFailure } from './decoder.ts'
import { readResponse } from './openai-responses-answer.ts'
import type { SseEvent } from './sse.ts'
import {
  arrayAt,
  indexAt,
  isJsonObject,
  type JsonObject,
  objectAt,
  parseJsonText,
  stringAt,
  valueAt,
} from './untrusted-json.ts'

/** Items of one response, and content parts of one item. */
const indexMax = 1023

interface OpenItem {
  item: JsonObject
  done: boolean
  /** Arguments of a call, so far. */
  input: string
  texts: Map<number, { type: 'output_text' | 'refusal'; text: string }>
}

class ResponsesStreamReader implements StreamReader {
  /** The latest `response` seen: the terminal one, or the one the stream began with. */
  #response: JsonObject | undefined
  readonly #items = new Map<number, OpenItem>()
  #ended = false
  #error: JsonObject | undefined

  push(event: SseEvent): DecodeFailure | undefined {
    if (this.#ended || event.data === '' || event.data.startsWith('[DONE]')) return undefined
    const parsed = parseJsonText(event.data)
    if (!parsed.ok) return parsed.reason
    return isJsonObject(parsed.value) ? this.#event(parsed.value) : 'unknown_shape'
  }

  #event(event: JsonObject): DecodeFailure | undefined {
    switch (stringAt(event, 'type') ?? '') {
      case 'response.created':
      case 'response.queued':
      case 'response.in_progress':
        this.#response = objectAt(event, 'response') ?? this.#response
        return undefined
      case 'response.completed':
      case 'response.failed':
      case 'response.incomplete':
        return this.#end(objectAt(event, 'response'))
      case 'error':
        this.#ended = true
        this.#error = objectAt(event, 'error') ?? event
        return undefined
      case 'response.output_item.added':
        return this.#item(event, false)
      case 'response.output_item.done':
        return this.#item(event, true)
      case 'response.output_text.delta':
        return this.#text(event, 'output_text')
      case 'response.refusal.delta':
        return this.#text(event, 'refusal')
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
      case 'response.mcp_call_arguments.delta':
        return this.#input(event)
      default:
        return undefined
    }
  }

  #end(response: JsonObject | undefined): DecodeFailure | undefined {
    if (response === undefined) return 'unknown_shape'
    this.#response = response
    this.#ended = true
    return undefined
  }

  #item(event: JsonObject, done: boolean): DecodeFailure | undefined {
    const index = indexAt(event, 'output_index', indexMax)
    const item = objectAt(event, 'item')
    if (index === undefined || item === undefined) return 'unknown_shape'
    this.#items.set(index, { item, done, input: '', texts: new Map() })
    return undefined
  }

  /** A delta of an item that was never added is left out: the terminal event holds it anyway. */
  #open(event: JsonObject): OpenItem | undefined {
    const index = indexAt(event, 'output_index', indexMax)
    return index === undefined ? undefined : this.#items.get(index)
  }

  #text(event: JsonObject, type: 'output_text' | 'refusal'): undefined {
    const texts = this.#open(event)?.texts
    const index = indexAt(event, 'content_index', indexMax)
    if (texts === undefined || index === undefined) return
    const text = (texts.get(index)?.text ?? '') + (stringAt(event, 'delta') ?? '')
    texts.set(index, { type, text })
  }

  #input(event: JsonObject): undefined {
    const open = this.#open(event)
    if (open !== undefined) open.input += stringAt(event, 'delta') ?? ''
  }

  finish(): Answered | DecodeFailure {
    if (!this.#ended) return 'stream_incomplete'
    const response = this.#response
    const output = arrayAt(response, 'output')
    if (this.#error === undefined && response !== undefined && output?.length !== 0) {
      return readResponse(response, undefined)
    }
    const items = [...this.#items].sort(([a], [b]) => a - b).map(([, open]) => open)
    const assembled = {
      id: valueAt(response, 'id'),
      model: valueAt(response, 'model'),
      status: this.#error === undefined ? valueAt(response, 'status') : undefined,
      output: items.map(whole),
      error: valueAt(response, 'error'),
      incomplete_details: valueAt(response, 'incomplete_details'),
      moderation: valueAt(response, 'moderation'),
      usage: valueAt(response, 'usage'),
    }
    return readResponse(assembled, this.#error)
  }
}

/** The item as a whole response would hold it, with what its deltas brought so far. */
const whole = ({ item, done, input, texts }: OpenItem): JsonObject => {
  if (done) return item
  const type = valueAt(item, 'type')
  if (type === 'message') {
    const content = [...texts]
      .sort(([a], [b]) => a - b)
      .map(([, part]) => (part.type === 'refusal' ? { type: part.type, refusal: part.text } : part))
    return { type, role: valueAt(item, 'role'), content }
  }
  if (input === '') return item
  const id = valueAt(item, 'call_id') ?? valueAt(item, 'id')
  return { type, call_id: id, name: valueAt(item, 'name'), arguments: input, input }
}

export const createResponsesStreamReader = (): StreamReader => new ResponsesStreamReader()
