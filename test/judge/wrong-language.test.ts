import t from 'tap'
import { inWrongLanguage, type SpokenTexts } from '../../src/judge/wrong-language.ts'

const prompt = 'How do I store fresh tomatoes for a week?'
const texts: SpokenTexts = {
  promptLanguage: 'en',
  answerLanguage: 'de',
  requests: prompt,
  prompt,
  answerWords: 40,
}

t.test('a long answer in another language than the prompt', async (t) => {
  t.ok(inWrongLanguage(texts))
  t.notOk(inWrongLanguage({ ...texts, answerLanguage: 'en' }))
})

t.test('what is no evidence: short texts, languages that are not known', async (t) => {
  t.notOk(inWrongLanguage({ ...texts, answerWords: 14 }))
  t.notOk(inWrongLanguage({ ...texts, prompt: 'Store fresh tomatoes' }))
  for (const answerLanguage of ['und', 'other', 'xx']) {
    t.notOk(inWrongLanguage({ ...texts, answerLanguage }))
  }
  t.notOk(inWrongLanguage({ ...texts, promptLanguage: 'other' }))
})

t.test('somebody named a language or a translation, now or before', async (t) => {
  for (const requests of [
    `Please answer in German.\n${prompt}`,
    'Übersetze das bitte ins Englische, es geht um Tomaten',
    '请把这段话翻译成英文，谢谢你的帮助',
    'このレシピを英語に訳してください、お願いします',
    'Traduis cette recette de tomates pour moi',
  ]) {
    t.notOk(inWrongLanguage({ ...texts, requests }), requests)
  }
})
