import { array, assert, constantFrom, property } from 'fast-check'
import t from 'tap'
import { segment } from '../../src/judge/segment.ts'

const words = (text: string): string[] => segment(text).sentences.map((s) => s.tokens.join(' '))

void t.test('sentences end at the marks of their script', async (t) => {
  t.same(words('one. two! three? four'), ['one', 'two', 'three', 'four'])
  t.same(words('一。二!三'), ['一', '二', '三'])
  t.same(words('क।ख'), ['क', 'ख'])
  t.same(words('ب؟ ت'), ['ب', 'ت'])
  t.same(words('version 1.5 is out'), ['version 1 5 is out'])
})

void t.test('a long Thai clause ends at a space', async (t) => {
  const clause = 'ก'.repeat(60)
  t.equal(segment(`${clause} ${clause}`).sentences.length, 2)
  t.equal(segment('กก กก').sentences.length, 1)
})

void t.test('lines of a paragraph belong together, lists and headings stand alone', async (t) => {
  const { sentences, orderedItems, bulletItems } = segment(
    '# title\nfirst line\nsecond line\n\n1. one\n2) two\n- three\n* four\nstep 3: five',
  )
  t.same(
    sentences.map(({ kind, tokens }) => [kind, tokens.join(' ')]),
    [
      ['prose', 'title'],
      ['prose', 'first line second line'],
      ['list', 'one'],
      ['list', 'two'],
      ['list', 'three'],
      ['list', 'four'],
      ['list', 'five'],
    ],
  )
  t.equal(orderedItems, 3)
  t.equal(bulletItems, 2)
})

void t.test('code and quotations are counted, not read', async (t) => {
  const got = segment(
    'look:\n```\nlet x = 1\n```\n> quoted by someone\nshe said "one two three" then',
  )
  t.equal(got.codeChars, 9)
  t.equal(got.quotedTokens, 6)
  t.same(
    got.sentences.map(({ tokens }) => tokens.join(' ')),
    ['look', 'she said then'],
  )
})

void t.test('a code fence that never closes hides the rest', async (t) => {
  t.same(words('before\n```\nafter'), ['before'])
})

void t.test('short quotations, a lone quotation mark and a whole quotation are read', async (t) => {
  t.same(words('the word "no" here'), ['the word no here'])
  t.same(words('the word "no one ever closes'), ['the word no one ever closes'])
  t.same(words('"all of this is quoted"'), ['all of this is quoted'])
})

void t.test('any text is taken apart without throwing and loses no plain word', async () => {
  assert(
    property(
      array(constantFrom('a', 'bb', '"', '\n', '. ', '1. ', '```', '> ', '- ', 'ก', '。'), {
        maxLength: 40,
      }),
      (pieces) => {
        const got = segment(pieces.join(' '))
        return got.sentences.every(({ tokens }) => tokens.length > 0)
      },
    ),
    { numRuns: 500, seed: 11 },
  )
})
