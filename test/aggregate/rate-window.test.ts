import t from 'tap'
import { createRateWindow } from '../../src/aggregate/rate-window.ts'

const hour = 3_600_000
const window = (strataMax = 100) => createRateWindow({ buckets: 24, bucketMs: hour, strataMax })
const item = { language: 'de', set: 'benign', unsure: false, refused: false, at: 0 }

t.test('hours count together, by language and set', (t) => {
  const one = window()
  for (let i = 0; i < 20; i++) {
    const at = (i % 4) * hour
    one.eligible({ ...item, at, refused: i % 2 === 0 })
    one.graded({ ...item, at, refused: i % 2 === 0 }, i % 2 === 0, 1)
    one.eligible({ ...item, at, set: 'unsure' })
    one.graded({ ...item, at, set: 'unsure' }, true, 1)
  }
  t.match(one.rates(4 * hour), [
    { language: 'de', set: 'benign', rate: { est: 0.5, effectiveN: 20 } },
    { language: 'de', set: 'unsure', rate: { est: 1, effectiveN: 20 } },
  ])
  // Asking changes nothing.
  t.match(one.rates(4 * hour), [{ rate: { effectiveN: 20 } }, { rate: { effectiveN: 20 } }])
  t.end()
})

t.test('a verdict weighs one over its chance', (t) => {
  const one = window()
  for (let i = 0; i < 100; i++) one.eligible(item)
  one.graded(item, true, 0.5)
  one.graded(item, false, 0.125)
  const [row] = one.rates(0)
  // (1 / 0.5) of (1 / 0.5 + 1 / 0.125)
  t.equal(row?.rate.est, 0.2)
  t.equal(row?.rate.effectiveN, 100 / 68)
  t.end()
})

t.test('an hour leaves the window as a whole, and nothing enters it any more', (t) => {
  const one = window()
  one.eligible(item)
  t.ok(one.graded(item, true, 0.5))
  one.eligible({ ...item, at: 23.5 * hour })
  t.ok(one.graded(item, true, 0.5))
  t.match(one.rates(23.9 * hour), [{ rate: { est: 1, effectiveN: 2 } }])
  t.strictSame(one.rates(24 * hour), [])
  t.notOk(one.graded(item, true, 0.5), 'the verdict came too late')
  t.end()
})

t.test('strata above the bound are not kept', (t) => {
  const one = window(2)
  for (const language of ['a', 'b', 'c']) {
    one.eligible({ ...item, language })
    t.equal(one.graded({ ...item, language }, true, 1), language !== 'c')
  }
  t.equal(one.rates(0).length, 2)
  t.end()
})

t.test('verdicts can be taken back, of one language or of all', (t) => {
  const one = window()
  for (const language of ['de', 'de', 'zu']) {
    one.eligible({ ...item, language })
    one.graded({ ...item, language }, true, 1)
  }
  t.strictSame(one.forget('zu'), new Map([['zu', 1]]))
  t.strictSame(
    one.rates(0).map(({ language }) => language),
    ['de'],
  )
  t.strictSame(one.forget(), new Map([['de', 2]]))
  t.strictSame(one.forget(), new Map())
  t.end()
})

t.test('a chance that is none is a fault of the program', (t) => {
  for (const probability of [0, -1, 1.1, Number.NaN]) {
    t.throws(() => window().graded(item, true, probability), RangeError)
  }
  t.end()
})
