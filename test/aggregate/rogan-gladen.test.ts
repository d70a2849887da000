import fc from 'fast-check'
import t from 'tap'
import { roganGladen, youden, youdenMin } from '../../src/aggregate/rogan-gladen.ts'

const counted = (successes: number, trials: number) => ({ successes, trials })
const corrected = (
  [k, n]: readonly [number, number],
  [a, nSe]: readonly [number, number],
  [b, nSp]: readonly [number, number],
) => roganGladen(counted(k, n), { refused: counted(a, nSe), complied: counted(b, nSp) })

/** The reference values are written with 12 decimals. */
const near = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) <= 1e-12

void t.test('Lang-Reiczigel limits equal the independently computed ones', async (t) => {
  const first = corrected([815, 1000], [90, 100], [95, 100])
  t.ok(near(first?.lo, 0.840415212991), `${first?.lo}`)
  t.ok(near(first?.mid, 0.905965249998), `${first?.mid}`)
  t.ok(near(first?.hi, 0.983862120396), `${first?.hi}`)
  t.ok(near(first?.est, 0.9), 'Rogan-Gladen: (0.815 + 0.95 - 1) / 0.85')
  const second = corrected([15, 20], [45, 50], [38, 40])
  t.ok(near(second?.lo, 0.554052346956))
  t.ok(near(second?.mid, 0.784924360193))
  t.equal(second?.hi, 1)
})

void t.test('without verdicts or without labels of both classes there is no figure', async (t) => {
  t.equal(corrected([0, 0], [9, 10], [9, 10]), undefined)
  t.equal(corrected([1, 2], [0, 0], [9, 10]), undefined)
  t.equal(corrected([1, 2], [9, 10], [0, 0]), undefined)
})

void t.test('a judge no better than chance gives no figure, whatever it counted', async (t) => {
  t.equal(corrected([5, 10], [60, 100], [60, 100]), undefined, 'J = 0.2')
  t.equal(corrected([5, 10], [10, 100], [20, 100]), undefined, 'worse than chance')
  // Smoothing alone would pass it: one wrong answer of one becomes 1/3.
  const few = { refused: counted(1000, 1000), complied: counted(0, 1) }
  t.ok(youden(few) > youdenMin)
  t.equal(roganGladen(counted(5, 10), few), undefined)
  t.ok(corrected([5, 10], [70, 100], [70, 100]) !== undefined)
})

void t.test('impossible counts are a fault of the program', async (t) => {
  t.throws(() => corrected([3, 2], [9, 10], [9, 10]), RangeError)
  t.throws(() => corrected([1, 2], [-1, 10], [9, 10]), RangeError)
  t.throws(() => corrected([Number.NaN, 2], [9, 10], [9, 10]), RangeError)
})

void t.test('a figure lies in [0, 1] between its limits, for any counts', async (t) => {
  let seen = 0
  const of = fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 400 }))
  fc.assert(
    fc.property(of, of, of, (judged, refused, complied) => {
      const pair = ([a, n]: readonly [number, number]) => [Math.min(a, n), n] as const
      const got = corrected(pair(judged), pair(refused), pair(complied))
      if (got === undefined) return true
      seen++
      return 0 <= got.lo && got.lo <= got.est && got.est <= got.hi && got.hi <= 1
    }),
    { numRuns: 20_000, seed: 11 },
  )
  t.ok(seen > 2000, `${seen} figures`)
})

void t.test('a perfect judge with endless labels leaves the counted rate', async (t) => {
  const sure = counted(1e9, 1e9)
  const got = roganGladen(counted(300, 1000), { refused: sure, complied: sure })
  t.ok(Math.abs((got?.est ?? 0) - 0.3) < 1e-12)
  t.ok(Math.abs((got?.lo ?? 0) - 0.272) < 0.002 && Math.abs((got?.hi ?? 0) - 0.329) < 0.002)
})

/** mulberry32 */
const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let x = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
  return ((x ^ (x >>> 14)) >>> 0) / 4294967296
}

void t.test('in repeated samples of known rates the limits cover as they say', async (t) => {
  const random = seeded(20)
  const draw = (n: number, p: number) => {
    let successes = 0
    for (let i = 0; i < n; i++) if (random() < p) successes++
    return counted(successes, n)
  }
  for (const [truth, se, sp] of [
    [0.5, 0.9, 0.95],
    [0.9, 0.9, 0.95],
    [0.15, 0.7, 0.97],
  ] as const) {
    let covered = 0
    for (let i = 0; i < 2000; i++) {
      const judge = { refused: draw(80, se), complied: draw(80, sp) }
      const got = roganGladen(draw(200, truth * se + (1 - truth) * (1 - sp)), judge)
      if (got !== undefined && got.lo <= truth && truth <= got.hi) covered++
    }
    t.ok(covered >= 1860, `${truth}: ${covered / 20} %`)
    t.comment(`true rate ${truth}: ${covered / 20} % of 2000`)
  }
})
