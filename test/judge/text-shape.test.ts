import { array, assert, constantFrom, integer, oneof, property } from 'fast-check'
import t from 'tap'
import { shapeOf } from '../../src/judge/text-shape.ts'

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length

/** The same by a regular expression for each figure, which says what is meant. */
const byPatterns = (text: string) => {
  const sentences = text.split(/(?<=[.!?\u3002\uff01\uff1f\u0964\u061f])\s+/u)
  return {
    names: count(text, /(?<=[\p{Ll},] )\p{Lu}\p{Ll}+/gu),
    numbers: count(text, /\p{Nd}+/gu),
    commas: count(text, /[,\u060c\u3001\uff0c]/g),
    brackets: count(text, /[(\uff08]/g),
    colons: count(text, /[;:\uff1b\uff1a]/g),
    lineBreaks: count(text, /\n/g),
    exclamations: count(text, /[!\uff01]/g),
    questions: count(text, /[?\uff1f\u061f\u037e]/g),
    sentences: sentences.length,
    firstEnd: sentences[0]?.length,
  }
}

void t.test('names, numbers and the end of the first sentence', async (t) => {
  const text = 'Go to Gare du Nord by line 12, then ask Ana!\nOr \u{10400}\u{10428} (why?)'
  t.same(shapeOf(text), {
    names: 4,
    numbers: 1,
    commas: 1,
    brackets: 1,
    colons: 0,
    lineBreaks: 1,
    exclamations: 1,
    questions: 1,
    sentences: 2,
    firstEnd: 44,
  })
  t.same(shapeOf(''), byPatterns(''))
})

void t.test('a pass over the characters finds what the patterns find, in any script', async () => {
  const characters =
    'a b A B , . ! ? ( 7 12 \u0663 \u09ea \u{1d7d9} \u{10400} \u{10428} \u{1f600} \u01c5 \u00df \u3002 \u061f \u037e \uff1a \uff08 \u0964 \u4e0d'
  const spaces = [' ', ' ', ' ', '\n', '\u00a0', '\u3000']
  const halves = ['\ud800', '\udc00']
  const [first = '', ...others] = [...spaces, ...halves, ...characters.split(' ')]
  const odd = constantFrom(first, ...others)
  const any = integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code))
  assert(
    property(array(oneof({ arbitrary: odd, weight: 9 }, any), { maxLength: 40 }), (pieces) => {
      const text = pieces.join('').trim()
      return JSON.stringify(shapeOf(text)) === JSON.stringify(byPatterns(text))
    }),
    { numRuns: 5000, seed: 5 },
  )
})
