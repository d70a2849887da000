import t from 'tap'
import { hajek } from '../../src/aggregate/hajek.ts'

const near = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) <= 1e-9 * Math.abs(b)

void t.test('mean, error and effective size equal the reference', async (t) => {
  const values = [1, 0, 1, 1, 0, 1]
  const chances = [1 / 10, 1 / 10, 1, 1, 1, 1 / 2]
  const got = hajek(values.map((value, i) => ({ value, probability: chances[i] ?? 1 })))
  t.ok(near(got?.mean, 0.56))
  t.ok(near(got?.se, 0.2889849823087698))
  t.ok(near(got?.effectiveN, 3.0193236714975846))
})

void t.test('equal chances give the plain mean and the plain n', async (t) => {
  const got = hajek([1, 0, 0, 1].map((value) => ({ value, probability: 0.25 })))
  t.ok(near(got?.mean, 0.5) && near(got?.effectiveN, 4) && near(got?.se, 0.25))
})

void t.test('nothing drawn is unknown; a chance that is none is a fault', async (t) => {
  t.equal(hajek([]), undefined)
  for (const probability of [0, -1, 1.5, Number.NaN]) {
    t.throws(() => hajek([{ value: 1, probability }]), RangeError)
  }
})
