import t from 'tap'
import { fitted } from '../../src/learn/example.ts'

t.test('constructed labels and rows of weight 0 are measured, never fitted', async (t) => {
  const row = { positive: true, group: 'g', set: 's', model: undefined, language: undefined }
  const rows = [
    { ...row, weight: 1, constructed: false },
    { ...row, weight: 0, constructed: false },
    { ...row, weight: 1, constructed: true },
  ]
  t.same(fitted(rows), rows.slice(0, 1))
})
