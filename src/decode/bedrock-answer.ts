/**
 * A Bedrock Converse answer: whole, or as messages of an event stream, each of one kind that a header
 * names. The stream ends with `messageStop`; `metadata` after it only counts. An exception ends it as
 * well, with what came before.
 */
import type { StopReason } from '../exchange/exchange.ts'
import { type Answered, refusalList } from './assemble.ts'
import { readBlocks } from './bedrock-parts.ts'
import { answerOf } from './content-parts.ts'
import type { DecodeFailure } from './decoder.ts'
import { type EventStreamMessage, looksLikeEventStream, readEventStream } from './event-stream.ts'
import {
  countAt,
  indexAt,
  isJsonObject,
  type JsonObject,
  objectAt,
  parseJsonBytes,
  stringAt,
  valueAt,
} from './untrusted-json.ts'

const stops: ReadonlyMap<string, StopReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool_calls'],
  ['content_filtered', 'content_filter'],
  ['guardrail_intervened', 'content_filter'],
])

/** Blocks of one message. */
const indexMax = 1023

export const readConverse = (body: JsonObject): Answered | DecodeFailure => {
  const message = objectAt(objectAt(body, 'output'), 'message')
  return message === undefined ? 'unknown_shape' : readMessage(body, valueAt(message, 'content'))
}

/** @param body holds `stopReason`, `usage` and `trace`, of a whole answer or of a stream */
const readMessage = (
  body: JsonObject,
  content: unknown,
  hasFailed = false,
): Answered | DecodeFailure => {
  const parts = readBlocks(content)
  if (parts === undefined) return 'unknown_shape'
  const sent = stringAt(body, 'stopReason')
  const known = sent === undefined ? undefined : (stops.get(sent) ?? 'other')
  const usage = objectAt(body, 'usage')
  return {
    servedModel: stringAt(objectAt(objectAt(body, 'trace'), 'promptRouter'), 'invokedModelId'),
    responseId: undefined,
    answer: answerOf(parts, hasFailed ? 'error' : known, 1),
    providerRefusals: refusalList(
      sent === 'content_filtered' && 'content_filter',
      // The operator's own guardrail: it can change without the model or the provider.
      sent === 'guardrail_intervened' && 'guardrail',
    ),
    usage: {
      inputTokens: countAt(usage, 'inputTokens'),
      outputTokens: countAt(usage, 'outputTokens'),
    },
  }
}

interface Block {
  start: JsonObject | undefined
  text: string
  reasoning: string
  input: string
}

class ConverseStream {
  readonly #blocks = new Map<number, Block>()
  #stopReason: string | undefined
  #metadata: JsonObject | undefined
  #hasStarted = false
  #hasFailed = false

  push({ headers, payload }: EventStreamMessage): DecodeFailure | undefined {
    const kind = headers.get(':message-type')
    if (this.#hasFailed) return undefined
    if (kind === 'exception' || kind === 'error') {
      this.#hasFailed = true
      return undefined
    }
    if (kind !== 'event') return 'unknown_shape'
    const parsed = parseJsonBytes(payload)
    if (!parsed.ok) return parsed.reason
    if (!isJsonObject(parsed.value)) return 'unknown_shape'
    return this.#event(headers.get(':event-type') ?? '', parsed.value)
  }

  #event(type: string, body: JsonObject): DecodeFailure | undefined {
    switch (type) {
      case 'messageStart':
        this.#hasStarted = true
        return undefined
      case 'contentBlockStart':
        return this.#start(body)
      case 'contentBlockDelta':
        return this.#delta(body)
      case 'messageStop':
        this.#stopReason = stringAt(body, 'stopReason')
        return this.#stopReason === undefined ? 'unknown_shape' : undefined
      case 'metadata':
        this.#metadata = body
        return undefined
      default:
        return undefined
    }
  }

  #start(body: JsonObject): DecodeFailure | undefined {
    const index = indexAt(body, 'contentBlockIndex', indexMax)
    if (index === undefined || this.#blocks.has(index)) return 'unknown_shape'
    const start = objectAt(body, 'start')
    this.#blocks.set(index, { start, text: '', reasoning: '', input: '' })
    return undefined
  }

  /** Only tools announce their block; text begins with its first piece. */
  #delta(body: JsonObject): DecodeFailure | undefined {
    const index = indexAt(body, 'contentBlockIndex', indexMax)
    const delta = objectAt(body, 'delta')
    if (index === undefined || delta === undefined) return 'unknown_shape'
    const known = this.#blocks.get(index)
    const block = known ?? { start: undefined, text: '', reasoning: '', input: '' }
    if (known === undefined) this.#blocks.set(index, block)
    block.text += stringAt(delta, 'text') ?? ''
    block.reasoning += stringAt(objectAt(delta, 'reasoningContent'), 'text') ?? ''
    block.input += stringAt(objectAt(delta, 'toolUse'), 'input') ?? ''
    return undefined
  }

  finish(): Answered | DecodeFailure {
    if (this.#hasFailed && this.#blocks.size === 0) return 'error_status'
    if (!this.#hasFailed && this.#stopReason === undefined) return 'stream_incomplete'
    if (!this.#hasStarted) return 'unknown_shape'
    const blocks = [...this.#blocks].sort(([a], [b]) => a - b).flatMap(([, block]) => whole(block))
    const body = {
      stopReason: this.#stopReason,
      usage: valueAt(this.#metadata, 'usage'),
      trace: valueAt(this.#metadata, 'trace'),
    }
    return readMessage(body, blocks, this.#hasFailed)
  }
}

/** The block as a whole answer would hold it; the input of a tool stays the text that was sent. */
const whole = ({ start, text, reasoning, input }: Block): JsonObject[] => {
  const used = objectAt(start, 'toolUse')
  if (used !== undefined) {
    const [toolUseId, name] = [valueAt(used, 'toolUseId'), valueAt(used, 'name')]
    return [{ toolUse: { toolUseId, name, input: input === '' ? {} : input } }]
  }
  const blocks: JsonObject[] = []
  if (reasoning !== '') blocks.push({ reasoningContent: { reasoningText: { text: reasoning } } })
  if (text !== '') blocks.push({ text })
  return blocks
}

/** undefined: no event stream. */
export const readConverseStream = (bytes: Uint8Array): Answered | DecodeFailure | undefined => {
  if (!looksLikeEventStream(bytes)) return undefined
  const stream = new ConverseStream()
  return readEventStream(bytes, (message) => stream.push(message)) ?? stream.finish()
}
