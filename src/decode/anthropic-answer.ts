/**
 * One Anthropic message as an answer, however it came: whole, or put together from a stream. A
 * `fallback` block says that the model before it declined and another one went on: that is a
 * refusal of the requested model, whatever the text says.
 */
import type { StopReason } from '../exchange/exchange.ts'
import { type Answered, answeredByError, refusalList } from './assemble.ts'
import { answerOf, itemsAt, readContent } from './content-parts.ts'
import type { DecodeFailure } from './decoder.ts'
import { refusalOfError } from './provider-refusal.ts'
import { countAt, type JsonObject, objectAt, stringAt, valueAt } from './untrusted-json.ts'

const stops: ReadonlyMap<string, StopReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool_calls'],
  ['refusal', 'refusal'],
])

/** `error` is the error object of a stream that broke off; the message then holds what came before. */
export const readMessage = (
  message: JsonObject,
  error: JsonObject | undefined,
): Answered | DecodeFailure => {
  const sentError = objectAt(message, 'error')
  if (sentError !== undefined) return answeredByError(sentError)
  const blocks = itemsAt(message, 'content')
  const parts = readContent(blocks)
  if (blocks === undefined || parts === undefined) return 'unknown_shape'
  const sent = stringAt(message, 'stop_reason')
  const known = sent === undefined ? undefined : (stops.get(sent) ?? 'other')
  const stop = error === undefined ? known : 'error'
  const usage = objectAt(message, 'usage')
  return {
    servedModel: stringAt(message, 'model'),
    responseId: stringAt(message, 'id'),
    answer: answerOf(parts, stop, 1),
    providerRefusals: refusalList(
      sent === 'refusal' && 'stop_refusal',
      blocks.some(isFallback) && 'fallback',
      error === undefined ? undefined : refusalOfError(error),
    ),
    usage: {
      inputTokens: countAt(usage, 'input_tokens'),
      outputTokens: countAt(usage, 'output_tokens'),
    },
  }
}

/** Refusal is the one known trigger; another one would not be a refusal. */
const isFallback = (block: unknown): boolean => {
  if (stringAt(block, 'type') !== 'fallback') return false
  const trigger = valueAt(block, 'trigger')
  return trigger === undefined || trigger === null || stringAt(trigger, 'type') === 'refusal'
}
