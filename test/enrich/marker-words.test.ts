import t from 'tap'
import { detectableLanguages } from '../../src/enrich/language-codes.ts'
import { markerHits, markerSequences, markerWords } from '../../src/enrich/marker-words.ts'

void t.test('words and sequences are counted once per token', (t) => {
  t.equal(markerHits('jv', ['aku', 'ora', 'bisa', 'london']), 3)
  t.equal(markerHits('xh', ['iinkcukacha', 'rhoqo']), 2)
  t.equal(markerHits('xx', ['aku']), 0)
  t.equal(markerHits('jv', []), 0)
  t.end()
})

void t.test('every list belongs to a known language and is lower case', (t) => {
  const lists = Object.entries(markerWords)
  t.ok(lists.length >= 9)
  for (const [language, words] of lists) {
    t.ok(detectableLanguages.has(language), language)
    for (const word of words) t.equal(word, word.toLowerCase())
  }
  for (const language of Object.keys(markerSequences)) t.ok(markerWords[language], language)
  t.end()
})
