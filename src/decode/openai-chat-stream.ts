/**
 * A streamed chat completion: the deltas of the first choice put together. Its end is `[DONE]` or a
 * finish reason; a stream without either was cut. Tool call deltas belong to the index they name.
 */
import type { Part, ProviderRefusalReason, ToolCall } from '../exchange/exchange.ts'
import { type Answered, refusalList, type StreamReader } from './assemble.ts'
import { answerOf, optionalItemsAt, readContent } from './content-parts.ts'
import type { DecodeFailure } from './decoder.ts'
import { chatReasoning, chatStop, chatUsage } from './openai-chat-message.ts'
import { moderationFlags, refusalOfError } from './provider-refusal.ts'
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

/** Higher positions would let one delta claim an array of any length. */
const indexMax = 127

type Call = Omit<ToolCall, 'name'> & { name: string | undefined }

class ChatStreamReader implements StreamReader {
  #text = ''
  #refusal = ''
  #reasoning = ''
  readonly #calls = new Map<number, Call>()
  #legacyCall: Call | undefined
  #finishReason: string | undefined
  readonly #choices = new Set<number>()
  #chunks = 0
  #done = false
  /** `{}` stands for an ordinary error. */
  #error: { refusal?: ProviderRefusalReason } | undefined
  #flagged = false
  #model: string | undefined
  #id: string | undefined
  #usage: Answered['usage'] = { inputTokens: undefined, outputTokens: undefined }

  push(event: SseEvent): DecodeFailure | undefined {
    if (this.#done || this.#error !== undefined || event.data === '') return undefined
    if (event.data.startsWith('[DONE]')) {
      this.#done = true
      return undefined
    }
    const chunk = parseJsonText(event.data)
    if (!chunk.ok) return chunk.reason
    return isJsonObject(chunk.value) ? this.#chunk(chunk.value) : 'unknown_shape'
  }

  #chunk(chunk: JsonObject): DecodeFailure | undefined {
    const error = valueAt(chunk, 'error')
    if (error !== undefined && error !== null) {
      const refusal = refusalOfError(error)
      this.#error = refusal === undefined ? {} : { refusal }
      return undefined
    }
    this.#flagged ||= moderationFlags(chunk)

    // Azure opens with a chunk of filter results whose id and model are empty.
    this.#id ??= stringAt(chunk, 'id') || undefined
    this.#model ??= stringAt(chunk, 'model') || undefined
    const usage = chatUsage(chunk)
    if (usage.inputTokens !== undefined || usage.outputTokens !== undefined) this.#usage = usage
    if (valueAt(chunk, 'choices') === undefined) return undefined
    const choices = optionalItemsAt(chunk, 'choices')
    if (choices === undefined) return 'unknown_shape'
    this.#chunks++
    return choices.every((choice) => this.#choice(choice)) ? undefined : 'unknown_shape'
  }

  /** false: not a shape of this format. */
  #choice(choice: unknown): boolean {
    if (!isJsonObject(choice)) return false
    const index = valueAt(choice, 'index') === undefined ? 0 : indexAt(choice, 'index', indexMax)
    if (index === undefined) return false
    this.#choices.add(index)
    if (index !== 0) return true
    this.#finishReason = stringAt(choice, 'finish_reason') ?? this.#finishReason
    const delta = objectAt(choice, 'delta')
    if (delta === undefined) return true
    const content = readContent(valueAt(delta, 'content'))
    if (content === undefined) return false
    this.#reasoning += chatReasoning(delta) ?? ''
    this.#refusal += stringAt(delta, 'refusal') ?? ''
    for (const part of content) {
      if (part.kind === 'text') this.#text += part.text
      else if (part.kind === 'reasoning') this.#reasoning += part.text
      else if (part.kind === 'refusal') this.#refusal += part.text
    }
    const legacy = objectAt(delta, 'function_call')
    if (legacy !== undefined) this.#legacyCall = extend(this.#legacyCall, undefined, legacy)
    const calls = optionalItemsAt(delta, 'tool_calls')
    return calls?.every((call) => this.#toolCall(call)) ?? false
  }

  #toolCall(delta: unknown): boolean {
    const index = indexAt(delta, 'index', indexMax)
    if (index === undefined) return false
    const called = objectAt(delta, 'function') ?? objectAt(delta, 'custom')
    const call = extend(this.#calls.get(index), stringAt(delta, 'id'), called)
    this.#calls.set(index, call)
    return true
  }

  finish(): Answered | DecodeFailure {
    const error = this.#error
    if (error === undefined) {
      if (!this.#done && this.#finishReason === undefined) return 'stream_incomplete'
      if (this.#chunks === 0) return 'unknown_shape'
    }
    const calls = [...this.#calls].sort(([a], [b]) => a - b).map(([, call]) => call)
    if (this.#legacyCall !== undefined) calls.push(this.#legacyCall)
    const parts = this.#parts(calls)
    if (parts === undefined) return error === undefined ? 'unknown_shape' : 'stream_incomplete'
    const stop = error === undefined ? chatStop(this.#finishReason) : 'error'
    return {
      servedModel: this.#model,
      responseId: this.#id,
      answer: answerOf(parts, stop, this.#choices.size),
      providerRefusals: refusalList(
        this.#refusal !== '' && 'refusal_field',
        this.#finishReason === 'content_filter' && 'content_filter',
        this.#flagged && 'moderation_flagged',
        error?.refusal,
      ),
      usage: this.#usage,
    }
  }

  #parts(calls: readonly Call[]): Part[] | undefined {
    const parts: Part[] = []
    if (this.#reasoning !== '') parts.push({ kind: 'reasoning', text: this.#reasoning })
    if (this.#text !== '') parts.push({ kind: 'text', text: this.#text })
    if (this.#refusal !== '') parts.push({ kind: 'refusal', text: this.#refusal })
    for (const { id, name, arguments: text } of calls) {
      if (name === undefined) return undefined
      parts.push({ kind: 'tool_call', id, name, arguments: text })
    }
    return parts
  }
}

/** Ids and names come once (the last one counts, as in the SDK), arguments piece by piece. */
const extend = (call: Call | undefined, id: string | undefined, delta: unknown): Call => ({
  id: id ?? call?.id,
  name: stringAt(delta, 'name') || call?.name,
  arguments:
    (call?.arguments ?? '') + (stringAt(delta, 'arguments') ?? stringAt(delta, 'input') ?? ''),
})

export const createChatStreamReader = (): StreamReader => new ChatStreamReader()
