import fc from 'fast-check'
import t from 'tap'
import { depthBucket } from '../../src/enrich/depth.ts'
import { fuzz } from '../fuzz-runs.ts'

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

void t.test(
  'any count is in one bucket of the closed set, and more turns are never less deep',
  (t) => {
    const buckets = ['1', '2-4', '5-9', '10-19', '20+']
    const count = fc.oneof(fc.nat({ max: 40 }), fc.nat(), fc.maxSafeNat())
    fc.assert(
      fc.property(count, count, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((n) =>
          buckets.indexOf(depthBucket(n)),
        )
        return less !== undefined && more !== undefined && less >= 0 && less <= more
      }),
      fuzz('depth', 20261128),
    )
    t.end()
  },
)
