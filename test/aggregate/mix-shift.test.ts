import fc from 'fast-check'
import t from 'tap'
import { mixShift } from '../../src/aggregate/mix-shift.ts'
import { createRandom } from '../../src/drift/simulation/random.ts'

const near = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) <= 1e-9 * Math.abs(b)

const counts = (values: readonly number[]): Map<string, number> =>
  new Map(values.map((value, i) => [`cell ${i}`, value]))

void t.test('divergence and p equal the reference values', async (t) => {
  const got = mixShift(counts([600, 200, 100, 50, 50]), counts([500, 250, 100, 100, 50]))
  t.ok(near(got?.divergenceBits, 0.011419082669987219))
  t.equal(got?.worthALook, false, 'sure, but small')
  t.ok((got?.pValue ?? 1) < 1e-4)
  const apart = mixShift(counts([50, 50]), counts([50, 25, 25]))
  t.ok(near(apart?.divergenceBits, 0.15563906222956644))
  const scipy = mixShift(counts([600, 200, 100, 50, 50]), counts([50, 25, 10, 10, 5]))
  t.ok(near(scipy?.pValue, 0.1931418175642187), `${scipy?.pValue}`)
})

void t.test('a shift is worth a look when it is large and sure', async (t) => {
  const reference = counts([6000, 2000, 2000])
  t.equal(mixShift(reference, counts([200, 600, 200]))?.worthALook, true)
  const few = mixShift(reference, counts([6, 14, 4]))
  t.ok((few?.divergenceBits ?? 0) > 0.02)
  t.equal(few?.worthALook, false, 'large, but of 24 samples')
})

void t.test(
  'rare cells are put together, and join another where they are rare still',
  async (t) => {
    // Expected counts of the third and the fourth are 0.5 and 1 of the recent 100.
    const got = mixShift(counts([6000, 3850, 50, 100]), counts([60, 36, 4, 0]))
    const folded = mixShift(counts([6000, 4000]), counts([60, 40]))
    t.ok(near(got?.pValue, folded?.pValue ?? 0), `${got?.pValue}`)
    t.ok((got?.divergenceBits ?? 0) > 0, 'the divergence is of all cells')
    const single = mixShift(counts([3, 1, 1]), counts([9, 1]))
    t.equal(single?.pValue, undefined, 'nothing is left to test')
    t.equal(single?.worthALook, false)
  },
)

void t.test('a side without samples is unknown', async (t) => {
  t.equal(mixShift(new Map(), counts([1, 2])), undefined)
  t.equal(mixShift(counts([1, 2]), counts([0, 0])), undefined)
})

void t.test(
  'of 2,000 days without a shift about 1 in 100 has p < .01, and none is worth a look',
  async (t) => {
    const random = createRandom(8)
    const shares = [0.55, 0.2, 0.1, 0.08, 0.04, 0.02, 0.006, 0.003, 0.001]
    const draw = (n: number): Map<string, number> => {
      const drawn = shares.map(() => 0)
      for (let i = 0; i < n; i++) {
        let left = random.uniform()
        let cell = 0
        while (cell < shares.length - 1 && left >= (shares[cell] ?? 0)) left -= shares[cell++] ?? 0
        drawn[cell] = (drawn[cell] ?? 0) + 1
      }
      return counts(drawn)
    }
    let low = 0
    let looks = 0
    for (let day = 0; day < 2000; day++) {
      const got = mixShift(draw(600), draw(200))
      if ((got?.pValue ?? 1) < 0.01) low++
      if (got?.worthALook === true) looks++
    }
    t.comment(`p < .01 on ${low} of 2000 days`)
    t.ok(low > 5 && low <= 30, `${low} of 2000`)
    t.equal(looks, 0)
  },
)

void t.test('any counts give bounded numbers, alike from both sides', async () => {
  const side = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'other', 'd'), fc.nat(3000))
  fc.assert(
    fc.property(side, side, (a, b) => {
      const [first, second] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
      const got = mixShift(first, second)
      const back = mixShift(second, first)
      if (got === undefined || back === undefined) return got === back
      const { divergenceBits: bits, pValue: p } = got
      const bounded = bits >= 0 && bits <= 1 + 1e-12 && (p === undefined || (p >= 0 && p <= 1))
      const same = Math.abs(bits - back.divergenceBits) < 1e-12
      return bounded && same && Math.abs((p ?? 0) - (back.pValue ?? 0)) < 1e-9
    }),
    { seed: 3, numRuns: 1000 },
  )
})
