import { array, assert, constantFrom, nat, property } from 'fast-check'
import t from 'tap'
import { PhraseMatcher } from '../../src/judge/phrase-matcher.ts'
import { cues, type PhraseSet } from '../../src/judge/phrases/phrase-set.ts'
import { tokenise } from '../../src/judge/tokens.ts'

const empty: PhraseSet = {
  language: 'xx',
  inability: [],
  unwillingness: [],
  noAccess: [],
  policy: [],
  objection: [],
  condemnation: [],
  lecture: [],
  redirection: [],
  apology: [],
  empathy: [],
  clarification: [],
  premise: [],
  opener: [],
  pivot: [],
}

const finds = (phrase: string, text: string): boolean =>
  new PhraseMatcher([{ ...empty, inability: [phrase] }]).find(tokenise(text)).length > 0

void t.test('words match in a row', async (t) => {
  t.ok(finds('i cannot help', 'sorry i cannot help you'))
  t.notOk(finds('i cannot help', 'i cannot really help'))
})

void t.test('a gap allows up to so many words', async (t) => {
  t.ok(finds('cannot <2> help', 'i cannot help'))
  t.ok(finds('cannot <2> help', 'i cannot a b help'))
  t.notOk(finds('cannot <2> help', 'i cannot a b c help'))
})

void t.test('a gap counts characters in scripts without spaces', async (t) => {
  t.ok(finds('无法<2>提供', '我无法为您提供'))
  t.notOk(finds('无法<2>提供', '我无法为大家提供'))
})

void t.test('choices may be rows of words, and an empty one is optional', async (t) => {
  t.ok(finds('(will not|cannot) help', 'we will not help'))
  t.ok(finds('not (at all|) able', 'not able'))
  t.ok(finds('not (at all|) able', 'not at all able'))
  t.ok(finds('not able (here|)', 'not able'))
})

void t.test('wildcards match beginnings and endings', async (t) => {
  t.ok(finds('provid* it', 'providing it'))
  t.ok(finds('it provid*', 'it provides'))
  t.ok(finds('*amam', 'açıklayamam'))
  t.ok(finds('ben *amam', 'ben açıklayamam'))
  t.notOk(finds('provid* it', 'improvide it'))
})

void t.test('an anchor matches at the start of a sentence only', async (t) => {
  t.ok(finds('^sorry', 'sorry about that'))
  t.notOk(finds('^sorry', 'i am sorry'))
})

void t.test('each cue is reported once, at its first place', async (t) => {
  const matcher = new PhraseMatcher([{ ...empty, inability: ['no'], apology: ['sorry'] }])
  t.same(matcher.find(['x', 'no', 'sorry', 'no']), [
    { cue: 'inability', language: 'xx', at: 1, end: 2 },
    { cue: 'apology', language: 'xx', at: 2, end: 3 },
  ])
  t.equal(matcher.phraseCount, 2)
})

void t.test('a search ends when its work is spent, with what it has found', async (t) => {
  const matcher = new PhraseMatcher([{ ...empty, inability: ['no'], apology: ['sorry'] }])
  const work = { left: 6 }
  const found = matcher.find(['no', ...Array.from({ length: 50 }, () => 'x'), 'sorry'], work)
  t.same(
    found.map(({ cue }) => cue),
    ['inability'],
  )
  t.ok(work.left <= 0)
  t.same(matcher.find(['sorry'], work), [], 'a spent budget is spent for the next sentence')
  t.equal(matcher.find(['sorry']).length, 1)
})

void t.test('a hit ends behind its last word, gaps included', async (t) => {
  const matcher = new PhraseMatcher([{ ...empty, policy: ['not <2> help you'] }])
  t.same(matcher.find(['do', 'not', 'a', 'help', 'you', 'now']), [
    { cue: 'policy', language: 'xx', at: 1, end: 5 },
  ])
})

void t.test('a phrase that cannot be compiled is refused with its language', async (t) => {
  const compile = (phrase: string): PhraseMatcher =>
    new PhraseMatcher([{ ...empty, policy: [phrase] }])
  t.throws(() => compile('<3> a'), { message: /phrase "<3> a" \(xx\): gap/ })
  t.throws(() => compile('a <99> b'), { message: /gap too wide/ })
  t.throws(() => compile('a <3>'), { message: /ends with a gap/ })
  t.throws(() => compile(''), { message: /empty/ })
  t.throws(() => compile('(a|) b'), { message: /begins with an option/ })
  t.throws(() => compile('a <1> b <1> c <1> d <1> e'), { message: /too many gaps/ })
})

void t.test('it finds what a plain search over all positions finds', async () => {
  const letters = array(constantFrom('a', 'b', 'c'), { maxLength: 12 })
  assert(
    property(letters, nat(3), constantFrom('a', 'b'), (tokens, gap, first) => {
      const found = new PhraseMatcher([{ ...empty, lecture: [`${first} <${gap}> c`] }]).find(tokens)
      const wanted = tokens.some(
        (token, i) => token === first && tokens.slice(i + 1, i + 2 + gap).includes('c'),
      )
      return found.length > 0 === wanted
    }),
    { numRuns: 1000, seed: 3 },
  )
})

void t.test('there are few enough cues for one set of bits', async (t) => {
  t.ok(cues.length < 31)
})
