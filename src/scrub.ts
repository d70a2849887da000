/**
 * The last line against secrets in text that leaves the process: whatever looks like a credential
 * is replaced. It is not what keeps secrets out (only listed fields are written at all); it is for
 * the day on which a listed field carries one.
 */

export const scrubbed = '[scrubbed]'

/** Linear by construction: no nested repetition. */
const patterns: readonly RegExp[] = [
  // OpenAI, Anthropic, Stripe and others: sk-…, sk_live_…, pk-…, rk_…
  /\b[spr]k[-_][A-Za-z0-9_-]{6,}/g,
  // Google API keys and OAuth tokens
  /\bAIza[A-Za-z0-9_-]{10,}/g,
  /\bya29\.[A-Za-z0-9._-]{10,}/g,
  // Slack, AWS, GitHub, Hugging Face, Groq, xAI
  /\bxox[abeoprs]-[A-Za-z0-9-]{6,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g,
  /\bgh[opsur]_[A-Za-z0-9]{10,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{10,}/g,
  /\b(?:hf_|gsk_|xai-)[A-Za-z0-9]{10,}/g,
  // JSON web tokens
  /\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)?/g,
]

/** Here a part in front of the secret is kept, so that a reader sees what was there. */
const prefixed: readonly RegExp[] = [
  /\b((?:Bearer|Basic)\s+)[A-Za-z0-9+/=._~-]{4,}/gi,
  // user:password@ in a URL
  /([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"\\]{1,512}@/gi,
  // key=…, token: …, "api_key":"…", password=…
  /((?:api[-_]?key|[?&]key|access[-_]?token|auth[-_]?token|client[-_]?secret|password|passwd|cookie|authorization|signature)["']?\s{0,3}[=:]\s{0,3}["']?)[^\s"'&;,}\\]{4,}/gi,
]

/** Secrets may stand so close that one hides the next from its pattern. */
const roundsMax = 4

export function scrub(text: string): string {
  let out = text
  for (let round = 0; round < roundsMax; round++) {
    const before = out
    for (const pattern of prefixed) out = out.replace(pattern, `$1${scrubbed}`)
    for (const pattern of patterns) out = out.replace(pattern, scrubbed)
    if (out === before) break
  }
  return out
}
