/**
 * Cuts normalised text into words. Scripts written without spaces (Han, kana, Thai) give one token
 * for each character, so that a phrase and a gap mean the same in every language.
 */

const separator = 0
/** Bits, so that one look tells all. */
const word = 1
const solo = 2
const number = 4

const isSolo = (code: number): boolean =>
  (code >= 0x0e00 && code <= 0x0e7f) ||
  (code >= 0x3005 && code <= 0x3007) ||
  (code >= 0x3040 && code <= 0x30ff) ||
  (code >= 0x31f0 && code <= 0x31ff) ||
  (code >= 0x3400 && code <= 0x9fff) ||
  (code >= 0xf900 && code <= 0xfaff)

/** One class for each UTF-16 unit; surrogates (emoji, rare Han) separate. */
const classes = ((): Uint8Array => {
  const table = new Uint8Array(0x10000)
  const letter = /[\p{L}\p{M}\p{N}']/u
  const digit = /\p{N}/u
  for (let code = 0; code < 0x10000; code++) {
    const text = String.fromCharCode(code)
    const kind = isSolo(code) ? solo : letter.test(text) ? word : separator
    table[code] = kind !== separator && digit.test(text) ? kind | number : kind
  }
  return table
})()

export const isUnspacedCode = (code: number): boolean => ((classes[code] ?? 0) & solo) !== 0

/** Whether a token is a character of a script without spaces. */
export const isUnspaced = (token: string): boolean =>
  token.length === 1 && isUnspacedCode(token.charCodeAt(0))

/** Whether a character of a token is a digit, a fraction or a numeral. */
export const isNumberCode = (code: number): boolean => ((classes[code] ?? 0) & number) !== 0

const apostrophe = 0x27

/** Words of text[from, to); apostrophes inside a word stay, those around it go. */
export const tokenise = (text: string, from = 0, to = text.length): string[] => {
  const tokens: string[] = []
  let at = from
  while (at < to) {
    const kind = classes[text.charCodeAt(at)] ?? separator
    if (kind === separator) {
      at++
      continue
    }
    if ((kind & solo) !== 0) {
      tokens.push(text.charAt(at))
      at++
      continue
    }
    let end = at + 1
    while (end < to && ((classes[text.charCodeAt(end)] ?? separator) & word) !== 0) end++
    let first = at
    let last = end
    while (first < last && text.charCodeAt(first) === apostrophe) first++
    while (last > first && text.charCodeAt(last - 1) === apostrophe) last--
    if (last > first) tokens.push(text.slice(first, last))
    at = end
  }
  return tokens
}
