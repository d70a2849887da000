/**
 * The family of a model, from its name: what a judge was measured on is used for the models of one
 * family and for no other. Pure, bounded, and the same at calibration and in live traffic.
 *
 * The name is read from the left: a vendor's path or prefix is dropped, then words are kept up to and
 * with the first version number. Size, date and variant end it. A fine-tune is a family of its own,
 * apart from its base. docs/calibration.md has the table of examples.
 */

const nameCharsMax = 200

/** Where no name was given. */
export const unknownFamily = 'unknown'

/** `7b`, `8x7b`, `1.5b`, `350m`, `a3b`. */
const size = /^a?\d{1,4}(?:x\d{1,4})?(?:\.\d{1,3})?[bm]$/
/** Words of how a model was packed, tuned or named for release, not of which model it is. */
const variant =
  /^(?:chat|instruct|instruction|it|base|hf|gguf|awq|gptq|fp8|fp16|bf16|int[48]|q\d.*|latest|preview|exp|experimental|turbo|online|free|beta|distill|v\d+:\d+)$/
const version = /^v?(?:0|[1-9]\d?)(?:\.\d{1,2})?[a-z]?$/
/** `llama3`, `qwen2.5`: a name with its version grown on. */
const grown = /^([a-z]{3,})(\d{1,2}(?:\.\d{1,2})?)$/
/** `r1`, `o3`, `k2`: a letter and a number are one name. */
const lettered = /^[a-z]\d{1,2}(?:\.\d{1,2})?$/

/** The name without vendor, revision and what stands in brackets or behind a plus sign. */
const bareName = (name: string): { bare: string; tuned: boolean } => {
  let bare = name.slice(0, nameCharsMax).toLowerCase()
  const tuned = bare.startsWith('ft:')
  if (tuned) bare = bare.slice('ft:'.length)
  bare = bare.replace(/[(+@[].*$/s, '')
  bare = bare.replace(/^.*\//s, '')
  // A tag (`llama3:8b`) or the revision of a hosted model; never the name.
  bare = bare.replace(/:.*$/s, '')
  // `us.anthropic.claude-…`, `meta.llama3-…`; a version's point has a digit behind it.
  bare = bare.replace(/^(?:[a-z][a-z0-9-]*\.)+(?=[a-z])/, '')
  return { bare: bare.trim().replace(/^meta-(?=llama)/, ''), tuned }
}

export function modelFamily(name: string | undefined): string {
  if (name === undefined) return unknownFamily
  const { bare, tuned } = bareName(name)
  const words = bare.split(/[\s_-]+/).filter((word) => word !== '')
  const kept: string[] = []
  for (const [i, word] of words.entries()) {
    if (i > 0 && (size.test(word) || variant.test(word))) break
    const split = grown.exec(word)
    if (split !== null) {
      kept.push(split[1] ?? '', split[2] ?? '')
      break
    }
    if (version.test(word)) {
      kept.push(withMinor(word, words[i + 1]))
      break
    }
    // Dates, build numbers and whatever else begins with several digits.
    if (/^\d/.test(word)) break
    kept.push(word)
    if (lettered.test(word)) break
  }
  const family = kept.join('-').replace(/[^a-z0-9.-]/g, '')
  if (family === '') return unknownFamily
  return (tuned ? `ft-${family}` : family).slice(0, 64)
}

/** `claude-3-5-sonnet` and `claude-3.5-sonnet` are one: a single digit behind a whole number is its minor. */
const withMinor = (word: string, next: string | undefined): string =>
  /^\d{1,2}$/.test(word) && next !== undefined && /^\d$/.test(next) ? `${word}.${next}` : word
