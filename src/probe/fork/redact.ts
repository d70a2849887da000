/**
 * Takes out of a text what names or gives access to a person: addresses, numbers that prove
 * themselves, keys. By form alone, so names stay: no pattern knows names in every language, and this is
 * said where forks are switched on. Doing it twice changes nothing more.
 */
import { type RedactionKind, redactionKinds } from '../../exchange/probe-run.ts'
import { isCard, isCodiceFiscale, isDni, isIban, isNationalId } from './checksums.ts'

export type RedactionCounts = Partial<Record<RedactionKind, number>>

export interface Redacted {
  text: string
  counts: RedactionCounts
}

export const placeholderOf = (kind: RedactionKind): string => `[${kind}]`

interface Rule {
  kind: RedactionKind
  pattern: RegExp
  /** What the pattern alone cannot say. */
  fits?: (found: string) => boolean
  /** The same of a piece of it, between separators: in plain characters, separators out. */
  fitsWithin?: (plain: string) => boolean
  /** Kept before the placeholder: the first group. */
  keepsFirst?: boolean
}

/** A digit of any script as 0 to 9, a letter as a capital; a separator is nothing. */
const plainChar = (char: string): string => {
  if (char >= '0' && char <= '9') return char
  if (/[A-Za-z]/.test(char)) return char.toUpperCase()
  return /\p{Nd}/u.test(char) ? String(valueOfDigit(char)) : ''
}

/** Decimal digits stand in runs of ten, each from its zero on. */
const valueOfDigit = (char: string): number => {
  const code = char.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++
  return runValue(code, value)
}

/** Blocks of mathematical digits follow each other without a gap; all others have one. */
const runValue = (code: number, steps: number): number =>
  code >= 0x1d7ce && code <= 0x1d7ff ? (code - 0x1d7ce) % 10 : steps

/** Eight groups, or fewer with one gap; `::` and `a::b` of code are too short to be anybody's. */
const isIpv6 = (text: string): boolean => {
  const groups = text.split(':')
  const gap = text.includes('::')
  if (text.length < 5 || text.split('::').length > 2 || text.includes(':::')) return false
  return gap ? groups.length <= 8 : groups.length === 8 && groups.every((one) => one !== '')
}

const notInWord = '(?<![\\p{L}\\p{Nd}_])'
const endOfWord = '(?![\\p{L}\\p{Nd}_])'

