/**
 * Ollama answers: JSON objects line by line, the last one with `done`; or that one alone. A line is
 * one piece of the answer, tool calls come whole.
 */
import type { Part, StopReason } from '../exchange/exchange.ts'
import { type Answered, answeredByError, refusalList } from './assemble.ts'
import { answerOf } from './content-parts.ts'
import type { DecodeFailure } from './decoder.ts'
import { readOllamaCalls } from './ollama-calls.ts'
import {
  countAt,
  isJsonObject,
  type JsonObject,
  objectAt,
  parseJsonText,
  stringAt,
  valueAt,
} from './untrusted-json.ts'

const stops: ReadonlyMap<string, StopReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
])

/** Calls of one answer; no real one comes near. */
const callsMax = 1024

class OllamaReader {
  #text = ''
  #reasoning = ''
  readonly #calls: Part[] = []
  #pieces = 0
  #last: JsonObject | undefined
  #error: { message: string } | undefined
  #model: string | undefined

  add(line: JsonObject): DecodeFailure | undefined {
    if (this.#last !== undefined || this.#error !== undefined) return undefined
    const error = stringAt(line, 'error')
    if (error !== undefined) {
      this.#error = { message: error }
      return undefined
    }
    const message = objectAt(line, 'message')
    const done = valueAt(line, 'done')
    const content =
      message === undefined ? stringAt(line, 'response') : (stringAt(message, 'content') ?? '')
    const calls = readOllamaCalls(message)
    if (typeof done !== 'boolean' || calls === undefined) return 'unknown_shape'
    // The last line may have nothing to add to the text.
    if (content === undefined && !done) return 'unknown_shape'
    if (this.#calls.length + calls.length > callsMax) return 'unknown_shape'
    this.#pieces++
    this.#model ??= stringAt(line, 'model')
    this.#text += content ?? ''
    this.#reasoning += stringAt(message ?? line, 'thinking') ?? ''
    this.#calls.push(...calls)
    if (done) this.#last = line
    return undefined
  }

  finish(): Answered | DecodeFailure {
    const error = this.#error
    if (error !== undefined && this.#pieces === 0) return answeredByError(error)
    if (error === undefined && this.#last === undefined) return 'stream_incomplete'
    const parts: Part[] = []
    if (this.#reasoning !== '') parts.push({ kind: 'reasoning', text: this.#reasoning })
    if (this.#text !== '') parts.push({ kind: 'text', text: this.#text })
    parts.push(...this.#calls)
    return {
      servedModel: this.#model,
      responseId: undefined,
      answer: answerOf(parts, this.#stop(), 1),
      providerRefusals: refusalList(),
      usage: {
        inputTokens: countAt(this.#last, 'prompt_eval_count'),
        outputTokens: countAt(this.#last, 'eval_count'),
      },
    }
  }

  #stop(): StopReason {
    if (this.#error !== undefined) return 'error'
    const sent = stringAt(this.#last, 'done_reason')
    const stop = sent === undefined ? undefined : (stops.get(sent) ?? 'other')
    return stop === 'stop' && this.#calls.length > 0 ? 'tool_calls' : stop
  }
}

export const readOllamaWhole = (body: JsonObject): Answered | DecodeFailure => {
  const reader = new OllamaReader()
  return reader.add(body) ?? reader.finish()
}

/** undefined: no second line begins, so this is one object. */
export const readOllamaLines = (bytes: Uint8Array): Answered | DecodeFailure | undefined => {
  const text = new TextDecoder().decode(bytes)
  const end = text.indexOf('\n')
  const first = end === -1 ? undefined : parseJsonText(text.slice(0, end))
  // A printed object of many lines has no whole object in its first one.
  if (first === undefined || !first.ok) return undefined
  const isOnly = text.slice(end + 1).trim() === ''
  if (isOnly && valueAt(first.value, 'done') === true) return undefined
  const reader = new OllamaReader()
  for (let at = 0; at < text.length; ) {
    const stop = text.indexOf('\n', at)
    const line = text.slice(at, stop === -1 ? text.length : stop)
    at = stop === -1 ? text.length : stop + 1
    if (line.trim() === '') continue
    const parsed = parseJsonText(line)
    // The last line of a cut stream ends anywhere.
    if (!parsed.ok) return stop === -1 ? 'stream_incomplete' : parsed.reason
    const failure = isJsonObject(parsed.value) ? reader.add(parsed.value) : 'unknown_shape'
    if (failure !== undefined) return failure
  }
  return reader.finish()
}
