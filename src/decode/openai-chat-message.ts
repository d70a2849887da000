/**
 * What whole and streamed chat completions share: the parts of one message, why it stopped and what
 * it cost. A message is read alike in a history and in an answer.
 */
import type { Part, StopReason } from '../exchange/exchange.ts'
import type { Answered } from './assemble.ts'
import { optionalItemsAt, readContent } from './content-parts.ts'
import { countAt, objectAt, stringAt, valueAt } from './untrusted-json.ts'

const stops: ReadonlyMap<string, StopReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool_calls'],
  ['function_call', 'tool_calls'],
  ['content_filter', 'content_filter'],
  // OpenRouter: the upstream failed after the answer had begun.
  ['error', 'error'],
])

export const chatStop = (finishReason: string | undefined): StopReason =>
  finishReason === undefined ? undefined : (stops.get(finishReason) ?? 'other')

/**
 * vLLM from 0.19 and OpenRouter name it `reasoning`; DeepSeek, SGLang and older vLLM
 * `reasoning_content`. Servers in transition send both with the same text, so one is taken.
 */
export const chatReasoning = (message: unknown): string | undefined =>
  stringAt(message, 'reasoning') ?? stringAt(message, 'reasoning_content')

export const chatUsage = (body: unknown): Answered['usage'] => {
  const usage = objectAt(body, 'usage')
  return {
    inputTokens: countAt(usage, 'prompt_tokens'),
    outputTokens: countAt(usage, 'completion_tokens'),
  }
}

/** The parts of a message of the history or of an answer; undefined when the shape is unknown. */
export const readMessageParts = (message: unknown): Part[] | undefined => {
  const content = readContent(valueAt(message, 'content'))
  const calls = readToolCalls(message)
  if (content === undefined || calls === undefined) return undefined
  const reasoning = chatReasoning(message)
  const refusal = stringAt(message, 'refusal')
  const parts: Part[] = []
  if (reasoning !== undefined && reasoning !== '')
    parts.push({ kind: 'reasoning', text: reasoning })
  parts.push(...content)
  if (refusal !== undefined && refusal !== '') parts.push({ kind: 'refusal', text: refusal })
  parts.push(...calls)
  return parts
}

const readToolCalls = (message: unknown): Part[] | undefined => {
  const calls = optionalItemsAt(message, 'tool_calls')
  if (calls === undefined) return undefined
  const parts: Part[] = []
  for (const call of calls) {
    const called = objectAt(call, 'function') ?? objectAt(call, 'custom')
    const name = stringAt(called, 'name')
    if (name === undefined) return undefined
    const text = stringAt(called, 'arguments') ?? stringAt(called, 'input') ?? ''
    parts.push({ kind: 'tool_call', id: stringAt(call, 'id'), name, arguments: text })
  }
  const legacy = objectAt(message, 'function_call')
  if (legacy !== undefined) {
    const name = stringAt(legacy, 'name')
    if (name === undefined) return undefined
    const text = stringAt(legacy, 'arguments') ?? ''
    parts.push({ kind: 'tool_call', id: undefined, name, arguments: text })
  }
  return parts
}
