import t from 'tap'
import type { FeatureVector } from '../../src/judge/model/feature-vector.ts'
import type { Example } from '../../src/learn/example.ts'
import { fitLinear, frequentTerms } from '../../src/learn/fit-linear.ts'
import { scoreLinear } from '../../src/learn/logistic-regression.ts'

const example = (
  x: number,
  positive: boolean,
  more: Partial<Example<FeatureVector>> = {},
): Example<FeatureVector> => ({
  vector: { dense: Float64Array.of(x), terms: new Map() },
  positive,
  weight: 1,
  group: `${x}`,
  constructed: false,
  set: 's',
  model: undefined,
  language: undefined,
  ...more,
})

const clear = Array.from({ length: 20 }, (_, i) => example(i < 10 ? 1 : -1, i < 10))

t.test('constructed labels are never fitted', async (t) => {
  const against = Array.from({ length: 100 }, () => example(1, false, { constructed: true }))
  const { fit, used } = fitLinear([...clear, ...against])
  t.equal(used.length, 20)
  t.ok(scoreLinear(fit, example(1, true).vector) > 0)
})

t.test('examples of weight 0 are measured, not fitted', async (t) => {
  const wrong = Array.from({ length: 100 }, () => example(1, false, { weight: 0 }))
  const { fit, used } = fitLinear([...clear, ...wrong])
  t.equal(used.length, 20)
  t.ok(scoreLinear(fit, example(1, true).vector) > 0)
})

t.test('a term needs examples of several groups', async (t) => {
  const terms = new Map([[5, 1]])
  const vector = { dense: Float64Array.of(0), terms }
  const same = [0, 1, 2].map(() => example(0, true, { vector, group: 'one' }))
  t.notOk(fitLinear([...clear, ...same]).fit.terms.has(5))
  const apart = ['a', 'b', 'c'].map((group) => example(0, true, { vector, group }))
  t.ok(fitLinear([...clear, ...apart]).fit.terms.has(5))
})

t.test('terms by the number of groups they stand in, however often in each', async (t) => {
  const row = (group: string, ...buckets: number[]) => ({
    group,
    vector: { dense: Float64Array.of(), terms: new Map(buckets.map((bucket) => [bucket, 1])) },
  })
  const rows = [row('a', 7, 900), row('a', 7), row('b', 7, 900), row('c', 7), row('c', 8)]
  t.same([...frequentTerms(rows, 1)].sort(), [7, 8, 900])
  t.same([...frequentTerms(rows, 2)].sort(), [7, 900])
  t.same([...frequentTerms(rows, 3)], [7])
})
