/**
 * Text of a user or a model on its way into a record: what has the form of a secret or of personal data
 * is taken out first, then it is cut to size. It is done before anything is queued.
 */
import { addCounts, type RedactionCounts, redact } from '../probe/fork/redact.ts'
import { scrub } from '../scrub.ts'

export interface RedactedText {
  text: string
  cut: boolean
  counts: RedactionCounts
}

/** Read beyond the end, so that what is cut is redacted before. */
const beyond = 512
/** A pattern that the end of what is read cuts in two is not known for what it is. */
const unsure = 320

export function redactText(text: string, bytesMax: number): RedactedText {
  const read = text.slice(0, bytesMax + beyond)
  const counts: RedactionCounts = {}
  const clean = cleaned(read, counts)
  const safe =
    read.length < text.length ? clean.slice(0, Math.max(0, clean.length - unsure)) : clean
  const kept = firstBytes(safe, bytesMax)
  return { text: kept, cut: kept.length < clean.length || read.length < text.length, counts }
}

/** Each may uncover something for the other. */
const roundsMax = 4

function cleaned(text: string, counts: RedactionCounts): string {
  let out = text
  for (let round = 0; round < roundsMax; round++) {
    const before = out
    const redacted = redact(out)
    addCounts(counts, redacted.counts)
    out = scrub(redacted.text)
    if (out === before) break
  }
  return out
}

/** Ends with a whole character. */
function firstBytes(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= bytesMax) return text
  let end = bytesMax
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end)
}
