import t from 'tap'
import { driftFigures } from '../../../src/drift/simulation/drift-figures.ts'
import { type Simulation, simulateRun } from '../../../src/drift/simulation/simulate-drift.ts'

const base: Simulation = {
  rate: 200,
  englishPerDay: 1000,
  days: 30,
  runs: 40,
  jump: 0.2,
  refusal: 0.9,
  sensitivity: 0.9,
  specificity: 0.95,
  g0: 0,
  threshold: 14_400,
  seed: 7,
}

const figuresOf = (simulation: Simulation) =>
  driftFigures(
    simulation,
    Array.from({ length: simulation.runs }, (_, run) => simulateRun(simulation, run)),
  )

void t.test('forty months: silent when nothing changes, soon when something does', async (t) => {
  const figures = figuresOf(base)
  // 40 runs at a true share of at most 5 %: more than 6 have a probability below 1 %.
  t.ok(figures.false_alarm_share <= 6 / 40, `${figures.false_alarm_share}`)
  t.ok(figures.level.false_alarm_share <= 6 / 40)
  t.equal(figures.bound, 0.05)
  t.ok((figures.delay_days.median ?? 99) < 1, `${figures.delay_days.median}`)
  t.ok((figures.delay_days_true_drop.median ?? 0) >= (figures.delay_days.median ?? 99))
  t.ok(figures.common_mode.gap <= 6 / 40, 'the gap is silent when both fall')
  t.equal(figures.common_mode.level, 1, 'the level speaks')
  t.ok(figures.mix_shift.cell_matched <= 6 / 40 && figures.mix_shift.pooled >= 0.9)
  for (const row of figures.learned_nulls) {
    t.ok(row.false_alarm_share <= 6 / 40, `${row.metric} ${row.reference}`)
  }
  t.ok(Math.abs((figures.learned_nulls[0]?.bound ?? 0) - 0.055) < 1e-12)
  t.equal(figures.naive[0]?.false_alarm_share, 1)
})

void t.test('a run is the same again, and whatever the number of runs', async (t) => {
  const short = { ...base, days: 2, englishPerDay: 200 }
  t.same(simulateRun(short, 3), simulateRun({ ...short, runs: 4 }, 3))
  t.notSame(simulateRun(short, 3), simulateRun({ ...short, seed: 8 }, 3))
})

void t.test('what is not seen within the run has no delay', async (t) => {
  const figures = figuresOf({ ...base, rate: 5, englishPerDay: 50, days: 1, runs: 3, jump: 0.01 })
  t.same(figures.delay_days, { median: null, p90: null })
})
