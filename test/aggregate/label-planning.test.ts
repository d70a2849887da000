import t from 'tap'
import { labelsForGap, labelsForRate } from '../../src/aggregate/label-planning.ts'
import { newcombe } from '../../src/aggregate/newcombe.ts'
import { wilson } from '../../src/aggregate/wilson.ts'

void t.test('the number is the least that fits', async (t) => {
  for (const [rate, half] of [
    [0.5, 0.05],
    [0.9, 0.05],
    [0.02, 0.05],
    [0.9, 0.01],
  ] as const) {
    const n = labelsForRate(rate, half)
    const width = (of: number): number => {
      const interval = wilson(rate * of, of)
      return interval === undefined ? 1 : Math.max(rate - interval.lo, interval.hi - rate)
    }
    t.ok(width(n) <= half && width(n - 1) > half, `${rate} ${half}: ${n}`)
  }
  t.equal(labelsForRate(0.5, 0.05), 381)
  t.equal(labelsForRate(0.5, 2), 1)
})

void t.test('a gap needs more of each than one rate', async (t) => {
  const n = labelsForGap(0.9, 0.8, 0.05)
  const gap = newcombe({ successes: 0.9 * n, trials: n }, { successes: 0.8 * n, trials: n })
  t.ok(gap !== undefined && Math.max(gap.est - gap.lo, gap.hi - gap.est) <= 0.05)
  t.ok(n > labelsForRate(0.8, 0.05), `${n}`)
})

void t.test('a width nobody reaches ends the search', async (t) => {
  t.ok(labelsForRate(0.5, 0) >= 10_000_000)
})
