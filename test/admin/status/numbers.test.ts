import t from 'tap'
import {
  count,
  decimal,
  duration,
  instant,
  percent,
  plural,
  pointsWithLimits,
  rateWithLimits,
  signed,
} from '../../../src/admin/status/numbers.ts'

void t.test('what is not known is said, and is never 0', async (t) => {
  t.strictSame(
    [count(undefined), percent(undefined), decimal(undefined), instant(undefined)],
    ['not known', 'not known', 'not known', 'not known'],
  )
  t.strictSame([count(0), percent(0), decimal(0)], ['0', '0.0 %', '0.00'])
  t.equal(instant(Number.POSITIVE_INFINITY), 'not known')
})

void t.test('numbers as they are read', async (t) => {
  t.equal(count(360_000), '360,000')
  t.equal(percent(0.919), '91.9 %')
  t.equal(rateWithLimits({ est: 0.5, lo: 0.25, hi: 0.75 }), '50.0 % (25.0 to 75.0)')
  t.equal(pointsWithLimits({ est: 0.12, lo: -0.01, hi: 0.25 }), '+12.0 (\u22121.0 to +25.0)')
  t.strictSame([signed(-0.04), signed(2), signed(-2)], ['0.0', '+2.0', '\u22122.0'])
  t.strictSame(
    [plural(1, 'tick'), plural(2, 'tick'), plural(0, 'tick')],
    ['1 tick', '2 ticks', '0 ticks'],
  )
  t.equal(instant(Date.UTC(2026, 2, 2, 14, 5, 9, 900)), '2026-03-02 14:05:09 UTC')
})

void t.test('a duration has its two largest units', async (t) => {
  t.strictSame(
    [0, 900, 12_000, 60_000, 3_725_000, 86_400_000 + 5000, 90_061_000, -5].map(duration),
    ['0 s', '1 s', '12 s', '1 min', '1 h 2 min', '1 d 5 s', '1 d 1 h', '0 s'],
  )
})
