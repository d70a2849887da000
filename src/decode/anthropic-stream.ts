/**
 * A streamed Anthropic message: its blocks put together by index, then read as a whole message. Its
 * end is `message_stop`; an `error` event ends it as well, with what came before it.
 */
import { readMessage } from './anthropic-answer.ts'
import type { Answered, StreamReader } from './assemble.ts'
import type { DecodeFailure } from './decoder.ts'
import type { SseEvent } from './sse.ts'
import {
  indexAt,
  isJsonObject,
  type JsonObject,
  objectAt,
  parseJsonText,
  stringAt,
  valueAt,
} from './untrusted-json.ts'

/** Blocks of one message; tool loops on the serving side make dozens of them. */
const indexMax = 1023

interface Block {
  start: JsonObject
  text: string
  thinking: string
  json: string
}

class MessagesStreamReader implements StreamReader {
  #message: JsonObject | undefined
  readonly #blocks = new Map<number, Block>()
  #stopReason: string | undefined
  #inputTokens: unknown
  #outputTokens: unknown
  #ended = false
  #error: JsonObject | undefined

  push(event: SseEvent): DecodeFailure | undefined {
    if (this.#ended || event.data === '' || event.event === 'ping') return undefined
    const parsed = parseJsonText(event.data)
    if (!parsed.ok) return parsed.reason
    return isJsonObject(parsed.value) ? this.#event(parsed.value) : 'unknown_shape'
  }

  #event(event: JsonObject): DecodeFailure | undefined {
    switch (stringAt(event, 'type') ?? '') {
      case 'message_start':
        return this.#start(objectAt(event, 'message'))
      case 'content_block_start':
        return this.#blockStart(event)
      case 'content_block_delta':
        return this.#blockDelta(event)
      case 'message_delta':
        this.#stopReason = stringAt(objectAt(event, 'delta'), 'stop_reason') ?? this.#stopReason
        this.#count(event)
        return undefined
      case 'message_stop':
        this.#ended = true
        return undefined
      case 'error':
        this.#ended = true
        this.#error = objectAt(event, 'error') ?? {}
        return undefined
      default:
        return undefined
    }
  }

  #start(message: JsonObject | undefined): DecodeFailure | undefined {
    if (message === undefined || this.#message !== undefined) return 'unknown_shape'
    this.#message = message
    this.#count(message)
    return undefined
  }

  /** Counts are running totals: the last one sent is the whole. */
  #count(holder: JsonObject): void {
    const usage = objectAt(holder, 'usage')
    this.#inputTokens = valueAt(usage, 'input_tokens') ?? this.#inputTokens
    this.#outputTokens = valueAt(usage, 'output_tokens') ?? this.#outputTokens
  }

  #blockStart(event: JsonObject): DecodeFailure | undefined {
    const index = indexAt(event, 'index', indexMax)
    const start = objectAt(event, 'content_block')
    if (index === undefined || start === undefined || this.#blocks.has(index)) {
      return 'unknown_shape'
    }
    this.#blocks.set(index, { start, text: '', thinking: '', json: '' })
    return undefined
  }

  #blockDelta(event: JsonObject): DecodeFailure | undefined {
    const index = indexAt(event, 'index', indexMax)
    const block = index === undefined ? undefined : this.#blocks.get(index)
    const delta = objectAt(event, 'delta')
    if (block === undefined || delta === undefined) return 'unknown_shape'
    const type = stringAt(delta, 'type')
    if (type === 'text_delta') block.text += stringAt(delta, 'text') ?? ''
    else if (type === 'thinking_delta') block.thinking += stringAt(delta, 'thinking') ?? ''
    else if (type === 'input_json_delta') block.json += stringAt(delta, 'partial_json') ?? ''
    return undefined
  }

  finish(): Answered | DecodeFailure {
    if (!this.#ended) return 'stream_incomplete'
    if (this.#message === undefined && this.#error === undefined) return 'unknown_shape'
    const blocks = [...this.#blocks].sort(([a], [b]) => a - b).map(([, block]) => block)
    const message = {
      id: valueAt(this.#message, 'id'),
      model: valueAt(this.#message, 'model'),
      content: blocks.map(whole),
      stop_reason: this.#stopReason ?? valueAt(this.#message, 'stop_reason'),
      usage: { input_tokens: this.#inputTokens, output_tokens: this.#outputTokens },
    }
    return readMessage(message, this.#error)
  }
}

/** The block as a whole message would hold it; tool input stays the text that was sent. */
const whole = ({ start, text, thinking, json }: Block): JsonObject => {
  const type = valueAt(start, 'type')
  if (type === 'text') return { type, text: (stringAt(start, 'text') ?? '') + text }
  if (type === 'thinking') return { type, thinking: (stringAt(start, 'thinking') ?? '') + thinking }
  if (json === '') return start
  return { type, id: valueAt(start, 'id'), name: valueAt(start, 'name'), input: json }
}

export const createMessagesStreamReader = (): StreamReader => new MessagesStreamReader()
