import t from 'tap'
import { jensenShannonBits, weightedDivergence } from '../../src/aggregate/jensen-shannon.ts'

const near = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) <= 1e-9 * Math.abs(b)

const counts = (values: readonly number[]): Map<string, number> =>
  new Map(values.map((value, i) => [`cell ${i}`, value]))

void t.test('bits equal the reference, in either order', async (t) => {
  const cases: [number[], number[], number][] = [
    [[0.6, 0.2, 0.1, 0.05, 0.05], [0.5, 0.25, 0.1, 0.1, 0.05], 0.011419082669987219],
    [[0.5, 0.5, 0], [0.5, 0.25, 0.25], 0.15563906222956644],
  ]
  for (const [p, q, bits] of cases) {
    t.ok(near(jensenShannonBits(counts(p), counts(q)), bits))
    t.ok(near(jensenShannonBits(counts(q), counts(p)), bits))
  }
})

void t.test('the scale of counts does not matter, missing cells are zeros', async (t) => {
  const got = jensenShannonBits(
    new Map([
      ['a', 50],
      ['b', 50],
    ]),
    new Map([
      ['a', 2],
      ['b', 1],
      ['c', 1],
    ]),
  )
  t.ok(near(got, 0.15563906222956644))
})

void t.test('same shares give 0, nothing in common gives 1', async (t) => {
  t.equal(jensenShannonBits(counts([1, 2, 3]), counts([10, 20, 30])), 0)
  t.ok(near(jensenShannonBits(new Map([['a', 3]]), new Map([['b', 9]])), 1))
})

void t.test('a side without counts is unknown; a count below 0 throws', async (t) => {
  t.equal(jensenShannonBits(new Map(), counts([1])), undefined)
  t.equal(weightedDivergence(counts([1]), counts([0, 0])), undefined)
  t.throws(() => jensenShannonBits(counts([-1, 2]), counts([1])), RangeError)
  t.throws(() => jensenShannonBits(counts([Number.NaN]), counts([1])), RangeError)
})
