import t from 'tap'
import { lowerRateLimit, upperRateLimit } from '../../src/aggregate/clopper-pearson.ts'

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b)

/** P(X <= k), summed in the plain way. */
const tail = (n: number, k: number, p: number): number => {
  let term = (1 - p) ** n
  let sum = term
  for (let i = 1; i <= k; i++) {
    term *= ((n - i + 1) / i) * (p / (1 - p))
    sum += term
  }
  return sum
}

void t.test('without any success the limits have a closed form', async (t) => {
  for (const [n, alpha] of [
    [20, 0.05],
    [1000, 0.0002],
  ] as const) {
    t.ok(near(upperRateLimit(0, n, alpha), 1 - alpha ** (1 / n)))
    t.ok(near(lowerRateLimit(n, n, alpha), alpha ** (1 / n)))
  }
  t.equal(upperRateLimit(5, 5, 0.05), 1)
  t.equal(lowerRateLimit(0, 5, 0.05), 0)
})

void t.test('at the limit the tail has probability alpha', async (t) => {
  for (const [k, n, alpha] of [
    [3, 10, 0.05],
    [12, 60, 0.01],
    [185, 500, 0.0002],
  ] as const) {
    const limit = upperRateLimit(k, n, alpha)
    t.ok(limit > k / n && near(tail(n, k, limit), alpha), `${k} of ${n}: ${limit}`)
  }
})

void t.test('large counts neither overflow nor take long', async (t) => {
  const limit = upperRateLimit(800_000, 1_000_000, 0.0002)
  // 3.54 standard errors of 0.0004.
  t.ok(Math.abs(limit - 0.8 - 3.54 * 0.0004) < 1e-5, `${limit}`)
})

void t.test('counts and levels that make no sense throw', async (t) => {
  t.throws(() => upperRateLimit(1, 0, 0.05), RangeError)
  t.throws(() => upperRateLimit(3, 2, 0.05), RangeError)
  t.throws(() => upperRateLimit(0.5, 2, 0.05), RangeError)
  t.throws(() => upperRateLimit(1, 2, 0), RangeError)
})
