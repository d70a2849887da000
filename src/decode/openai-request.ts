/** What requests of the two OpenAI completions APIs say in the same fields. */
import type { Asked } from './assemble.ts'
import { type JsonObject, objectAt, stringAt } from './untrusted-json.ts'

export const completionsIdentity = (body: JsonObject): Asked['identity'] => ({
  conversationId: undefined,
  previousResponseId: undefined,
  metadataUserId: undefined,
  safetyIdentifier: stringAt(body, 'safety_identifier'),
  promptCacheKey: stringAt(body, 'prompt_cache_key'),
  user: stringAt(body, 'user'),
})

export const asksForJson = (body: JsonObject): boolean => {
  const format = stringAt(objectAt(body, 'response_format'), 'type')
  return format === 'json_schema' || format === 'json_object'
}
