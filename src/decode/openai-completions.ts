/**
 * The older OpenAI completions of one prompt, whole and streamed. Shapes: openai SDK 6.49,
 * resources/completions. Of several prompts and choices the first is read; a prompt of tokens has no
 * text to read.
 */
import type { Part } from '../exchange/exchange.ts'
import {
  type Answered,
  type Asked,
  answeredByError,
  decodeWith,
  refusalList,
  type StreamReader,
} from './assemble.ts'
import { answerOf, itemsAt, optionalItemsAt } from './content-parts.ts'
import type { DecodeFailure, Decoder } from './decoder.ts'
import { chatStop, chatUsage } from './openai-chat-message.ts'
import { asksForJson, completionsIdentity } from './openai-request.ts'
import { pathModel } from './path-model.ts'
import { refusalOfError } from './provider-refusal.ts'
import type { SseEvent } from './sse.ts'
import {
  indexAt,
  isJsonObject,
  type JsonObject,
  parseJsonText,
  stringAt,
  valueAt,
} from './untrusted-json.ts'

/** Prompts times choices of one request. */
const indexMax = 8191

const deploymentPath = /\/deployments\/([^/]{1,256})\/completions\/?$/
const pathEnd = /(?<!\/chat)\/completions\/?$/

const readRequest = (body: JsonObject, path: string): Asked | undefined => {
  const parts = readPrompt(valueAt(body, 'prompt'))
  if (parts === undefined) return undefined
  return {
    requestedModel: stringAt(body, 'model') ?? pathModel(deploymentPath, path),
    system: undefined,
    turns: [{ role: 'user', parts }],
    tools: [],
    structured: asksForJson(body),
    stateful: false,
    identity: completionsIdentity(body),
  }
}

const readPrompt = (prompt: unknown): Part[] | undefined => {
  if (typeof prompt === 'string') return [{ kind: 'text', text: prompt }]
  if (!Array.isArray(prompt) || prompt.length === 0) return undefined
  const first: unknown = prompt[0]
  if (typeof first === 'string') return [{ kind: 'text', text: first }]
  const isTokens = typeof first === 'number' || (Array.isArray(first) && first.length > 0)
  return isTokens ? [] : undefined
}

class CompletionReader implements StreamReader {
  #text = ''
  #finishReason: string | undefined
  readonly #choices = new Set<number>()
  #chunks = 0
  #done = false
  #error: unknown
  #model: string | undefined
  #id: string | undefined
  #usage: Answered['usage'] = { inputTokens: undefined, outputTokens: undefined }

  push(event: SseEvent): DecodeFailure | undefined {
    if (this.#done || event.data === '') return undefined
    if (event.data.startsWith('[DONE]')) {
      this.#done = true
      return undefined
    }
    const chunk = parseJsonText(event.data)
    if (!chunk.ok) return chunk.reason
    return isJsonObject(chunk.value) ? this.add(chunk.value) : 'unknown_shape'
  }

  add(body: JsonObject): DecodeFailure | undefined {
    if (this.#error !== undefined) return undefined
    this.#error = valueAt(body, 'error') ?? undefined
    if (this.#error !== undefined) return undefined
    this.#id ??= stringAt(body, 'id')
    this.#model ??= stringAt(body, 'model')
    const usage = chatUsage(body)
    if (usage.inputTokens !== undefined || usage.outputTokens !== undefined) this.#usage = usage
    const choices = optionalItemsAt(body, 'choices')
    if (choices === undefined) return 'unknown_shape'
    this.#chunks++
    return choices.every((choice) => this.#choice(choice)) ? undefined : 'unknown_shape'
  }

  /** false: not a shape of this format. */
  #choice(choice: unknown): boolean {
    const index = valueAt(choice, 'index') === undefined ? 0 : indexAt(choice, 'index', indexMax)
    const text = stringAt(choice, 'text')
    if (index === undefined || text === undefined) return false
    this.#choices.add(index)
    if (index !== 0) return true
    this.#text += text
    this.#finishReason = stringAt(choice, 'finish_reason') ?? this.#finishReason
    return true
  }

  finish(isWhole = false): Answered | DecodeFailure {
    const error = this.#error
    if (error !== undefined && this.#chunks === 0) return answeredByError(error)
    const isEnded = isWhole || this.#done || this.#finishReason !== undefined
    if (error === undefined && !isEnded) return 'stream_incomplete'
    if (this.#chunks === 0) return 'unknown_shape'
    const stop = error === undefined ? chatStop(this.#finishReason) : 'error'
    const parts: Part[] = this.#text === '' ? [] : [{ kind: 'text', text: this.#text }]
    return {
      servedModel: this.#model,
      responseId: this.#id,
      answer: answerOf(parts, stop, this.#choices.size),
      providerRefusals: refusalList(
        stop === 'content_filter' && 'content_filter',
        error === undefined ? undefined : refusalOfError(error),
      ),
      usage: this.#usage,
    }
  }
}

const readWhole = (body: JsonObject): Answered | DecodeFailure => {
  const error = valueAt(body, 'error') ?? undefined
  if (error !== undefined) return answeredByError(error)
  if (itemsAt(body, 'choices') === undefined) return 'unknown_shape'
  const reader = new CompletionReader()
  return reader.add(body) ?? reader.finish(true)
}

export const openaiCompletions: Decoder = {
  protocol: 'openai_completions',
  matches: (method, path) => method === 'POST' && pathEnd.test(path),
  decode: (input) =>
    decodeWith(
      {
        protocol: 'openai_completions',
        readRequest,
        readWhole,
        createStreamReader: () => new CompletionReader(),
      },
      input,
    ),
}
