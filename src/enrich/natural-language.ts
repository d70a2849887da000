/**
 * The natural language in a person's or a model's text: fenced code, code-looking lines, URLs,
 * paths and symbols go, sentences stay. Promise: linear in the capped input.
 */

/** Text beyond this is not searched for sentences. */
const searchedCharactersMax = 16_384
/** A line is cut here before anything looks at it; minified code has no end. */
const lineCharactersMax = 2_000
/** Letters that make a segment long enough to decide by itself; an ideograph says more than a letter. */
export const decidingLetters = 20

const ideographLetters = 3.5

/** Letters, an ideograph or kana counting as several. */
export const letterWeight = (text: string): number => {
  let weight = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) {
      const lower = code | 0x20
      if (lower >= 0x61 && lower <= 0x7a) weight++
    } else if (code >= 0x2e80 && code <= 0xd7af) weight += ideographLetters
    else if (code >= 0xc0 && code !== 0xd7 && code !== 0xf7 && !(code >= 0x2000 && code < 0x2c00)) {
      weight++
    }
  }
  return weight
}

/** Lines of sentences, in order, without code, URLs and paths. */
export const naturalLines = (text: string): string[] => {
  const searched = text.length > searchedCharactersMax ? text.slice(-searchedCharactersMax) : text
  const lines: string[] = []
  let fence: string | undefined
  for (const whole of searched.split('\n')) {
    const line = whole.slice(0, lineCharactersMax).trim()
    const marker = line.startsWith('```') ? '```' : line.startsWith('~~~') ? '~~~' : undefined
    if (marker !== undefined && (fence === undefined || fence === marker)) {
      fence = fence === undefined ? marker : undefined
      continue
    }
    if (fence !== undefined || line === '' || looksLikeCode(line)) continue
    const words = withoutSymbolTokens(withoutInlineCode(line))
    if (letterWeight(words) >= 1) lines.push(words)
  }
  return lines
}

/**
 * The last lines that together hold enough letters to decide a language: people put what they
 * quote before what they ask.
 */
export const lastSegment = (text: string, enough = decidingLetters): string => {
  const lines = naturalLines(text)
  let letters = 0
  let first = lines.length
  while (first > 0 && letters < enough) {
    first--
    letters += letterWeight(lines[first] ?? '')
  }
  return lines.slice(first).join('\n')
}

const codeStarts: readonly string[] = [
  'at ',
  'File "',
  'Traceback (',
  '#include',
  'import ',
  'from ',
  'export ',
  'const ',
  'let ',
  'var ',
  'def ',
  'class ',
  'function ',
  'public ',
  'private ',
  'return ',
  'SELECT ',
  '$ ',
  '>>> ',
  'diff --git',
  '+++ ',
  '--- ',
  '@@ ',
  '//',
  '/*',
]
/** What makes such a start code and not a sentence that begins with the same word. */
const codeMarks = /[(){}[\];=<>$@"\\]|:\d/
/** Share of symbols among the characters that are not spaces, from which on a line is code. */
const symbolShareMax = 0.18
const symbols = new Set('{}[]();=<>|&$#@\\/_*+~^%`"'.split(''))

/** `TypeError: x is not a function`: a program's words, in English whoever asks. */
const errorLine = /^[\w.]{0,80}(?:Error|Exception|Warning)\b[^:]{0,40}: /

const looksLikeCode = (line: string): boolean => {
  if (errorLine.test(line)) return true
  for (const start of codeStarts) {
    if (line.startsWith(start) && codeMarks.test(line)) return true
  }
  let shown = 0
  let symbolic = 0
  for (const character of line) {
    if (character === ' ' || character === '\t') continue
    shown++
    if (symbols.has(character)) symbolic++
  }
  return shown >= 6 && symbolic / shown > symbolShareMax
}

/** Backticks pair up from the left; an odd last one is a backtick. */
const withoutInlineCode = (line: string): string => {
  if (!line.includes('`')) return line
  const pieces = line.split('`')
  return pieces.filter((_, i) => i % 2 === 0 || i === pieces.length - 1).join(' ')
}

const withoutSymbolTokens = (line: string): string =>
  line
    .split(/\s+/)
    .filter((token) => !isSymbolToken(token))
    .join(' ')

/** URLs, addresses, paths, identifiers with underscores or inner capitals, calls. */
const isSymbolToken = (token: string): boolean => {
  if (token.includes('://') || token.startsWith('www.')) return true
  if (token.includes('_') || token.includes('\\')) return true
  const at = token.indexOf('@')
  if (at > 0 && token.indexOf('.', at) > 0) return true
  const slash = token.indexOf('/')
  if (slash >= 0 && token.indexOf('/', slash + 1) >= 0) return true
  return /^[a-z]+[A-Z]\w*\(?/.test(token) || /^[\w.]+\(\)/.test(token)
}
