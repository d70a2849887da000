import t from 'tap'
import { scoreTrees, treesOf } from '../../../src/judge/model/trees.ts'

// if x0 < 0.5: 1, else (if x1 < 2: -1, else 3); and a tree that is one leaf.
const file = {
  bias: 0.25,
  roots: [0, 5],
  features: [0, -1, 1, -1, -1, -1],
  values: [0.5, 1, 2, -1, 3, 10],
  rights: [2, 0, 2, 0, 0, 0],
}

t.test('each tree adds the value of one leaf; a value on the bound goes right', async (t) => {
  const trees = treesOf(file, 2)
  if (trees === undefined) return t.fail('not read')
  t.equal(scoreTrees(trees, Float64Array.of(0, 9)), 11.25)
  t.equal(scoreTrees(trees, Float64Array.of(0.5, 0)), 9.25)
  t.equal(scoreTrees(trees, Float64Array.of(0.5, 2)), 13.25)
})

t.test('rows that do not fit together, or lead nowhere, are no trees', async (t) => {
  for (const wrong of [
    {},
    null,
    { ...file, bias: 'x' },
    { ...file, values: [1] },
    { ...file, roots: [6] },
    { ...file, roots: [-1] },
    { ...file, rights: [2, 0, 4, 0, 0, 0] },
    { ...file, rights: [0, 0, 2, 0, 0, 0] },
    { ...file, features: [7, -1, 1, -1, -1, -1] },
    { ...file, features: [0, -1, 1, -1, -1, null] },
  ]) {
    t.equal(treesOf(wrong, 2), undefined)
  }
})
