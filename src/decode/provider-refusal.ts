/**
 * The provider's own refusal signals that look the same in several wire formats: error bodies with
 * a policy code, and inline moderation. Only codes and one fixed sentence that providers are known
 * to send count; the wording of other errors is never read.
 */
import type { ProviderRefusalReason } from '../exchange/exchange.ts'
import { arrayAt, objectAt, stringAt, valueAt } from './untrusted-json.ts'

const contentFilterCodes: ReadonlySet<string> = new Set([
  'content_filter',
  'responsibleaipolicyviolation',
])

/** OpenAI Responses `error.code` (SDK 6.49 and 7.55), and what its gateways and images API use. */
const policyCodes: ReadonlySet<string> = new Set([
  'invalid_prompt',
  'bio_policy',
  'cyber_policy',
  'misalignment_policy_violation',
  'image_content_policy_violation',
  'content_policy_violation',
  'moderation_blocked',
])

/** Anthropic has no code for it: the error type is the general `invalid_request_error`. */
const anthropicFilterMessage = 'Output blocked by content filtering policy'

/** `error` is the error object itself; undefined when it is an ordinary error. */
export const refusalOfError = (error: unknown): ProviderRefusalReason | undefined => {
  const codes = [
    stringAt(error, 'code'),
    stringAt(error, 'type'),
    stringAt(objectAt(error, 'innererror'), 'code'),
  ].map((code) => code?.toLowerCase() ?? '')
  if (codes.some((code) => contentFilterCodes.has(code))) return 'content_filter'
  if (codes.some((code) => policyCodes.has(code))) return 'policy_error'
  return stringAt(error, 'message') === anthropicFilterMessage ? 'content_filter' : undefined
}

const isFlagged = (side: unknown): boolean =>
  valueAt(side, 'flagged') === true ||
  (arrayAt(side, 'results') ?? []).some((result) => valueAt(result, 'flagged') === true)

/** OpenAI inline moderation of `{ moderation: { input, output } }`; both API shapes of a result. */
export const moderationFlags = (holder: unknown): boolean => {
  const moderation = objectAt(holder, 'moderation')
  return isFlagged(objectAt(moderation, 'input')) || isFlagged(objectAt(moderation, 'output'))
}
