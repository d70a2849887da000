import t from 'tap'
import { mcnemarP, pairedDifference } from '../../src/aggregate/mcnemar.ts'

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b)

void t.test('the exact p equals the reference', async (t) => {
  t.ok(near(mcnemarP(12, 3), 0.03515625))
  t.ok(near(mcnemarP(3, 12), 0.03515625), 'the order does not matter')
  t.equal(mcnemarP(5, 5), 1)
  t.ok(near(mcnemarP(9, 0), 0.00390625))
  t.equal(mcnemarP(0, 0), 1)
})

void t.test('large counts neither overflow nor lose the tail', async (t) => {
  // 1 - P(no difference) by the normal law with continuity correction, to 1 %.
  const p = mcnemarP(500_600, 499_400)
  t.ok(Math.abs(p - 0.2305) < 0.003, `${p}`)
  t.ok(mcnemarP(900, 100) < 1e-150)
  t.equal(mcnemarP(1_000_000, 1_000_000), 1)
  t.throws(() => mcnemarP(-1, 3), RangeError)
  t.throws(() => mcnemarP(1.5, 3), RangeError)
})

void t.test(
  'sums of products and of logarithms meet where one hands over to the other',
  async (t) => {
    const below = mcnemarP(530, 469)
    const above = mcnemarP(531, 469)
    t.ok(above < below && above > 0.9 * below, `${below} ${above}`)
  },
)

const table = (bothYes: number, firstOnly: number, secondOnly: number, bothNo: number) => ({
  bothYes,
  firstOnly,
  secondOnly,
  bothNo,
})

void t.test(
  'the interval equals one worked out apart, with and without a correlation',
  async (t) => {
    const tied = pairedDifference(table(20, 12, 2, 16))
    t.equal(tied?.est, 0.2)
    t.ok(near(tied?.lo ?? 0, 0.05615642484174832) && near(tied?.hi ?? 0, 0.3292069954001405))
    const loose = pairedDifference(table(1, 1, 7, 12))
    t.ok(near(loose?.lo ?? 0, -0.506920226686141) && near(loose?.hi ?? 0, -0.025559124164859837))
    const against = pairedDifference(table(1, 9, 8, 2))
    t.ok((against?.hi ?? 0) - (against?.lo ?? 0) > 0.6, 'opposite answers widen it')
  },
)

void t.test('swapping the conditions mirrors the interval', async (t) => {
  const got = pairedDifference(table(20, 12, 2, 16))
  const swapped = pairedDifference(table(20, 2, 12, 16))
  t.ok(near(got?.lo ?? 0, -(swapped?.hi ?? 0)) && near(got?.hi ?? 0, -(swapped?.lo ?? 0)))
  t.equal(pairedDifference(table(0, 0, 0, 0)), undefined)
})

/** Chance that the interval holds the true difference, summed over every possible table. */
const coverage = (n: number, cells: readonly [number, number, number]): number => {
  const [yes, first, second] = cells
  const rest = 1 - yes - first - second
  const logFactorial = [0]
  for (let i = 1; i <= n; i++) logFactorial.push((logFactorial[i - 1] ?? 0) + Math.log(i))
  const lf = (i: number): number => logFactorial[i] ?? 0
  const power = (p: number, k: number): number => (k === 0 ? 0 : k * Math.log(p))
  let sum = 0
  for (let a = 0; a <= n; a++) {
    for (let b = 0; a + b <= n; b++) {
      for (let c = 0; a + b + c <= n; c++) {
        const d = n - a - b - c
        const got = pairedDifference(table(a, b, c, d))
        if (got === undefined || first - second < got.lo || first - second > got.hi) continue
        const logs = power(yes, a) + power(first, b) + power(second, c) + power(rest, d)
        sum += Math.exp(lf(n) - lf(a) - lf(b) - lf(c) - lf(d) + logs)
      }
    }
  }
  return sum
}

void t.test('over a grid of true tables the interval covers as it says', async (t) => {
  const all: number[] = []
  for (const yes of [0.2, 0.5, 0.7]) {
    for (const first of [0.02, 0.1, 0.2]) {
      for (const second of [0.01, 0.05]) all.push(coverage(30, [yes, first, second]))
    }
  }
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length
  t.equal(all.length, 18)
  t.ok(Math.min(...all) >= 0.92, `least ${Math.min(...all)}`)
  t.ok(mean >= 0.945, `mean ${mean}`)
})
