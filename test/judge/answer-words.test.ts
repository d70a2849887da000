import t from 'tap'
import { AnswerWords } from '../../src/judge/answer-words.ts'
import { hashPart, hashText } from '../../src/judge/model/hashed-terms.ts'
import { PhraseMatcher } from '../../src/judge/phrase-matcher.ts'
import { phraseSets } from '../../src/judge/phrases/phrase-sets.ts'
import { matcher } from './reading-example.ts'

t.test('a word is looked up once an answer, and has a number of its own', async (t) => {
  const words = new AnswerWords(matcher)
  const all = ['sorry', 'zyzzyva', 'cannot', 'quuxes'].map((text) => words.of(text))
  t.equal(new Set(all.map(({ id }) => id)).size, 4)
  t.equal(words.of('zyzzyva'), all[1])
  t.equal(words.of('sorry'), all[0])
})

t.test('words of phrases stay for the next answer, others do not', async (t) => {
  const [one, two] = [new AnswerWords(matcher), new AnswerWords(matcher)]
  t.equal(one.of('sorry'), two.of('sorry'))
  t.not(one.of('zyzzyva'), two.of('zyzzyva'))
  t.same(one.of('zyzzyva').text, two.of('zyzzyva').text)
  const another = new AnswerWords(new PhraseMatcher(phraseSets.slice(0, 1)))
  t.not(another.of('sorry'), one.of('sorry'), 'each matcher has its own numbers')
})

t.test('what hangs on the word alone', async (t) => {
  const words = new AnswerWords(matcher)
  const long = words.of('verweigern')
  t.equal(long.hash, hashText('verweigern') | 0)
  t.same(long.affixes, [
    hashPart('verweigern', 0, 4, 15) | 0,
    hashPart('verweigern', 7, 10, 17) | 0,
    hashPart('verweigern', 0, 6, 16) | 0,
    hashPart('verweigern', 5, 10, 18) | 0,
  ])
  t.equal(words.of('sechse').affixes.length, 2)
  t.same(words.of('vier').affixes, [])
  t.match(words.of('b2b'), { hasNumber: true, beginsWithNumber: false, content: false })
  t.match(words.of('\u0663'), { hasNumber: true, beginsWithNumber: true, unspaced: false })
  t.match(words.of('\u0e53'), { hasNumber: true, beginsWithNumber: true, unspaced: true })
  t.match(words.of('\u4e0d'), { hasNumber: false, unspaced: true, content: true })
})
