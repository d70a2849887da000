import t from 'tap'
import { differenceOf, newcombe, weightedSumOf } from '../../src/aggregate/newcombe.ts'
import { wilson } from '../../src/aggregate/wilson.ts'

const near = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) <= 1e-9 * Math.max(1e-6, Math.abs(b))

void t.test('limits of a gap equal the independently computed ones', async (t) => {
  for (const [a, n, b, m, lo, hi] of [
    [90, 100, 15, 20, -0.006883527334925449, 0.3732364308072066],
    [56, 70, 48, 80, 0.05243147240236498, 0.33387265403690614],
    [9, 10, 3, 10, 0.1705227239345029, 0.809017973535488],
    [10, 10, 0, 10, 0.6075093504305241, 1],
  ] as const) {
    const got = newcombe({ successes: a, trials: n }, { successes: b, trials: m })
    t.ok(near(got?.lo, lo), `${a}/${n} - ${b}/${m}: lo ${got?.lo}`)
    t.ok(near(got?.hi, hi), `${a}/${n} - ${b}/${m}: hi ${got?.hi}`)
    t.ok(near(got?.est, a / n - b / m))
  }
})

void t.test('a gap with an arm nobody asked is unknown', async (t) => {
  t.equal(newcombe({ successes: 1, trials: 2 }, { successes: 0, trials: 0 }), undefined)
  t.equal(newcombe({ successes: 0, trials: 0 }, { successes: 1, trials: 2 }), undefined)
})

void t.test('an arm that is known exactly leaves the limits of the other', async (t) => {
  const known = { est: 0.5, lo: 0.5, hi: 0.5 }
  const other = { est: 0.2, lo: 0.1, hi: 0.4 }
  const got = differenceOf(known, other)
  t.ok(near(got.lo, 0.1) && near(got.est, 0.3) && near(got.hi, 0.4), JSON.stringify(got))
})

void t.test(
  'a weighted sum of one part is the part; of two equal halves it is narrower',
  async (t) => {
    const part = wilson(30, 100)
    if (part === undefined) throw new Error('no interval')
    const one = weightedSumOf([{ weight: 1, interval: part }])
    t.ok(near(one?.lo, part.lo) && near(one?.est, part.est) && near(one?.hi, part.hi))
    const half = { weight: 0.5, interval: part }
    const two = weightedSumOf([half, half])
    t.ok(near(two?.est, part.est))
    t.ok(near((two?.est ?? 0) - (two?.lo ?? 0), (part.est - part.lo) / Math.SQRT2))
    t.equal(weightedSumOf([]), undefined)
    t.throws(() => weightedSumOf([{ weight: -1, interval: part }]), RangeError)
  },
)
