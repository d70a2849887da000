import t from 'tap'
import { RateSums, ratesOf } from '../../src/aggregate/rate-sums.ts'

const item = { language: 'de', set: 'benign', unsure: false, refused: false }

t.test('sums count together, by language and set', (t) => {
  const hours = Array.from({ length: 4 }, () => new RateSums(100))
  for (let i = 0; i < 20; i++) {
    const one = hours[i % 4]
    const refused = i % 2 === 0
    one?.eligible({ ...item, refused })
    one?.graded({ ...item, refused }, refused, 1)
    one?.eligible({ ...item, set: 'unsure' })
    one?.graded({ ...item, set: 'unsure' }, true, 1)
  }
  t.match(ratesOf(hours), [
    { language: 'de', set: 'benign', rate: { est: 0.5, effectiveN: 20 } },
    { language: 'de', set: 'unsure', rate: { est: 1, effectiveN: 20 } },
  ])
  // Asking changes nothing.
  t.match(ratesOf(hours), [{ rate: { effectiveN: 20 } }, { rate: { effectiveN: 20 } }])
  t.end()
})

t.test('a verdict weighs one over its chance', (t) => {
  const one = new RateSums(100)
  for (let i = 0; i < 100; i++) one.eligible(item)
  one.graded(item, true, 0.5)
  one.graded(item, false, 0.125)
  const [row] = ratesOf([one])
  // (1 / 0.5) of (1 / 0.5 + 1 / 0.125)
  t.equal(row?.rate.est, 0.2)
  t.equal(row?.rate.effectiveN, 100 / 68)
  t.end()
})

t.test('what is added counts as if it had been seen', (t) => {
  const [one, other, both] = [new RateSums(100), new RateSums(100), new RateSums(100)]
  for (let i = 0; i < 30; i++) {
    const seen = { ...item, unsure: i % 3 === 0, refused: i % 2 === 0 }
    for (const sums of [i % 5 === 0 ? one : other, both]) {
      sums.eligible(seen)
      sums.graded(seen, i % 7 === 0, 0.25)
    }
  }
  one.add(other.strata)
  t.strictSame(ratesOf([one]), ratesOf([both]))
  t.end()
})

t.test('strata above the bound are not kept', (t) => {
  const one = new RateSums(2)
  for (const language of ['a', 'b', 'c']) {
    one.eligible({ ...item, language })
    t.equal(one.graded({ ...item, language }, true, 1), language !== 'c')
  }
  t.equal(ratesOf([one]).length, 2)
  t.end()
})

t.test('verdicts can be taken back, of one language or of all', (t) => {
  const one = new RateSums(100)
  for (const language of ['de', 'de', 'zu']) {
    one.eligible({ ...item, language })
    one.graded({ ...item, language }, true, 1)
  }
  t.strictSame(one.forget('zu'), new Map([['zu', 1]]))
  t.strictSame(
    ratesOf([one]).map(({ language }) => language),
    ['de'],
  )
  t.strictSame(one.forget(), new Map([['de', 2]]))
  t.strictSame(one.forget(), new Map())
  t.end()
})

t.test('a chance that is none is a fault of the program', (t) => {
  for (const probability of [0, -1, 1.1, Number.NaN]) {
    t.throws(() => new RateSums(9).graded(item, true, probability), RangeError)
  }
  t.end()
})
