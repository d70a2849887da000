/**
 * One response of the Responses API as an answer, however it came: whole, as the last event of a
 * stream, or put together from a stream that broke off.
 */
import type { Part, StopReason } from '../exchange/exchange.ts'
import { type Answered, answeredByError, refusalList } from './assemble.ts'
import { answerOf, itemsAt } from './content-parts.ts'
import type { DecodeFailure } from './decoder.ts'
import { clientCalls, readItem } from './openai-responses-items.ts'
import { moderationFlags, refusalOfError } from './provider-refusal.ts'
import { countAt, type JsonObject, objectAt, stringAt } from './untrusted-json.ts'

/** `error` is the error object of a stream that broke off; the response then holds what came before. */
export const readResponse = (
  response: JsonObject,
  error: JsonObject | undefined,
): Answered | DecodeFailure => {
  const output = itemsAt(response, 'output')
  const sentError = objectAt(response, 'error')
  if (output === undefined) {
    return sentError === undefined ? 'unknown_shape' : answeredByError(sentError)
  }
  const status = stringAt(response, 'status')
  // Background responses are fetched later, by a request that is not read.
  if (status === 'queued' || status === 'in_progress') return 'stream_incomplete'
  const parts: Part[] = []
  for (const item of output) {
    const reading = readItem(item)
    if (reading === 'malformed') return 'unknown_shape'
    if (typeof reading !== 'string') parts.push(...reading.parts)
  }
  const incomplete = stringAt(objectAt(response, 'incomplete_details'), 'reason')
  const waits = output.some((item) => clientCalls.has(stringAt(item, 'type') ?? ''))
  const stop = error === undefined ? stopOf(status, incomplete, waits) : 'error'
  const answer = answerOf(parts, stop, 1)
  const usage = objectAt(response, 'usage')
  const failure = error ?? sentError
  return {
    servedModel: stringAt(response, 'model'),
    responseId: stringAt(response, 'id'),
    answer,
    providerRefusals: refusalList(
      answer.refusal !== '' && 'refusal_field',
      incomplete === 'content_filter' && 'content_filter',
      moderationFlags(response) && 'moderation_flagged',
      failure === undefined ? undefined : refusalOfError(failure),
    ),
    usage: {
      inputTokens: countAt(usage, 'input_tokens'),
      outputTokens: countAt(usage, 'output_tokens'),
    },
  }
}

const stopOf = (
  status: string | undefined,
  incomplete: string | undefined,
  waitsForClient: boolean,
): StopReason => {
  if (status === undefined) return undefined
  if (status === 'completed') return waitsForClient ? 'tool_calls' : 'stop'
  if (status === 'failed') return 'error'
  if (status !== 'incomplete') return 'other'
  if (incomplete === 'max_output_tokens') return 'length'
  return incomplete === 'content_filter' ? 'content_filter' : 'other'
}
