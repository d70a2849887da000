import t from 'tap'
import { foldOf } from '../../src/learn/fold.ts'

const groups = Array.from({ length: 100 }, (_, i) => `prompt ${i}`)

t.test(
  'the fold of a group depends on the group and the split, and all folds are used',
  async (t) => {
    const folds = groups.map((group) => foldOf(group, 5))
    t.same(
      [...new Set(folds)].sort((a, b) => a - b),
      [0, 1, 2, 3, 4],
    )
    t.same(
      groups.map((group) => foldOf(group, 5)),
      folds,
    )
    t.notSame(
      groups.map((group) => foldOf(group, 5, 31)),
      folds,
    )
  },
)
