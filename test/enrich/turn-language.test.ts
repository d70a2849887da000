import t from 'tap'
import { createLanguageDetector } from '../../src/enrich/language.ts'
import { turnLanguage } from '../../src/enrich/turn-language.ts'
import { coreLanguages } from '../../src/exchange/stratum.ts'

const detector = createLanguageDetector({ served: coreLanguages })
const trace = 'TypeError: x is not a function\n    at Object.run (/app/a.js:3:5)\n    at b.js:1:1'
const code = '```python\nfor item in list_of_things:\n    print("this is the item", item)\n```'

const cases: readonly (readonly [situation: string, text: string, language: string])[] = [
  ['code before the question', `${code}\nWarum gibt das nichts aus?`, 'de'],
  ['code behind the question', `Pourquoi cela n’affiche rien ?\n${code}`, 'fr'],
  ['a stack trace behind the question', `¿Qué significa este error?\n${trace}`, 'es'],
  [
    'English context before the question',
    'The report says that sales went up. It was written in March.\n\nBu rapor ne anlama geliyor?',
    'tr',
  ],
  ['only code', code, 'und'],
  ['nothing', '', 'und'],
]
for (const [situation, text, language] of cases) {
  void t.test(`${situation}: ${language}`, (t) => {
    t.equal(turnLanguage(text, detector).language, language)
    t.end()
  })
}
