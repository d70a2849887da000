import fc from 'fast-check'
import t from 'tap'
import {
  readScoreHistogram,
  ScoreHistogram,
  scoreBitsMax,
} from '../../src/aggregate/score-histogram.ts'

const counted = (scores: readonly number[]): ScoreHistogram => {
  const histogram = new ScoreHistogram()
  for (const score of scores) histogram.add(score)
  return histogram
}

void t.test('a score stands in the bin whose upper edge is next', async (t) => {
  t.same(counted([0, 0.01, 0.05, 0.0500001, 0.1, 0.15, 24]).edges(), [
    [0, 1],
    [0.05, 2],
    [0.1, 2],
    [0.15, 1],
    [24, 1],
  ])
  t.same(counted([24.001, Number.POSITIVE_INFINITY]).edges(), [[Number.POSITIVE_INFINITY, 2]])
  const many = new ScoreHistogram()
  many.add(1, 5)
  many.add(2, 0)
  t.same(many.bins(), [[20, 5]])
  t.equal(many.total, 5)
})

void t.test('an edge is never below its score, and less than a bin above it', async () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: scoreBitsMax, noNaN: true }), (score) => {
      const edge = counted([score]).edges()[0]?.[0] ?? -1
      return edge >= score && edge - score <= 0.05 + 1e-12
    }),
    { seed: 2, numRuns: 2000 },
  )
})

const scores = fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { maxLength: 50 })

void t.test('any order of merges gives the same histogram, and it survives JSON', async () => {
  fc.assert(
    fc.property(scores, scores, scores, (a, b, c) => {
      const one = counted(a)
      one.merge(counted(b))
      one.merge(counted(c))
      const right = counted(b)
      right.merge(counted(c))
      const two = counted([])
      two.merge(right)
      two.merge(counted(a))
      const text = JSON.stringify(counted([...c, ...b, ...a]))
      const read = readScoreHistogram(JSON.parse(text))
      return (
        JSON.stringify(one) === text &&
        JSON.stringify(two) === text &&
        JSON.stringify(read) === text &&
        read?.total === a.length + b.length + c.length
      )
    }),
    { seed: 4, numRuns: 300 },
  )
})

void t.test('what no histogram wrote is refused', async (t) => {
  t.same(
    readScoreHistogram({
      bins: [
        [1, 1],
        [481, 2],
      ],
    })?.edges(),
    [
      [0.05, 1],
      [Number.POSITIVE_INFINITY, 2],
    ],
  )
  const bad: unknown[] = [
    null,
    [],
    {},
    { bins: {} },
    { bins: [], more: 1 },
    { bins: [[1]] },
    { bins: [[1, 1, 1]] },
    { bins: [1] },
    { bins: [[-1, 1]] },
    { bins: [[482, 1]] },
    { bins: [[1.5, 1]] },
    { bins: [['1', 1]] },
    { bins: [[1, 0]] },
    { bins: [[1, -1]] },
    { bins: [[1, null]] },
    {
      bins: [
        [1, 1],
        [1, 1],
      ],
    },
    {
      bins: [
        [2, 1],
        [1, 1],
      ],
    },
    {
      bins: [
        [1, 2 ** 53 - 1],
        [2, 2 ** 53 - 1],
      ],
    },
    { bins: new Array(500).fill([1, 1]) },
  ]
  for (const value of bad) t.equal(readScoreHistogram(value), undefined, JSON.stringify(value))
})

void t.test('scores and counts that are none are faults', async (t) => {
  for (const score of [-0.1, Number.NaN]) t.throws(() => counted([score]), RangeError)
  t.throws(() => new ScoreHistogram().add(1, -1), RangeError)
  t.throws(() => new ScoreHistogram().add(1, 0.5), RangeError)
})
