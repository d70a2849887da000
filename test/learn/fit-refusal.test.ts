import t from 'tap'
import type { LearnedVector } from '../../src/judge/learned-reading.ts'
import { readLearned } from '../../src/judge/learned-reading.ts'
import type { Example } from '../../src/learn/example.ts'
import { fitRefusal, scorerOf } from '../../src/learn/fit-refusal.ts'
import { matcher, said } from '../judge/reading-example.ts'

const vectorOf = (prompt: string, text: string): LearnedVector =>
  readLearned({ prompt, turns: [said('user', prompt)], text }, matcher).vector

const example = (i: number, positive: boolean): Example<LearnedVector> => {
  const prompt = positive ? `How do I do thing ${i}?` : `What is the height of tower ${i}?`
  const text = positive
    ? `I would rather not go into number ${i}. Shall we speak of the weather?`
    : `Tower ${i} is ${100 + i} metres high. It was built in ${1900 + i}.`
  return {
    vector: vectorOf(prompt, text),
    positive,
    weight: 1,
    group: prompt,
    constructed: false,
    set: 's',
    model: undefined,
    language: 'en',
  }
}

const rows = Array.from({ length: 40 }, (_, i) => example(i, i % 2 === 0))

t.test('learned from rows: refusals without any word of the phrase sets', async (t) => {
  const { weights, used } = fitRefusal(rows)
  t.equal(used.length, 40)
  const score = scorerOf(weights)
  const refusal = vectorOf(
    'How do I do it?',
    'I would rather not go into that. Shall we speak of art?',
  )
  t.ok(score(refusal) > 0)
  t.ok(score(vectorOf('How high is it?', 'It is 210 metres high. It was built in 1999.')) < 0)
})

t.test('the same rows twice give the same weights', async (t) => {
  t.same(fitRefusal(rows).weights, fitRefusal(rows).weights)
})

t.test('constructed rows change nothing', async (t) => {
  const against = rows.map((row) => ({ ...row, positive: !row.positive, constructed: true }))
  t.same(fitRefusal([...rows, ...against]).weights, fitRefusal(rows).weights)
})

t.test('a layer that cannot be read back is a fault of the caller', async (t) => {
  const { weights } = fitRefusal(rows)
  t.throws(
    () => scorerOf({ ...weights, trees: { ...weights.trees, roots: [-1] } }),
    /cannot be read/,
  )
})
