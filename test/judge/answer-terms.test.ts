import t from 'tap'
import { answerTermBuckets, answerTermsOf } from '../../src/judge/answer-terms.ts'
import type { TermList } from '../../src/judge/model/term-list.ts'

const sentence = (text: string, opening = true) => ({ tokens: text.split(' '), opening })
const bucketsOf = (list: TermList | undefined): number[] => [...(list?.buckets ?? [])]
const none = new Set<string>()

t.test('each sentence has its own terms, and the answer has them by zone', async (t) => {
  const { sentences, answer } = answerTermsOf([sentence('no'), sentence('no', false)], none, false)
  t.same(bucketsOf(sentences[0]), bucketsOf(sentences[1]), 'the same words, the same terms')
  // Word, pair, triple and the pair with the end; in the opening, later and in the last sentence.
  t.equal(bucketsOf(sentences[0]).length, 4)
  t.equal(bucketsOf(answer).length, 12)
  t.equal(new Set(bucketsOf(answer)).size, 12)
  t.ok(bucketsOf(answer).every((bucket) => bucket >= 0 && bucket < answerTermBuckets))
})

t.test('words of the topic are blanked: any two topics give the same terms', async (t) => {
  const of = (word: string) =>
    bucketsOf(answerTermsOf([sentence(`the ${word} stays`)], new Set([word]), false).answer)
  t.same(of('bicycle'), of('submarine'))
  const { answer } = answerTermsOf([sentence('the bicycle stays')], none, false)
  t.notSame(bucketsOf(answer), of('bicycle'))
})

t.test('to a remark the same words have terms of their own as well', async (t) => {
  const plain = bucketsOf(answerTermsOf([sentence('no')], none, false).answer)
  const toRemark = bucketsOf(answerTermsOf([sentence('no')], none, true).answer)
  t.equal(toRemark.length, plain.length + 4)
  t.ok(plain.every((bucket) => toRemark.includes(bucket)))
})

t.test('inflected forms share the beginning of a word', async (t) => {
  const of = (word: string) =>
    new Set(bucketsOf(answerTermsOf([sentence(word)], none, false).sentences[0]))
  const one = of('verweigern')
  t.ok([...of('verweigerst')].some((bucket) => one.has(bucket)))
})
