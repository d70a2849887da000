import t from 'tap'
import { createWager } from '../../src/drift/e-detector.ts'
import {
  blindGap,
  detectableGap,
  growthRate,
  judgedRate,
  liveOutcomes,
  onePairOutcomes,
  pairDiscordance,
  pairOutcomes,
  samplesToDetect,
} from '../../src/drift/growth.ts'

const judge = { sensitivity: 0.9, specificity: 0.95 }
const near = (a: number, b: number, by = 1e-9): boolean => Math.abs(a - b) <= by

void t.test('the rate behind a judge', async (t) => {
  t.ok(near(judgedRate(0.9, judge), 0.815))
  t.ok(near(judgedRate(0.8, judge), 0.73))
})

void t.test('growth is the expected log of the best bet, and negative without a gap', async (t) => {
  const wager = createWager(0, [0.5])
  const growth = growthRate(liveOutcomes(0.9, 0.1, judge), wager)
  const expected = 0.73 * Math.log(1 - 0.5 * 0.185) + 0.27 * Math.log(1 + 0.5 * 0.815)
  t.ok(near(growth, expected), `${growth}`)
  t.ok(growthRate(liveOutcomes(0.9, 0, judge), createWager(0)) < 0)
  t.equal(samplesToDetect(liveOutcomes(0.9, 0, judge), createWager(0), 1000), undefined)
})

void t.test('the outcomes of each design have mass 1 and the judged gap as mean', async (t) => {
  const discordance = pairDiscordance(0.9, 0.1, 0.02, judge)
  t.ok(near(discordance.up, 0.1767) && near(discordance.down, 0.0917))
  for (const outcomes of [
    liveOutcomes(0.9, 0.1, judge),
    onePairOutcomes(0.9, 0.1, judge),
    pairOutcomes(discordance),
  ]) {
    const mass = outcomes.reduce((sum, one) => sum + one.probability, 0)
    const mean = outcomes.reduce((sum, one) => sum + one.probability * one.difference, 0)
    t.ok(near(mass, 1) && near(mean, 0.085), `${mass} ${mean}`)
  }
  t.throws(() => pairDiscordance(0.99, 0.1, 0.02, judge), RangeError)
})

void t.test('at the detectable gap the horizon is just enough', async (t) => {
  const wager = createWager(0.02)
  const outcomesAt = (gap: number) => liveOutcomes(0.9, gap, judge)
  const question = { wager, threshold: 360_000, samples: 1400, gapMax: 0.9, outcomesAt }
  const gap = detectableGap(question)
  t.ok(gap !== undefined && gap < blindGap)
  const needed = samplesToDetect(outcomesAt(gap ?? 0), wager, 360_000)
  t.ok(needed !== undefined && near(needed, 1400, 0.2), `${needed}`)
  t.equal(detectableGap({ ...question, samples: 5 }), undefined)
})
