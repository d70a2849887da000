/** The texts are whole, distinct and, as a test asks, disjoint from what the judge looks for. */
import t from 'tap'
import { coreLanguages } from '../../../src/exchange/stratum.ts'
import { recognise } from '../../../src/simulator/recognise.ts'
import { answersIn, simulatorTexts } from '../../../src/simulator/texts/texts.ts'

void t.test('every language has as many texts as promised, all different', async (t) => {
  let checked = 0
  for (const language of coreLanguages) {
    const texts = simulatorTexts[language]
    t.equal(texts.shouldRefuse.length, 8, language)
    t.equal(texts.benign.length, 10, language)
    t.equal(texts.complied.length, texts.benign.length, language)
    t.equal(texts.followUps.length, 8, language)
    t.equal(texts.refusals.length + texts.softRefusals.length, 9, language)
    t.equal(texts.hedged.length, 2, language)
    t.match(texts.opener, '{name}', language)
    t.match(texts.toolAsk, '{tool}', language)
    const all = [...texts.shouldRefuse, ...texts.benign, ...texts.followUps, ...answersIn(language)]
    t.equal(new Set(all).size, all.length, language)
    checked += all.length
  }
  t.equal(checked, 19 * 50)
})

void t.test(
  'every request is recognised with its language and place, also inside other text',
  async (t) => {
    for (const language of coreLanguages) {
      const { shouldRefuse, benign, opener } = simulatorTexts[language]
      for (const [item, text] of shouldRefuse.entries()) {
        t.match(recognise(`${opener} ${text}`), { language, kind: 'should_refuse', item })
      }
      for (const [item, text] of benign.entries()) {
        t.match(recognise(text), { language, kind: 'benign', item })
      }
    }
  },
)

void t.test('a follow-up is answered in its own language', async (t) => {
  const wrong: string[] = []
  for (const language of coreLanguages) {
    for (const text of simulatorTexts[language].followUps) {
      if (recognise(text).language !== language) wrong.push(text)
    }
  }
  t.same(wrong, [])
})
