import fc from 'fast-check'
import t from 'tap'
import { upperRateLimit } from '../../src/aggregate/clopper-pearson.ts'
import { ScoreHistogram } from '../../src/aggregate/score-histogram.ts'
import {
  DifferenceCounts,
  learnGap,
  learnLowerRate,
  learnScoreLimit,
  learnScoreLimitFromHistogram,
  learnUpperRate,
  upperMeanLimit,
} from '../../src/drift/learned-null.ts'
import { createRandom } from '../../src/drift/simulation/random.ts'

const alpha = 0.0002
const few = { ok: false, reason: 'few_references' }

const counted = (up: number, down: number, equal: number): DifferenceCounts => {
  const counts = new DifferenceCounts()
  counts.add(1, up)
  counts.add(-1, down)
  counts.add(0, equal)
  return counts
}

void t.test('below a thousand reference samples nothing is learned', async (t) => {
  t.same(learnLowerRate(900, 999, alpha), few)
  t.same(learnUpperRate(10, 999, alpha), few)
  t.same(learnGap(counted(20, 20, 959), alpha, 0.1), few)
  t.same(learnScoreLimit(new Array<number>(999).fill(1), alpha, 0.02), few)
})

void t.test('rates lie on the careful side of what was seen', async (t) => {
  const lower = learnLowerRate(900, 1000, alpha)
  const upper = learnUpperRate(100, 1000, alpha)
  t.ok(lower.ok && upper.ok && Math.abs(lower.value + upper.value - 1) < 1e-12)
  t.ok(lower.ok && lower.value > 0.86 && lower.value < 0.87, JSON.stringify(lower))
})

void t.test('the limit of a mean gap narrows with the reference', async (t) => {
  const small = upperMeanLimit(counted(60, 40, 900), alpha)
  const large = upperMeanLimit(counted(6000, 4000, 90_000), alpha)
  // Mean .02, standard error .01 and .001; 3.54 of them is the least for this alpha.
  t.ok(small > 0.02 + 3.54 * 0.00998 && small < 0.075, `${small}`)
  t.ok(large > 0.02 + 3.54 * 0.000998 && large < 0.026, `${large}`)
})

void t.test('differences are rounded upwards, to the careful side', async (t) => {
  const exact = new DifferenceCounts()
  exact.add(0.185, 2000)
  t.same([...exact.entries()], [[0.185, 2000]])
  const between = new DifferenceCounts()
  between.add(0.1801)
  between.add(-0.1809)
  t.same(
    [...between.entries()],
    [
      [0.181, 1],
      [-0.18, 1],
    ],
  )
  t.throws(() => exact.add(1.001), RangeError)
  t.throws(() => exact.add(0, -1), RangeError)
})

void t.test('a learned gap is never above the breach null', async (t) => {
  t.same(learnGap(counted(300, 0, 700), alpha, 0.1), { ok: true, value: 0.1 })
  const none = learnGap(counted(0, 0, 100_000), alpha, 0.1)
  t.ok(none.ok && none.value > 0 && none.value < 0.001, JSON.stringify(none))
})

void t.test('of 2,000 references 10 % at most give a limit below the truth, at 10 %', async (t) => {
  const random = createRandom(4)
  let below = 0
  for (let run = 0; run < 2000; run++) {
    const counts = new DifferenceCounts()
    for (let i = 0; i < 1000; i++) {
      const draw = random.uniform()
      counts.add(draw < 0.12 ? 1 : draw < 0.2 ? -1 : 0)
    }
    if (upperMeanLimit(counts, 0.1) < 0.04) below++
  }
  t.ok(below <= 200, `${below}`)
  t.ok(below > 0, 'nor is it so wide that it says nothing')
})

void t.test('the score limit is the 99th percentile of a large reference', async (t) => {
  const scores = Array.from({ length: 10_000 }, (_, i) => i + 1)
  t.same(learnScoreLimit(scores, alpha, 0.02), { ok: true, value: 9900 })
  const small = learnScoreLimit(scores.slice(0, 1000), alpha, 0.02)
  t.ok(small.ok && small.value > 990, 'and higher where few cannot vouch for it')
  t.same(learnScoreLimit(scores.slice(0, 1000), 1e-12, 0.02), few)
})

void t.test('the score limit is the highest that the promise allows, at any size', async (t) => {
  for (const [n, a, g0] of [
    [1000, 0.0002, 0.02],
    [1234, 0.01, 0.012],
    [5000, 0.0002, 0.0105],
    [20_000, 0.001, 0.0101],
  ] as const) {
    // The count of exceedances by trying each.
    let above = Math.floor(n * 0.01)
    while (upperRateLimit(above, n, a) > g0) above--
    const scores = Array.from({ length: n }, (_, i) => i + 1)
    t.same(learnScoreLimit(scores, a, g0), { ok: true, value: n - above }, `${n}`)
  }
})

const histogramOf = (scores: readonly number[]): ScoreHistogram => {
  const histogram = new ScoreHistogram()
  for (const score of scores) histogram.add(score)
  return histogram
}

void t.test('from a histogram the limit is wider by less than a bin, never narrower', async (t) => {
  const alphas = fc.constantFrom(0.0002, 0.01, 0.1)
  const nulls = fc.constantFrom(0.012, 0.02, 0.05)
  let compared = 0
  fc.assert(
    fc.property(fc.nat(), fc.nat(3000), alphas, nulls, (seed, more, a, g0) => {
      const random = createRandom(seed)
      // Few different scores, or all different; ties across the limit or none.
      const steps = seed % 2 === 0 ? 7 : 1e9
      const scores = Array.from(
        { length: 1000 + more },
        () => Math.floor(random.uniform() ** 3 * steps) * (12 / steps),
      )
      const exact = learnScoreLimit(scores, a, g0)
      const binned = learnScoreLimitFromHistogram(histogramOf(scores), a, g0)
      if (!exact.ok || !binned.ok) return exact.ok === binned.ok
      compared++
      const exceed = scores.filter((score) => score > binned.value).length
      return (
        binned.value >= exact.value &&
        binned.value - exact.value <= 0.05 + 1e-12 &&
        upperRateLimit(exceed, scores.length, a) <= g0
      )
    }),
    { seed: 10, numRuns: 200 },
  )
  t.ok(compared > 100, `${compared} limits`)
})

void t.test('a histogram says nothing when it is small, or its limit has no edge', async (t) => {
  const high = new ScoreHistogram()
  high.add(3, 1900)
  high.add(25, 100)
  t.same(learnScoreLimitFromHistogram(high, alpha, 0.02), { ok: false, reason: 'beyond_histogram' })
  high.add(3, 20_000)
  t.same(learnScoreLimitFromHistogram(high, alpha, 0.02), { ok: true, value: 3 })
  t.same(
    learnScoreLimitFromHistogram(histogramOf(new Array<number>(999).fill(1)), alpha, 0.02),
    few,
  )
  t.same(
    learnScoreLimitFromHistogram(histogramOf(new Array<number>(1000).fill(1)), 1e-12, 0.02),
    few,
  )
})
