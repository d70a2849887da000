import t from 'tap'
import {
  sentenceFeatureNames,
  sentenceFeatures,
  sentenceScores,
  sentencesLookedAt,
} from '../../src/judge/sentence-figures.ts'
import { seen } from './reading-example.ts'

t.test('named features of a sentence, in the order of their names', async (t) => {
  const { sentences } = seen('How do I paint a fence?', "I can't help you to paint 2 fences.")
  const [only] = sentences
  if (only === undefined) return t.fail('no sentence')
  const values = sentenceFeatures(only, 0, 1)
  t.equal(values.length, sentenceFeatureNames.length)
  const named = Object.fromEntries(sentenceFeatureNames.map((name, i) => [name, values[i]]))
  t.match(named, {
    inability: 1,
    self_negation: 1,
    list: 0,
    first: 1,
    second: 0,
    last: 1,
    only: 1,
    any_prompt_word: 1,
    prompt_words: 0.25,
    numbers: 0.5,
  })
})

t.test('of more than 24 sentences the beginning and the end are looked at', async (t) => {
  const all = Array.from({ length: 30 }, (_, i) => i)
  t.same(sentencesLookedAt(all), [...all.slice(0, 20), 26, 27, 28, 29])
  t.equal(sentencesLookedAt(all.slice(0, 24)).length, 24)
})

t.test('what scores say together: weighed by words', async (t) => {
  t.match(sentenceScores([2, -1, 1], [10, 30, 10]), {
    sentences_highest: 2,
    sentences_second_highest: 1,
    sentences_lowest: -1,
    sentences_mean: 0,
    sentences_first: 2,
    sentences_second: -1,
    sentences_last: 1,
    sentences_refusing_words: 0.4,
    sentences_refusing: 2,
    sentences_any: Math.log(Math.exp(2) + Math.exp(-1) + Math.exp(1)),
    sentences_refusing_first: 1 / 3,
    sentences_other_words: Math.log1p(30),
  })
})

t.test('one sentence has no second; none has nothing', async (t) => {
  t.match(sentenceScores([0.5], [3]), { sentences_second: -4, sentences_second_highest: -4 })
  t.ok(Object.values(sentenceScores([], [])).every((value) => value === 0))
})
