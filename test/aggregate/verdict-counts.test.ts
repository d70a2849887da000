import t from 'tap'
import { VerdictCounts } from '../../src/aggregate/verdict-counts.ts'

const row = { language: 'de', set: 'unclassified', family: 'f', refused: 1, n: 2 }

t.test('counts of one key add up', (t) => {
  const counts = new VerdictCounts(9)
  counts.add([row, { ...row, language: 'bn' }])
  counts.add([{ ...row, refused: 0, n: 3 }])
  t.strictSame(counts.rows, [
    { ...row, refused: 1, n: 5 },
    { ...row, language: 'bn' },
  ])
  t.strictSame(row.n, 2, 'what is given stays as it is')
  t.end()
})

t.test('keys are bounded, and those that are there go on', (t) => {
  const counts = new VerdictCounts(3)
  for (let i = 0; i < 10; i++) counts.add([{ ...row, family: `f${i}` }])
  t.equal(counts.rows.length, 3)
  counts.add([{ ...row, family: 'f2' }])
  t.match(counts.rows[2], { family: 'f2', n: 4 })
  t.end()
})
