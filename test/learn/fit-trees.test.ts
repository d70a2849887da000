import t from 'tap'
import { scoreTrees, treesOf } from '../../src/judge/model/trees.ts'
import { fitTrees, type TreeOptions, type TreeRow } from '../../src/learn/fit-trees.ts'

const options: TreeOptions = {
  sets: 1,
  trees: 60,
  depth: 2,
  rate: 0.3,
  features: 1,
  penalty: 1,
  leafMin: 1,
}

/** Positive when exactly one of two features is set: no sum of them can say so. */
const either: TreeRow[] = Array.from({ length: 80 }, (_, i) => {
  const [a, b] = [i % 2, (i >> 1) % 2]
  return { dense: Float64Array.of(a, b, i % 5), positive: a !== b, weight: 1 }
})

const scorer = (rows: readonly TreeRow[], more: Partial<TreeOptions> = {}) => {
  const trees = treesOf(fitTrees(rows, { ...options, ...more }), rows[0]?.dense.length ?? 0)
  if (trees === undefined) throw new Error('trees that cannot be read back')
  return (...dense: number[]) => scoreTrees(trees, Float64Array.from(dense))
}

t.test('what depends on two features together is learned', async (t) => {
  // A start that is not quite even: with even halves no first split gains anything.
  const score = scorer([...either, { dense: Float64Array.of(1, 0, 0), positive: true, weight: 1 }])
  t.ok(score(1, 0, 3) > 2)
  t.ok(score(0, 1, 3) > 2)
  t.ok(score(0, 0, 3) < -2)
  t.ok(score(1, 1, 3) < -2)
})

t.test(
  'the same rows twice give the same numbers, whatever share of features is drawn',
  async (t) => {
    const drawn = { ...options, features: 0.5 }
    t.same(fitTrees(either, drawn), fitTrees(either, drawn))
  },
)

t.test('the mean of several sets: their trees side by side, leaves of a part each', async (t) => {
  const drawn = { ...options, features: 0.5, trees: 10 }
  const one = fitTrees(either, drawn)
  const three = fitTrees(either, { ...drawn, sets: 3 })
  t.equal(three.roots.length, 30)
  t.same(three.roots.slice(0, 10), one.roots)
  const leaf = one.features.indexOf(-1)
  t.equal(three.values[leaf], Math.round(((one.values[leaf] ?? 0) / 3) * 1e5) / 1e5)
})

t.test('no feature tells rows apart: every row gets the log-odds of all', async (t) => {
  const rows = Array.from({ length: 40 }, (_, i) => ({
    dense: Float64Array.of(1),
    positive: i < 30,
    weight: 1,
  }))
  t.ok(Math.abs(scorer(rows)(1) - Math.log(3)) < 1e-3)
})

t.test('weights count: two rows against one that counts five times', async (t) => {
  const row = (x: number, positive: boolean, weight: number) => ({
    dense: Float64Array.of(x),
    positive,
    weight,
  })
  const rows = [row(1, true, 5), row(1, false, 1), row(1, false, 1), row(0, false, 4)]
  const score = scorer(rows, { leafMin: 0.01, penalty: 0.1 })
  t.ok(score(1) > 0)
  t.ok(score(0) < 0)
})
