/**
 * Gemini responses: one object, or a stream of them as server-sent events or as one JSON array, each
 * with the next parts of the first candidate. The stream ends with a finish reason or, when the prompt
 * was blocked, with the reason for that and no candidate at all.
 */
import type { Part, StopReason } from '../exchange/exchange.ts'
import { type Answered, answeredByError, refusalList, type StreamReader } from './assemble.ts'
import { answerOf } from './content-parts.ts'
import type { DecodeFailure } from './decoder.ts'
import { fieldAt, itemsOrNone, readGeminiParts } from './gemini-parts.ts'
import { refusalOfError } from './provider-refusal.ts'
import type { SseEvent } from './sse.ts'
import {
  countAt,
  indexAt,
  isJsonObject,
  type JsonObject,
  parseJsonBytes,
  parseJsonText,
  stringAt,
  valueAt,
} from './untrusted-json.ts'

const stops: ReadonlyMap<string, StopReason> = new Map([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'content_filter'],
  ['PROHIBITED_CONTENT', 'content_filter'],
  ['BLOCKLIST', 'content_filter'],
  ['SPII', 'content_filter'],
  ['IMAGE_SAFETY', 'content_filter'],
  ['IMAGE_PROHIBITED_CONTENT', 'content_filter'],
])

/** What a reason that is not set looks like on the wire. */
const unset: ReadonlySet<string> = new Set([
  '',
  'FINISH_REASON_UNSPECIFIED',
  'BLOCKED_REASON_UNSPECIFIED',
])

const candidatesMax = 127

class GeminiReader implements StreamReader {
  readonly #parts: Part[] = []
  readonly #candidates = new Set<number>()
  #finishReason: string | undefined
  #blockReason: string | undefined
  #error: JsonObject | undefined
  #model: string | undefined
  #id: string | undefined
  #usage: Answered['usage'] = { inputTokens: undefined, outputTokens: undefined }

  push(event: SseEvent): DecodeFailure | undefined {
    if (event.data === '') return undefined
    const parsed = parseJsonText(event.data)
    if (!parsed.ok) return parsed.reason
    return isJsonObject(parsed.value) ? this.add(parsed.value) : 'unknown_shape'
  }

  add(body: JsonObject): DecodeFailure | undefined {
    if (this.#error !== undefined) return undefined
    const error = valueAt(body, 'error')
    if (error !== undefined && error !== null) {
      this.#error = isJsonObject(error) ? error : {}
      return undefined
    }
    this.#model = stringAt(body, 'modelVersion') ?? this.#model
    this.#id ??= stringAt(body, 'responseId')
    this.#blockReason ??= setReason(stringAt(valueAt(body, 'promptFeedback'), 'blockReason'))
    this.#count(valueAt(body, 'usageMetadata'))
    const candidates = itemsOrNone(valueAt(body, 'candidates'))
    if (candidates === undefined) return 'unknown_shape'
    return candidates.every((candidate) => this.#candidate(candidate)) ? undefined : 'unknown_shape'
  }

  /** Running totals: the last one sent is the whole. */
  #count(usage: unknown): void {
    this.#usage = {
      inputTokens: countAt(usage, 'promptTokenCount') ?? this.#usage.inputTokens,
      outputTokens: countAt(usage, 'candidatesTokenCount') ?? this.#usage.outputTokens,
    }
  }

  /** false: not a shape of this format. */
  #candidate(candidate: unknown): boolean {
    if (!isJsonObject(candidate)) return false
    // A field of the value 0 may be left out.
    const isUnnumbered = valueAt(candidate, 'index') === undefined
    const index = isUnnumbered ? 0 : indexAt(candidate, 'index', candidatesMax)
    if (index === undefined) return false
    this.#candidates.add(index)
    if (index !== 0) return true
    this.#finishReason = setReason(stringAt(candidate, 'finishReason')) ?? this.#finishReason
    const content = valueAt(candidate, 'content')
    const parts = content === undefined || content === null ? [] : readGeminiParts(content)
    if (parts === undefined) return false
    this.#parts.push(...parts)
    return true
  }

  finish(isWhole = false): Answered | DecodeFailure {
    const error = this.#error
    if (this.#candidates.size === 0 && this.#blockReason === undefined) {
      return error === undefined ? 'stream_incomplete' : answeredByError(error)
    }
    const isBlocked = this.#blockReason !== undefined
    const isEnded = isWhole || isBlocked || this.#finishReason !== undefined
    if (error === undefined && !isEnded) return 'stream_incomplete'
    const stop = error === undefined ? this.#stop() : 'error'
    return {
      servedModel: this.#model,
      responseId: this.#id,
      answer: answerOf(joined(this.#parts), stop, this.#candidates.size),
      providerRefusals: refusalList(
        this.#blockReason !== undefined && 'prompt_blocked',
        stop === 'content_filter' && this.#blockReason === undefined && 'content_filter',
        error === undefined ? undefined : refusalOfError(error),
      ),
      usage: this.#usage,
    }
  }

  #stop(): StopReason {
    if (this.#finishReason === undefined) {
      return this.#blockReason === undefined ? undefined : 'content_filter'
    }
    const stop = stops.get(this.#finishReason) ?? 'other'
    // A turn that ends in calls for the client to run ends with STOP as well.
    const calls = this.#parts.some((part) => part.kind === 'tool_call' && !isCode(part))
    return stop === 'stop' && calls ? 'tool_calls' : stop
  }
}

const isCode = ({ name }: { name: string }): boolean => name === 'code_execution'

const setReason = (reason: string | undefined): string | undefined =>
  reason === undefined || unset.has(reason) ? undefined : reason

/** Reasoning comes in pieces too; what is joined by newlines must be one part. */
const joined = (parts: readonly Part[]): Part[] => {
  const reasoning = parts.flatMap((part) => (part.kind === 'reasoning' ? part.text : []))
  const rest = parts.filter((part) => part.kind !== 'reasoning')
  return reasoning.length === 0 ? rest : [{ kind: 'reasoning', text: reasoning.join('') }, ...rest]
}

export const createGeminiStreamReader = (): StreamReader => new GeminiReader()

export const readGeminiWhole = (body: JsonObject): Answered | DecodeFailure => {
  if (isJsonObject(fieldAt(body, 'error'))) return answeredByError(fieldAt(body, 'error'))
  const reader = new GeminiReader()
  const answered = reader.add(body) ?? reader.finish(true)
  // Nothing whole can be cut: it has neither a candidate nor a reason for having none.
  return answered === 'stream_incomplete' ? 'unknown_shape' : answered
}

/** streamGenerateContent without `alt=sse`; undefined: the body is no array. */
export const readGeminiArray = (bytes: Uint8Array): Answered | DecodeFailure | undefined => {
  if (!/^\s*\[/.test(new TextDecoder().decode(bytes.subarray(0, 64)))) return undefined
  const parsed = parseJsonBytes(bytes)
  if (!parsed.ok) return parsed.reason
  const items = itemsOrNone(parsed.value)
  if (items === undefined) return 'unknown_shape'
  const reader = new GeminiReader()
  for (const item of items) {
    const failure = isJsonObject(item) ? reader.add(item) : 'unknown_shape'
    if (failure !== undefined) return failure
  }
  return reader.finish()
}
