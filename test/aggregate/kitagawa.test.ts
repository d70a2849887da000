import fc from 'fast-check'
import t from 'tap'
import { kitagawa } from '../../src/aggregate/kitagawa.ts'

const cell = ([w0, r0, w1, r1]: readonly [number, number, number, number]) => ({
  before: { weight: w0, rate: r0 },
  after: { weight: w1, rate: r1 },
})

void t.test('a shift of the mix is told from a shift of behaviour', async (t) => {
  const got = kitagawa([cell([0.7, 0.95, 0.4, 0.95]), cell([0.3, 0.6, 0.6, 0.62])])
  t.ok(Math.abs(got.mix - -0.102) < 1e-12)
  t.ok(Math.abs(got.behaviour - 0.009) < 1e-12)
})

void t.test('the two parts add up to the whole change', async () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(unit, unit, unit, unit), { maxLength: 20 }), (rows) => {
      const { mix, behaviour } = kitagawa(rows.map(cell))
      const whole = rows.reduce((sum, [w0, r0, w1, r1]) => sum + w1 * r1 - w0 * r0, 0)
      return Math.abs(mix + behaviour - whole) < 1e-9
    }),
    { seed: 5 },
  )
})
