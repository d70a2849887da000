import t from 'tap'
import { wilson } from '../../src/aggregate/wilson.ts'

const near = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))

void t.test('limits equal the independently computed ones', async (t) => {
  const rows: [number, number, number, number][] = [
    [0, 20, 0, 0.1611251580528194],
    [18, 20, 0.6989663547715127, 0.9721335187862318],
    [815, 1000, 0.7897439459386497, 0.8378451962154505],
    [3, 7, 0.15821985525146964, 0.7495416354723428],
  ]
  for (const [s, n, lo, hi] of rows) {
    const got = wilson(s, n)
    t.ok(got !== undefined && near(got.lo, lo) && near(got.hi, hi), `${s} of ${n}`)
    t.equal(got?.est, s / n)
  }
})

void t.test('no trials give no rate', async (t) => {
  t.equal(wilson(0, 0), undefined)
})

void t.test('all successes reach one exactly and none reach zero exactly', async (t) => {
  t.equal(wilson(5, 5)?.hi, 1)
  t.equal(wilson(0, 5)?.lo, 0)
})

void t.test('counts that are not counts of a share are a fault', async (t) => {
  t.throws(() => wilson(3, 2), { message: 'wilson: 3 successes of 2' })
  t.throws(() => wilson(-1, 2), { message: 'wilson: -1 successes of 2' })
  t.throws(() => wilson(Number.NaN, 2), { message: 'wilson: NaN successes of 2' })
})
