/** Whose exchange it is: correlation only, never authorisation, never a label. */

export const conversationSources = [
  'header',
  'vendor_header',
  'response_id',
  'body_field',
  'prefix_chain',
  'first_turn',
] as const
export type ConversationSource = (typeof conversationSources)[number]

export interface Conversation {
  /** Keyed HMAC, hex; two exchanges with the same key belong to one conversation. */
  key: string
  source: ConversationSource
}
