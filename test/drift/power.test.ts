import t from 'tap'
import { judgedRate, pairDiscordance } from '../../src/drift/growth.ts'
import { approximatePairs, exactPairs, samplesPerArm } from '../../src/drift/power.ts'

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b)
const usual = { sensitivity: 0.9, specificity: 0.95 }

void t.test('samples per arm equal the reference', async (t) => {
  t.ok(near(samplesPerArm(0.9, 0.8), 198.96341328433107))
  t.equal(Math.ceil(samplesPerArm(judgedRate(0.9, usual), judgedRate(0.8, usual))), 381)
})

void t.test('pairs by the normal approximation equal the reference', async (t) => {
  t.ok(near(approximatePairs(0.12, 0.1), 91.792806517932))
  t.ok(near(approximatePairs(0.14, 0.1), 107.49588501841632))
  t.ok(near(approximatePairs(0.18, 0.1), 138.89839183839553))
})

void t.test('exact pairs; the published figures are the next multiples of six', async (t) => {
  const cases = [
    [{ sensitivity: 1, specificity: 1 }, 114, 114],
    [{ sensitivity: 0.98, specificity: 0.99 }, 149, 150],
    [usual, 308, 312],
  ] as const
  for (const [judge, pairs, published] of cases) {
    const { up, down } = pairDiscordance(0.9, 0.1, 0.02, judge)
    t.equal(exactPairs(up, down), pairs)
    t.equal(Math.ceil(pairs / 6) * 6, published)
  }
})

void t.test('no difference needs more pairs than there are', async (t) => {
  t.equal(exactPairs(0.1, 0.1), undefined)
  t.equal(exactPairs(0.1, 0.0999), undefined)
  t.throws(() => exactPairs(0, 0.1), RangeError)
})
