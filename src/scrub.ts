/**
 * The last line against secrets in text that leaves the process: whatever looks like a credential
 * is replaced. It is not what keeps secrets out (only listed fields are written at all); it is for
 * the day on which a listed field carries one.
 */

export const scrubbed = '[scrubbed]'

/**
 * Where a word may begin: also behind an escape of JSON (`\nsk-...`) or of a URL (`%20sk-...`), whose last
 * letter would make the secret look like the end of a longer word.
 */
const begin = String.raw`(?:\b|(?<=\\(?:[bfnrt]|u[0-9a-fA-F]{4})|%[0-9a-fA-F]{2}))`
const secret = (form: string, flags = 'g'): RegExp => new RegExp(`${begin}${form}`, flags)

/** Linear by construction: no nested repetition. */
const patterns: readonly RegExp[] = [
  // OpenAI, Anthropic, Stripe and others: sk-…, sk_live_…, pk-…, rk_…
  secret(String.raw`[spr]k[-_][A-Za-z0-9_-]{6,}`),
  // Google API keys and OAuth tokens
  secret(String.raw`AIza[A-Za-z0-9_-]{10,}`),
  secret(String.raw`ya29\.[A-Za-z0-9._-]{10,}`),
  // Slack, AWS, GitHub, Hugging Face, Groq, xAI
  secret(String.raw`xox[abeoprs]-[A-Za-z0-9-]{6,}`),
  secret(String.raw`(?:AKIA|ASIA)[A-Z0-9]{12,}`),
  secret(String.raw`gh[opsur]_[A-Za-z0-9]{10,}`),
  secret(String.raw`github_pat_[A-Za-z0-9_]{10,}`),
  secret(String.raw`(?:hf_|gsk_|xai-)[A-Za-z0-9]{10,}`),
  // JSON web tokens
  secret(String.raw`eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)?`),
]

/** Here a part in front of the secret is kept, so that a reader sees what was there. */
const prefixed: readonly RegExp[] = [
  secret(String.raw`((?:Bearer|Basic)\s+)[A-Za-z0-9+/=._~-]{4,}`, 'gi'),
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
