import t from 'tap'
import { depthBucket } from '../../src/enrich/depth.ts'

void t.test('the borders of every bucket', (t) => {
  const counts = [0, 1, 2, 4, 5, 9, 10, 19, 20, 5_000]
  t.same(counts.map(depthBucket), [
    '1',
    '1',
    '2-4',
    '2-4',
    '5-9',
    '5-9',
    '10-19',
    '10-19',
    '20+',
    '20+',
  ])
  t.end()
})
