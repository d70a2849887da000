import t from 'tap'
import { chiSquareTail } from '../../src/aggregate/chi-square-tail.ts'

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b)

void t.test('tails equal the reference', async (t) => {
  const cases: [number, number, number][] = [
    [0.001, 1, 0.9747728793699604],
    [0.5, 1, 0.4795001221869535],
    [3.841458820694124, 1, 0.05000000000000006],
    [7.9, 1, 0.004943479736228247],
    [8.1, 1, 0.004426525857919831],
    [40, 1, 2.539628589470865e-10],
    [120, 1, 6.326068263677261e-28],
    [0.2, 2, 0.9048374180359596],
    [30, 2, 3.059023205018258e-7],
    [2.5, 3, 0.4752910833430206],
    [25, 3, 1.5440498291101365e-5],
    [10, 7, 0.18857346751345008],
    [60, 9, 1.3406780483959613e-9],
    [18.3, 10, 0.050109061411462465],
    [90, 50, 0.00044924622058603754],
    [30, 51, 0.9916543942853496],
    [150, 75, 6.228847060755065e-7],
    [6.081528895356925, 4, 0.1931418175642187],
    [15.8239682279803, 4, 0.00326470062271246],
  ]
  for (const [statistic, degrees, p] of cases) {
    const got = chiSquareTail(statistic, degrees)
    t.ok(near(got, p), `${statistic}, ${degrees}: ${got} for ${p}`)
  }
})

void t.test('nothing gives 1, arguments outside of the distribution throw', async (t) => {
  for (const degrees of [1, 2, 3, 4, 17]) t.equal(chiSquareTail(0, degrees), 1)
  t.throws(() => chiSquareTail(-1, 2), RangeError)
  t.throws(() => chiSquareTail(Number.NaN, 2), RangeError)
  t.throws(() => chiSquareTail(1, 0), RangeError)
  t.throws(() => chiSquareTail(1, 1.5), RangeError)
})
