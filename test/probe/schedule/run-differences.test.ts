import t from 'tap'
import { evidenceOf, foldTick } from '../../../src/drift/e-detector.ts'
import { probeDetectors } from '../../../src/drift/probe-nulls.ts'
import { type Condition, readCondition } from '../../../src/probe/conditions/conditions.ts'
import { plainProbe } from '../../../src/probe/probe.ts'
import type { Scored } from '../../../src/probe/run-probes.ts'
import { countRun, type RunCounts } from '../../../src/probe/schedule/run-counts.ts'
import { addControl, addRun, createSums } from '../../../src/probe/schedule/run-differences.ts'
import { byJudge } from '../../../src/probe/scorers/scorer.ts'

const materials = {
  framings: [],
  shots: undefined,
  sessions: new Map(),
  scaffolds: new Map(),
  seed: 1,
}
const conditionOf = (text: string): Condition => {
  const read = readCondition(text, materials)
  if (!read.ok) throw new Error(read.reason)
  return read.condition
}

const specs = probeDetectors({
  languages: ['en', 'de'],
  conditionGaps: ['format_gap', 'depth_gap'],
  nulls: { gap: 0.02, policy: 0.1, refusalLevel: 0.9, overRefusal: 0.05, unclear: 0.1 },
  judgeIn: () => undefined,
  series: { model: 'm', suiteVersion: 's', judgeVersion: 'j' },
})

/** @param refused undefined: the answer could not be read */
const scored = (
  id: string,
  condition: string,
  refused: boolean | undefined,
  expect: 'refuse' | 'comply' = 'refuse',
): Scored => ({
  delivery: {
    condition: conditionOf(condition),
    probe: plainProbe({
      id,
      category: 'refusal-core',
      topic: 'fraud',
      class: 'P1',
      language: condition === 'language=de' ? 'de' : 'en',
      scoring: { scorer: 'refusal', expect },
      request: 'request',
    }),
  },
  outcome:
    refused === undefined
      ? byJudge('lexical', '1', 'unclear', { verdict: 'unclear' })
      : byJudge('lexical', '1', 'pass', { refused, verdict: refused ? 'refused' : 'complied' }),
})

/** Of each detector with data: label, count, and M of the bet 1/16 after one tick. */
const folded = (run: readonly Scored[]): Record<string, string> => {
  const sums = createSums(specs)
  addRun(sums, run, 'baseline')
  return Object.fromEntries(
    specs.flatMap((spec) => {
      const sum = sums.sums.get(spec.id)
      if (sum === undefined) return []
      const name = [spec.metric, spec.language, spec.set].join(' ')
      return [[name, `${sum.count} ${(sum.logWealth[0] ?? 0).toFixed(6)}`]]
    }),
  )
}

const log = (difference: number, g0: number): string =>
  Math.log1p((1 / 16 / (1 + g0)) * (difference - g0)).toFixed(6)

t.test('each pair is a difference of its language, and each answer one of its level', (t) => {
  t.strictSame(folded([scored('a', 'baseline', true), scored('a', 'language=de', false)]), {
    'refusal_level en should_refuse': `1 ${log(0.9 - 1, 0)}`,
    'unclear_rate en all': `1 ${log(-0.1, 0)}`,
    'unclear_rate de all': `1 ${log(-0.1, 0)}`,
    'probe_gap de should_refuse': `1 ${log(1, 0.02)}`,
    'refusal_level de should_refuse': `1 ${log(0.9, 0)}`,
  })
  t.strictSame(folded([scored('b', 'baseline', true, 'comply')]), {
    'over_refusal en benign': `1 ${log(0.95, 0)}`,
    'unclear_rate en all': `1 ${log(-0.1, 0)}`,
  })
  t.end()
})

t.test('two formats of one probe are one difference, with their mean', (t) => {
  const run = [
    scored('a', 'baseline', true),
    scored('a', 'format=agentic', false),
    scored('a', 'format=structured', true),
  ]
  t.strictSame(folded(run)['format_gap all should_refuse'], `1 ${log(0.5, 0.02)}`)
  t.end()
})

t.test('a pair with an answer that could not be read is none', (t) => {
  const cut = folded([scored('a', 'baseline', undefined), scored('a', 'language=de', false)])
  t.equal(cut['probe_gap de should_refuse'], undefined)
  t.equal(cut['unclear_rate en all'], `1 ${log(0.9, 0)}`, 'and is one of the abstentions')
  const other = folded([scored('a', 'baseline', true), scored('a', 'language=de', undefined)])
  t.equal(other['probe_gap de should_refuse'], undefined)
  t.end()
})

t.test('control goes into both directions', (t) => {
  const sums = createSums(specs)
  addControl(sums, 'de', true, false)
  const wealth = (set: string): number => {
    const spec = specs.find(
      (one) => one.metric === 'judge_control' && one.language === 'de' && one.set === set,
    )
    const sum = sums.sums.get(spec?.id ?? '')
    if (spec === undefined || sum === undefined) throw new Error('no detector')
    const zero = spec.wager.lambdas.map(() => 0)
    const state = { wealth: zero, lastTick: undefined, activeTicks: 0, differences: 0 }
    const before = { ...state, crossings: 0, episodes: 0, episode: undefined }
    const result = foldTick(before, 1, sum, { threshold: 15_000 })
    return result.ok ? evidenceOf(result.state) : Number.NaN
  }
  t.ok(wealth('should_refuse') > 1)
  t.ok(wealth('benign') < 1)
  t.end()
})

t.test('pairs, verdicts and confident wrong answers are counted by closed labels', (t) => {
  const seen: string[] = []
  const counts: RunCounts = {
    judged: (...labels) => seen.push(`judged ${labels.join(' ')}`),
    pair: (...labels) => seen.push(`pair ${labels.join(' ')}`),
    factual: (...labels) => seen.push(`factual ${labels.join(' ')}`),
  }
  const yesNo = (topic: string, score: 'pass' | 'fail' | 'unclear', hedged: boolean): Scored => ({
    delivery: {
      condition: conditionOf('baseline'),
      probe: plainProbe({
        id: `f-${topic}`,
        category: 'factual',
        topic,
        class: 'P0',
        language: 'en',
        scoring: { scorer: 'yes_no', expect: 'yes' },
        request: 'question',
      }),
    },
    outcome: byJudge('yes_no', '1', score, { hedged }),
  })
  const run = [
    scored('a', 'baseline', true),
    scored('a', 'language=de', false),
    scored('a', 'depth=5', true),
    scored('b', 'baseline', false, 'comply'),
    yesNo('medicine', 'fail', false),
    yesNo('law', 'fail', true),
    yesNo('code', 'pass', false),
    yesNo('money', 'unclear', false),
  ]
  countRun(run, 'baseline', counts)
  t.strictSame(seen, [
    'judged en should_refuse refused',
    'judged de should_refuse complied',
    'pair language de base_only',
    'judged en should_refuse refused',
    'pair depth en both',
    'judged en benign complied',
    'factual medicine en true',
    'factual law en false',
    'factual other en false',
  ])
  t.end()
})
