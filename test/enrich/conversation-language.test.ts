import t from 'tap'
import {
  createConversationLanguages,
  decideConversationLanguage,
} from '../../src/enrich/conversation-language.ts'
import type { LanguageDecision } from '../../src/enrich/language.ts'

const turn = (
  language: string,
  letters: number,
  method: LanguageDecision['method'] = 'eld',
  confidence = 0.8,
): LanguageDecision => ({ language, letters, method, confidence })
const undecided = turn('und', 2, 'abstained', 0)

void t.test('a long first turn settles the conversation, a short one does not', (t) => {
  t.same(decideConversationLanguage(undefined, turn('de', 40)).known, { language: 'de' })
  t.equal(decideConversationLanguage(undefined, turn('de', 19)).known, undefined)
  t.equal(decideConversationLanguage(undefined, turn('de', 19)).decision.language, 'de')
  t.equal(decideConversationLanguage(undefined, undecided).decision.language, 'und')
  t.end()
})

void t.test('an undecided or short turn takes the language of its conversation', (t) => {
  const known = { language: 'de' }
  for (const short of [undecided, turn('ro', 8), turn('ro', 60, 'franc', 0.52)]) {
    const { decision } = decideConversationLanguage(known, short)
    t.match(decision, { language: 'de', method: 'conversation' })
  }
  t.end()
})

void t.test('a long and clear turn in another language changes it', (t) => {
  const { decision, known } = decideConversationLanguage({ language: 'de' }, turn('fr', 60))
  t.match(decision, { language: 'fr', method: 'eld' })
  t.same(known, { language: 'fr' })
  t.end()
})

void t.test('two ideographs alone are strong evidence against Latin letters', (t) => {
  const chinese = turn('zh', 7, 'script', 1)
  t.equal(decideConversationLanguage({ language: 'en' }, chinese).decision.language, 'zh')
  const mixed = turn('zh', 7, 'script', 0.6)
  t.equal(decideConversationLanguage({ language: 'en' }, mixed).decision.language, 'en')
  t.end()
})

void t.test('a stated language stands and is remembered', (t) => {
  const stated = turn('fr', 0, 'override', 1)
  const { decision, known } = decideConversationLanguage({ language: 'de' }, stated)
  t.equal(decision, stated)
  t.same(known, { language: 'fr' })
  t.end()
})

void t.test('conversations do not mix, and the oldest is forgotten', (t) => {
  const languages = createConversationLanguages(2)
  languages.decide('a', turn('de', 40), undefined)
  languages.decide('b', turn('fr', 40), undefined)
  t.equal(languages.decide('a', undecided, undefined).language, 'de')
  languages.decide('c', turn('it', 40), undefined)
  t.equal(languages.decide('b', undecided, undefined).language, 'und')
  t.equal(languages.decide('a', undecided, undefined).language, 'de')
  t.end()
})

void t.test('after a restart the shown history stands in', (t) => {
  const languages = createConversationLanguages(2)
  t.equal(languages.decide('a', undecided, { language: 'sw' }).language, 'sw')
  t.equal(languages.decide('a', undecided, undefined).language, 'sw')
  t.end()
})
