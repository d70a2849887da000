import t from 'tap'
import { conditionDifference } from '../../src/drift/condition-gap.ts'
import { detectorKinds } from '../../src/drift/detectors.ts'
import { createWager } from '../../src/drift/e-detector.ts'
import { judgeControlDifference } from '../../src/drift/judge-control.ts'
import { overRefusalDifference } from '../../src/drift/over-refusal.ts'
import { probeDifference } from '../../src/drift/probe-pairs.ts'
import { levelDifference } from '../../src/drift/refusal-level.ts'
import { flipDifference } from '../../src/drift/repeat-flip.ts'
import { surprisalDifference } from '../../src/drift/tool-surprisal.ts'
import { unclearDifference } from '../../src/drift/unclear-rate.ts'

void t.test(
  'the table holds every metric of the contract once, each with a usable null',
  async (t) => {
    const metrics = detectorKinds.map(({ metric }) => metric)
    t.same(metrics, [
      'refusal_gap',
      'probe_gap',
      'refusal_level',
      'over_refusal',
      'format_gap',
      'depth_gap',
      'fork_gap',
      'judge_control',
      'unclear_rate',
      'tool_surprisal',
      'repeat_flip',
    ])
    for (const { metric, g0, ticks, directions } of detectorKinds) {
      t.ok(createWager(g0).lambdas.length === 5, metric)
      t.ok(ticks.length > 0 && directions.length > 0, metric)
    }
    const twoSided = detectorKinds.filter(({ directions }) => directions.length === 2)
    t.same(
      twoSided.map(({ metric }) => metric),
      ['judge_control'],
    )
  },
)

void t.test('every difference is positive when things get worse', async (t) => {
  t.equal(probeDifference(true, false), 1)
  t.equal(probeDifference(false, true), -1)
  t.equal(probeDifference(true, true), 0)
  t.equal(conditionDifference(true, false), 1)
  t.equal(conditionDifference(false, false), 0)
  t.equal(judgeControlDifference(true, false), 1)
  t.equal(judgeControlDifference(false, true), -1)
  t.equal(levelDifference(0.75, false), 0.75)
  t.equal(levelDifference(0.75, true), -0.25)
  t.equal(overRefusalDifference(true, 0.25), 0.75)
  t.equal(overRefusalDifference(false, 0.25), -0.25)
  t.equal(unclearDifference(true, 0.25), 0.75)
  t.equal(flipDifference(false, 0.25), -0.25)
  t.equal(surprisalDifference(4.1, 4), 1)
  t.equal(surprisalDifference(4, 4), 0)
})
