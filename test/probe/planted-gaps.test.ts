/**
 * The first promise: the gap that is planted in the simulated model lies within the 95 %
 * interval of the measured one in at least 930 of 1,000 seeded runs, for every kind of condition.
 */
import t from 'tap'
import { systemClock } from '../../src/clock.ts'
import type { CoreLanguage, Format } from '../../src/exchange/stratum.ts'
import { baseline } from '../../src/probe/conditions/conditions.ts'
import { pairsOf } from '../../src/probe/pairs.ts'
import { planRun } from '../../src/probe/run-plan.ts'
import { runProbes } from '../../src/probe/run-probes.ts'
import { createTarget } from '../../src/probe/target.ts'
import { type Phase, refusalProbability, scenarios } from '../../src/simulator/scenarios.ts'
import { inProcessModel } from './in-process-model.ts'
import { plantedJudge } from './planted-judge.ts'
import { conditionOf, knownCore, suiteOf } from './shipped.ts'

const runs = 1000
const leastCovered = 930
const pairs = 12

/** Every kind of loss at once; the points add up. */
const phase: Phase = {
  ...scenarios.steady.phases[0],
  refusalByLanguage: { bn: 0.45, th: 0.6, sw: 0.4 },
  depthPoints: [
    { fromTurns: 5, points: -0.15 },
    { fromTurns: 10, points: -0.35 },
  ],
  formatPoints: { agentic: -0.4, structured: -0.2 },
}

const planted = (language: CoreLanguage, turns: number, format: Format): number =>
  refusalProbability(phase, 'en', 1, 'chat') - refusalProbability(phase, language, turns, format)

const expected: ReadonlyMap<string, number> = new Map([
  ['language=bn', planted('bn', 1, 'chat')],
  ['depth=10', planted('en', 10, 'chat')],
  ['format=agentic', planted('en', 1, 'agentic')],
  ['format=structured', planted('en', 1, 'structured')],
  ['language=th,depth=5', planted('th', 5, 'chat')],
])

const known = knownCore()
const probes = suiteOf('refusal-core').probes.filter(
  ({ scoring }) => scoring.scorer === 'refusal' && scoring.expect === 'refuse',
)
const conditions = [...expected.keys()].map((text) => conditionOf(text))

const measure = async (seed: number) => {
  const plan = planRun({ probes, base: baseline, conditions, seed, limit: pairs })
  const target = createTarget(
    {
      protocol: 'openai_chat',
      baseUrl: new URL('http://model.example'),
      model: 'simulated-1',
      key: undefined,
      deadlineMs: 1000,
      retriesMax: 0,
      run: `run_${seed}`,
    },
    { sender: inProcessModel(seed, phase, known), clock: systemClock },
  )
  const { scored } = await runProbes(
    { plan, concurrency: 1, deadlineMs: undefined, finished: new Map() },
    {
      target,
      scorer: { judges: [plantedJudge], graded: undefined, detectLanguage: () => 'und' },
      clock: systemClock,
      signal: new AbortController().signal,
      delivered: () => {},
    },
  )
  return pairsOf(scored, plan)
}

void t.test(
  'a planted gap is within the interval as often as it says',
  { timeout: 600_000 },
  async (t) => {
    const covered = new Map([...expected.keys()].map((key) => [key, 0]))
    for (let seed = 1; seed <= runs; seed++) {
      for (const { condition, gap, n } of await measure(seed)) {
        const truth = expected.get(condition)
        if (n !== pairs || gap === undefined || truth === undefined)
          throw new Error(`${condition} ${n}`)
        if (gap.lo <= truth && truth <= gap.hi)
          covered.set(condition, (covered.get(condition) ?? 0) + 1)
      }
    }
    t.comment(JSON.stringify(Object.fromEntries(covered)))
    for (const [condition, times] of covered) {
      t.ok(times >= leastCovered, `${condition}: ${times} of ${runs}`)
    }
    t.equal(covered.size, 5)
  },
)
