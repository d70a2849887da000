/** The wire formats holdfast can read. `unknown` is everything else: it passes, and is counted. */
export const protocols = [
  'openai_chat',
  'openai_responses',
  'anthropic_messages',
  'unknown',
] as const

export type Protocol = (typeof protocols)[number]

/** A protocol with a decoder. */
export type KnownProtocol = Exclude<Protocol, 'unknown'>
