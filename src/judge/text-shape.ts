/**
 * What the characters of a text tell without its words: names, digits, punctuation, where sentences
 * end. One pass with one look at a table for each character, where a regular expression for each
 * figure would read the text a dozen times.
 */

const upper = 1
const lower = 2
const digit = 4
const comma = 8
const bracket = 16
const colon = 32
const exclamation = 64
const question = 128
/** Ends a sentence when a space follows. */
const stop = 256
const space = 512
/** May stand before the space before a name. */
const beforeName = 1024
/** The space itself, which stands before a name. */
const blank = 2048

const ofPunctuation: readonly (readonly [number, string])[] = [
  [comma, ',\u060c\u3001\uff0c'],
  [bracket, '(\uff08'],
  [colon, ';:\uff1b\uff1a'],
  [exclamation, '!\uff01'],
  [question, '?\uff1f\u061f\u037e'],
  [stop, '.!?\u3002\uff01\uff1f\u0964\u061f'],
  [beforeName, ','],
  [blank, ' '],
]

const ofLetter = (character: string): number => {
  if (!/[\p{Lu}\p{Ll}\p{Nd}\s]/u.test(character)) return 0
  if (/\p{Lu}/u.test(character)) return upper
  if (/\p{Ll}/u.test(character)) return lower | beforeName
  return /\s/u.test(character) ? space : digit
}

/** By UTF-16 unit. */
const makeKinds = (): Uint16Array => {
  const table = new Uint16Array(0x10000)
  for (let code = 0; code < table.length; code++) table[code] = ofLetter(String.fromCharCode(code))
  for (const [kind, characters] of ofPunctuation) {
    for (const character of characters) {
      const code = character.charCodeAt(0)
      table[code] = (table[code] ?? 0) | kind
    }
  }
  return table
}

/** Made for the first text: it takes some 30 ms, which no start should wait for. */
let kinds: Uint16Array | undefined

const lineBreakCode = 0x0a

export interface TextShape {
  /** Capital letters inside a sentence; German nouns have them too, which training can discount. */
  names: number
  /** Digits in a row count once. */
  numbers: number
  commas: number
  brackets: number
  colons: number
  lineBreaks: number
  exclamations: number
  questions: number
  sentences: number
  /** Where the first sentence ends. */
  firstEnd: number
}

/** Of a character of two UTF-16 units. */
const isSecondHalf = (code: number): boolean => (code & 0xfc00) === 0xdc00

/** The text has no space at its ends. */
export const shapeOf = (text: string): TextShape => {
  const shape: TextShape = {
    names: 0,
    numbers: 0,
    commas: 0,
    brackets: 0,
    colons: 0,
    lineBreaks: 0,
    exclamations: 0,
    questions: 0,
    sentences: 1,
    firstEnd: text.length,
  }
  const kindOf = (kinds ??= makeKinds())
  /** What stands one, two and three characters before. */
  let one = 0
  let two = 0
  let three = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    let kind = kindOf[code] ?? 0
    if ((code & 0xfc00) === 0xd800 && isSecondHalf(text.charCodeAt(at + 1))) {
      kind = ofLetter(text.slice(at, ++at + 1))
    }
    if ((kind & lower) !== 0 && (one & upper) !== 0) {
      if ((two & blank) !== 0 && (three & beforeName) !== 0) shape.names++
    }
    if ((kind & digit) !== 0 && (one & digit) === 0) shape.numbers++
    if ((kind & space) !== 0) {
      if (code === lineBreakCode) shape.lineBreaks++
      if ((one & stop) !== 0 && shape.sentences++ === 1) shape.firstEnd = at
    }
    if ((kind & (comma | bracket | colon | exclamation | question)) !== 0) count(shape, kind)
    three = two
    two = one
    one = kind
  }
  return shape
}

const count = (shape: TextShape, kind: number): void => {
  if ((kind & comma) !== 0) shape.commas++
  if ((kind & bracket) !== 0) shape.brackets++
  if ((kind & colon) !== 0) shape.colons++
  if ((kind & exclamation) !== 0) shape.exclamations++
  if ((kind & question) !== 0) shape.questions++
}