const rules: readonly Rule[] = [
  {
    kind: 'url_credentials',
    pattern: /([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@[\]"'<>]{1,256}(?=@)/gi,
    keepsFirst: true,
  },
  {
    kind: 'url_credentials',
    pattern:
      /([?&](?:api[_-]?key|access[_-]?token|auth|token|key|password|passwd|secret|sig|signature)=)[^&\s#"'<>[\]]{1,1024}/gi,
    keepsFirst: true,
  },
  {
    kind: 'api_key',
    pattern:
      /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[A-Za-z0-9+/=\s]{0,8192}(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
  },
  {
    kind: 'api_key',
    pattern:
      /(?<![A-Za-z0-9])(?:sk-[A-Za-z0-9_-]{16,256}|(?:AKIA|ASIA)[0-9A-Z]{16}|gh[oprsu]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{40,255}|xox[abeprs]-[A-Za-z0-9-]{10,255}|AIza[A-Za-z0-9_-]{35}|hf_[A-Za-z0-9]{30,64}|glpat-[A-Za-z0-9_-]{20,64}|npm_[A-Za-z0-9]{36}|(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,128}|eyJ[A-Za-z0-9_-]{10,2048}\.[A-Za-z0-9_-]{10,4096}\.[A-Za-z0-9_-]{5,1024})/g,
  },
  { kind: 'api_key', pattern: /(\bBearer\s{1,4})[A-Za-z0-9._~+/-]{16,4096}=*/gi, keepsFirst: true },
  {
    kind: 'email',
    pattern:
      /[\p{L}\p{Nd}._%+-]{1,64}@[\p{L}\p{Nd}-]{1,63}(?:\.[\p{L}\p{Nd}-]{1,63}){0,4}\.[\p{L}]{2,24}/gu,
  },
  {
    kind: 'iban',
    pattern: new RegExp(`${notInWord}[A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]){11,40}${endOfWord}`, 'giu'),
    fitsWithin: isIban,
  },
  {
    kind: 'national_id',
    pattern: new RegExp(`${notInWord}(?:[XYZ]-?)?\\d{7,8}-?[A-Z]${endOfWord}`, 'giu'),
    fits: (found) => isDni(found.replace(/-/g, '').toUpperCase()),
  },
  {
    kind: 'national_id',
    pattern: new RegExp(
      `${notInWord}[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]${endOfWord}`,
      'giu',
    ),
    fits: (found) => isCodiceFiscale(found.toUpperCase()),
  },
  {
    kind: 'card',
    pattern: new RegExp(`${notInWord}\\p{Nd}(?:[ -]?\\p{Nd}){12,40}${endOfWord}`, 'gu'),
    fitsWithin: isCard,
  },
  {
    kind: 'national_id',
    pattern: new RegExp(
      `${notInWord}\\p{Nd}(?:[ ./-]?\\p{Nd}){10,40}(?:[ -]?[\\p{Nd}Xx])?${endOfWord}`,
      'gu',
    ),
    fitsWithin: isNationalId,
  },
  {
    kind: 'national_id',
    pattern: new RegExp(`${notInWord}\\d{3}-\\d{2}-\\d{4}${endOfWord}`, 'gu'),
  },
  {
    kind: 'ip',
    pattern:
      /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)/g,
  },
  {
    kind: 'ip',
    pattern: /(?<![0-9A-Za-z:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![0-9A-Za-z:])/g,
    fits: isIpv6,
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      `(?<![\\p{L}\\p{Nd}_+])\\+\\p{Nd}(?:[ ()./-]{0,2}\\p{Nd}){6,14}${endOfWord}`,
      'gu',
    ),
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      `${notInWord}\\(?0\\p{Nd}{1,4}\\)?[ ./-]{1,2}\\p{Nd}(?:[ ./-]?\\p{Nd}){4,9}${endOfWord}`,
      'gu',
    ),
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      `${notInWord}\\(?\\p{Nd}{3}\\)?[ .-]{1,2}\\p{Nd}{3}[ .-]\\p{Nd}{4}${endOfWord}`,
      'gu',
    ),
  },
]

/** What is taken out may bring something else to the border of a word; so again, until nothing is found. */
const roundsMax = 16

export function redact(text: string): Redacted {
  const counts: RedactionCounts = {}
  let rest = text
  for (let round = 0; round < roundsMax; round++) {
    const before = rest
    for (const rule of rules) rest = applyRule(rule, rest, counts)
    if (rest === before) break
  }
  return { text: rest, counts }
}

function applyRule(rule: Rule, text: string, counts: RedactionCounts): string {
  const { kind, pattern, fits, fitsWithin, keepsFirst } = rule
  const take = (): string => {
    counts[kind] = (counts[kind] ?? 0) + 1
    return placeholderOf(kind)
  }
  return text.replace(pattern, (found: string, first: unknown) => {
    if (fitsWithin !== undefined) return takeWithin(found, fitsWithin, take)
    if (fits?.(found) === false) return found
    return `${keepsFirst === true && typeof first === 'string' ? first : ''}${take()}`
  })
}

/** Nothing that is looked for is shorter or longer. */
const plainMin = 11
const plainMax = 34

/** The longest piece that fits, from each word on. */
function takeWithin(found: string, fits: (plain: string) => boolean, take: () => string): string {
  const chars = Array.from(found)
  const plain = chars.map(plainChar)
  let out = ''
  for (let start = 0; start < chars.length; ) {
    const begins = start === 0 || plain[start - 1] === ''
    const end = begins ? fittingEnd(plain, start, fits) : undefined
    out += end === undefined ? (chars[start] ?? '') : take()
    start = end ?? start + 1
  }
  return out
}

function fittingEnd(
  plain: readonly string[],
  start: number,
  fits: (plain: string) => boolean,
): number | undefined {
  let piece = ''
  let longest: number | undefined
  for (let end = start; end < plain.length && piece.length < plainMax; end++) {
    piece += plain[end] ?? ''
    const ends = plain[end] !== '' && (plain[end + 1] ?? '') === ''
    if (ends && piece.length >= plainMin && fits(piece)) longest = end + 1
  }
  return longest
}

export const addCounts = (sum: RedactionCounts, more: RedactionCounts): void => {
  for (const kind of redactionKinds) {
    const count = more[kind] ?? 0
    if (count > 0) sum[kind] = (sum[kind] ?? 0) + count
  }
}
