import t from 'tap'
import { fitLogistic, scoreLinear } from '../../src/learn/logistic-regression.ts'

const row = (dense: number[], target: number, terms: [number, number][] = []) => ({
  vector: { dense: Float64Array.from(dense), terms: new Map(terms) },
  target,
  weight: 1,
})

t.test('a feature without penalty: the fit gives back the log-odds of the counts', async (t) => {
  // 8 of 10 positive with the feature, 3 of 10 without.
  const rows = [0, 1].flatMap((x) =>
    Array.from({ length: 10 }, (_, i) => row([x], i < (x === 1 ? 8 : 3) ? 1 : 0)),
  )
  const fit = fitLogistic(rows, { dense: 1e-9, terms: 1 }, new Set())
  const logit = (p: number) => Math.log(p / (1 - p))
  t.ok(Math.abs(fit.bias - logit(0.3)) < 1e-3, `bias ${fit.bias}`)
  t.ok(Math.abs((fit.dense[0] ?? 0) - (logit(0.8) - logit(0.3))) < 2e-3)
})

t.test('a penalty draws weights towards 0, never the bias', async (t) => {
  const rows = [row([1], 1), row([1], 1), row([0], 0), row([0], 1)]
  const free = fitLogistic(rows, { dense: 1e-6, terms: 1 }, new Set())
  const bound = fitLogistic(rows, { dense: 1e6, terms: 1 }, new Set())
  t.ok((free.dense[0] ?? 0) > 1)
  t.ok(Math.abs(bound.dense[0] ?? 0) < 1e-3)
  t.ok(Math.abs(bound.bias - Math.log(3)) < 1e-2, 'the bias still meets 3 of 4')
})

t.test('terms that are not to be kept get no weight', async (t) => {
  const rows = [
    row([], 1, [
      [7, 1],
      [9, 1],
    ]),
    row([], 0, [[9, 1]]),
    row([], 0, []),
  ]
  const fit = fitLogistic(rows, { dense: 1, terms: 0.1 }, new Set([7]))
  t.same([...fit.terms.keys()], [7])
  t.ok(scoreLinear(fit, { dense: new Float64Array(0), terms: new Map([[7, 1]]) }) > fit.bias)
})

t.test('a known offset is left to explain what it explains', async (t) => {
  const rows = [0, 1].flatMap((x) =>
    Array.from({ length: 10 }, (_, i) => ({
      ...row([x], i < (x === 1 ? 9 : 1) ? 1 : 0),
      offset: x === 1 ? Math.log(9) : -Math.log(9),
    })),
  )
  const fit = fitLogistic(rows, { dense: 1e-6, terms: 1 }, new Set())
  t.ok(Math.abs(fit.bias) < 1e-3)
  t.ok(Math.abs(fit.dense[0] ?? 0) < 1e-3)
})

t.test('the same rows twice give the same bits', async (t) => {
  const rows = Array.from({ length: 40 }, (_, i) =>
    row([Math.sin(i), i % 3], i % 2, [[(i * 7) % 11, 0.5]]),
  )
  const keep = new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  const [a, b] = [0, 1].map(() => fitLogistic(rows, { dense: 0.5, terms: 0.2 }, keep))
  t.same(a, b)
})

t.test('no rows: a fault of the caller', async (t) => {
  t.throws(() => fitLogistic([], { dense: 1, terms: 1 }, new Set()), /no rows/)
})
