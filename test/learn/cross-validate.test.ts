import t from 'tap'
import type { FeatureVector } from '../../src/judge/model/feature-vector.ts'
import { crossValidate, figuresBy, figuresOf } from '../../src/learn/cross-validate.ts'
import type { Example } from '../../src/learn/example.ts'
import { fitLinear } from '../../src/learn/fit-linear.ts'
import { scoreLinear } from '../../src/learn/logistic-regression.ts'

const example = (i: number, positive: boolean, x: number): Example<FeatureVector> => ({
  vector: { dense: Float64Array.of(x), terms: new Map() },
  positive,
  weight: 1,
  group: `prompt ${i}`,
  constructed: false,
  set: i % 2 === 0 ? 'even' : 'odd',
  model: undefined,
  language: i < 10 ? 'en' : undefined,
})

t.test('every row is scored once, by a fit that has not seen its group', async (t) => {
  // Each group has a feature of its own that gives its label away: of no use when held out.
  const rows = Array.from({ length: 40 }, (_, i): Example<FeatureVector> => {
    const dense = new Float64Array(20)
    dense[i >> 1] = 1
    const base = example(i >> 1, (i >> 1) % 2 === 0, 0)
    return { ...base, vector: { dense, terms: new Map() } }
  })
  const scored = crossValidate(rows, 5, (rest) => {
    const { fit } = fitLinear(rest)
    return (vector) => scoreLinear(fit, vector)
  })
  t.equal(scored.length, 40)
  for (const { example: row, score } of scored) {
    const others = scored.filter((s) => s.example.group === row.group)
    t.ok(others.every((s) => s.score === score))
    t.ok(Math.abs(score) < 0.7, 'nothing was learned of the held-out group')
  }
})

t.test('figures of a known table: kappa, AC1, sensitivity and rates', async (t) => {
  const scored = [
    ...Array.from({ length: 40 }, (_, i) => ({ example: example(i, true, 1), score: 1 })),
    ...Array.from({ length: 10 }, (_, i) => ({ example: example(i, true, 1), score: -1 })),
    ...Array.from({ length: 5 }, (_, i) => ({ example: example(i, false, 1), score: 1 })),
    ...Array.from({ length: 45 }, (_, i) => ({ example: example(i, false, 1), score: -1 })),
  ]
  const figures = figuresOf(scored)
  t.equal(figures.n, 100)
  t.ok(Math.abs((figures.kappa?.est ?? 0) - 0.7) < 1e-12)
  t.equal(figures.sensitivity?.est, 0.8)
  t.equal(figures.specificity?.est, 0.9)
  t.same(figures.positive_rate, { human: 0.5, model: 0.45 })
  t.same(
    figuresBy(scored, ({ language }) => language).map(([name, { n }]) => [name, n]),
    [['en', 35]],
  )
})

t.test('no rows: nothing is known, and nothing is 0', async (t) => {
  t.same(figuresOf([]), {
    n: 0,
    kappa: null,
    ac1: null,
    sensitivity: null,
    specificity: null,
    positive_rate: { human: null, model: null },
  })
})
