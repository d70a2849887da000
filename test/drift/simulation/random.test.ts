import t from 'tap'
import { createRandom } from '../../../src/drift/simulation/random.ts'

void t.test('the same seed and stream give the same numbers, others do not', async (t) => {
  const draw = (seed: number, stream?: number) => {
    const random = createRandom(seed, stream)
    return Array.from({ length: 4 }, () => random.uniform())
  }
  t.same(draw(7, 3), draw(7, 3))
  const seen = new Set<string>()
  for (const seed of [0, 1, 7, 2 ** 32 + 7, Number.MAX_SAFE_INTEGER]) {
    for (const stream of [0, 1, 2, 499]) seen.add(JSON.stringify(draw(seed, stream)))
  }
  t.equal(seen.size, 20)
  t.throws(() => createRandom(0.5), RangeError)
})

void t.test('numbers are uniform, whole ones cover their range', async (t) => {
  const random = createRandom(1)
  const n = 100_000
  const bins = new Array<number>(10).fill(0)
  let sum = 0
  for (let i = 0; i < n; i++) {
    const value = random.uniform()
    sum += value
    const bin = Math.floor(value * 10)
    bins[bin] = (bins[bin] ?? 0) + 1
  }
  t.ok(Math.abs(sum / n - 0.5) < 0.004, `${sum / n}`)
  // Chi-square with 9 degrees: 27.9 at p = .001.
  const chi = bins.reduce((total, count) => total + (count - n / 10) ** 2 / (n / 10), 0)
  t.ok(chi < 27.9, `${chi}`)
  const whole = new Set(Array.from({ length: 200 }, () => random.below(5)))
  t.same([...whole].sort(), [0, 1, 2, 3, 4])
})

void t.test('Poisson numbers have their mean as mean and variance, small and large', async (t) => {
  const random = createRandom(2)
  for (const mean of [0.5, 8, 83]) {
    let sum = 0
    let squares = 0
    const n = 20_000
    for (let i = 0; i < n; i++) {
      const value = random.poisson(mean)
      sum += value
      squares += value * value
    }
    const got = sum / n
    t.ok(Math.abs(got / mean - 1) < 0.03, `${got}`)
    t.ok(Math.abs((squares / n - got * got) / mean - 1) < 0.06, `${mean}`)
  }
  t.equal(random.poisson(0), 0)
})
