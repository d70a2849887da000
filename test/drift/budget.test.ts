import t from 'tap'
import { falseAlarmBound, learnedNullAlpha, thresholdFor } from '../../src/drift/budget.ts'

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.abs(b)

void t.test('thresholds of the default budget: hourly and nightly', async (t) => {
  t.ok(near(thresholdFor({ detectors: 100, ticks: 720, falsePages: 0.2 }), 360_000))
  t.ok(near(thresholdFor({ detectors: 100, ticks: 30, falsePages: 0.2 }), 15_000))
})

void t.test('each pinned baseline adds a tenth of the budget to the bound', async (t) => {
  const budget = { detectors: 100, ticks: 720, falsePages: 0.2 }
  t.ok(near(learnedNullAlpha(budget), 0.0002))
  t.ok(near(falseAlarmBound(budget, 360_000, 0), 0.2))
  t.ok(near(falseAlarmBound(budget, 360_000, 2), 0.24))
})

void t.test('a budget without detectors, ticks or pages throws', async (t) => {
  t.throws(() => thresholdFor({ detectors: 0, ticks: 720, falsePages: 0.2 }), RangeError)
  t.throws(() => thresholdFor({ detectors: 1, ticks: 0, falsePages: 0.2 }), RangeError)
  t.throws(() => learnedNullAlpha({ detectors: 1, ticks: 720, falsePages: 0 }), RangeError)
})
