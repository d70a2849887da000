import t from 'tap'
import { answerTermBuckets, answerTermsOf } from '../../src/judge/answer-terms.ts'
import type { TermList } from '../../src/judge/model/term-list.ts'
import { topicOf } from '../../src/judge/prompt-topic.ts'
import { tokenise } from '../../src/judge/tokens.ts'
import { topicSentences } from './reading-example.ts'

const bucketsOf = (list: TermList | undefined): number[] => {
  const buckets: number[] = []
  list?.forEach((_, bucket) => {
    buckets.push(bucket)
  })
  return buckets
}
/** Terms of sentences (the first is the opening) to a prompt of these words. */
const termsOf = (prompt: string, texts: readonly string[], toRemark = false) => {
  const sentences = texts.map((text) => text.split(' '))
  return answerTermsOf(topicSentences(topicOf(prompt.split(' ')), ...sentences), toRemark)
}

t.test('each sentence has its own terms, and the answer has them by zone', async (t) => {
  const { sentences, answer } = termsOf('', ['no', 'no'])
  t.same(bucketsOf(sentences[0]), bucketsOf(sentences[1]), 'the same words, the same terms')
  // Word, pair, triple and the pair with the end; in the opening, later and in the last sentence.
  t.equal(bucketsOf(sentences[0]).length, 4)
  t.equal(bucketsOf(answer).length, 12)
  t.equal(new Set(bucketsOf(answer)).size, 12)
  t.ok(bucketsOf(answer).every((bucket) => bucket >= 0 && bucket < answerTermBuckets))
})

t.test('words of the topic are blanked: any two topics give the same terms', async (t) => {
  const of = (word: string) => bucketsOf(termsOf(word, [`the ${word} stays`]).answer)
  t.same(of('bicycle'), of('submarine'))
  const { answer } = termsOf('', ['the bicycle stays'])
  t.notSame(bucketsOf(answer), of('bicycle'))
})

t.test('to a remark the same words have terms of their own as well', async (t) => {
  const plain = bucketsOf(termsOf('', ['no']).answer)
  const toRemark = bucketsOf(termsOf('', ['no'], true).answer)
  t.equal(toRemark.length, plain.length + 4)
  t.ok(plain.every((bucket) => toRemark.includes(bucket)))
})

t.test('inflected forms share the beginning of a word', async (t) => {
  const of = (word: string) => new Set(bucketsOf(termsOf('', [word]).sentences[0]))
  const one = of('verweigern')
  t.ok([...of('verweigerst')].some((bucket) => one.has(bucket)))
})

t.test(
  'a character of the topic is blanked with its neighbour, the last one looked at is not',
  async (t) => {
    const words = (text: string) => tokenise(text).join(' ')
    const of = (prompt: string, text: string) =>
      bucketsOf(termsOf(words(prompt), [words(text)]).sentences[0])
    t.same(of('花火', '我花火'), of('山水', '我山水'))
    t.notSame(of('花火', '我花人'), of('山水', '我山人'), 'half a pair is no topic')
    // Eighty words of a sentence are looked at: of a pair across that border the first half is kept.
    const filler = '我'.repeat(79)
    t.notSame(of('花火', `${filler}花火`), of('山水', `${filler}山水`))
    t.same(of('花火', `${filler.slice(1)}花火`), of('山水', `${filler.slice(1)}山水`))
  },
)
