import t from 'tap'
import { shrinkRates } from '../../src/aggregate/empirical-bayes.ts'

const near = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) <= 1e-9 * Math.abs(b)

const strata = (s: readonly number[], n: readonly number[]) =>
  s.map((successes, i) => ({ successes, trials: n[i] ?? 0 }))

void t.test('mean, correlation and shrunk rates equal the reference', async (t) => {
  const got = shrinkRates(strata([180, 19, 45, 8, 88, 3], [200, 20, 60, 8, 100, 5]))
  t.ok(near(got?.mu, 0.8727735368956743))
  t.ok(near(got?.rho, 0.04041148733380672), `${got?.rho}`)
  t.ok(near(got?.kappa, 23.745439130705734))
  const want = [
    0.8971105363090306, 0.9080807436074794, 0.7848115858902789, 0.9048352041053784,
    0.8786133182687015, 0.8253271340671472,
  ]
  t.equal(got?.shrunk.length, want.length)
  for (const [i, value] of want.entries()) t.ok(near(got?.shrunk[i], value), `stratum ${i}`)
})

void t.test(
  'strata that do not differ are all given the common rate, a stratum of none too',
  async (t) => {
    const got = shrinkRates(strata([5, 50, 0], [10, 100, 0]))
    t.equal(got?.rho, 1e-6)
    for (const rate of got?.shrunk ?? []) t.ok(Math.abs(rate - 0.5) < 1e-9)
    t.equal(got?.shrunk.length, 3)
  },
)

void t.test('strata that are all one or the other keep nearly their own rates', async (t) => {
  const got = shrinkRates(strata([100, 0, 100, 0], [100, 100, 100, 100]))
  t.equal(got?.rho, 0.999)
  t.ok((got?.shrunk[0] ?? 0) > 0.9999 && (got?.shrunk[1] ?? 1) < 0.0001)
})

void t.test('rates of 0 everywhere shrink to 0 and never to NaN', async (t) => {
  t.same(shrinkRates(strata([0, 0], [3, 4]))?.shrunk, [0, 0])
  t.same(shrinkRates(strata([1, 0, 1], [1, 1, 1]))?.shrunk.some(Number.isNaN), false)
})

void t.test('one stratum is compared with nothing; impossible counts are a fault', async (t) => {
  t.equal(shrinkRates([]), undefined)
  t.equal(shrinkRates(strata([1, 0], [2, 0])), undefined)
  t.throws(() => shrinkRates(strata([3, 1], [2, 2])), RangeError)
})
