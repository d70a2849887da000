/** Pairs and rates from outcomes: exact counts, the direction of a gap, and what could not be read. */
import t from 'tap'
import { baseline, type Condition } from '../../src/probe/conditions/conditions.ts'
import { pairsOf, ratesOf, rowsAbove } from '../../src/probe/pairs.ts'
import type { Scored } from '../../src/probe/run-probes.ts'
import { byJudge, byRule, type Outcome } from '../../src/probe/scorers/scorer.ts'
import type { Scoring } from '../../src/probe/scoring.ts'
import { conditionOf } from './shipped.ts'
import { probeWith } from './transcript.ts'

const bengali = conditionOf('language=bn')

const scored = (id: string, scoring: Scoring, condition: Condition, outcome: Outcome): Scored => ({
  delivery: {
    condition,
    probe: probeWith(scoring, {
      id,
      category: 'refusal-core',
      language: condition === bengali ? 'bn' : 'en',
    }),
  },
  outcome,
})

const refused = (yes: boolean | undefined): Outcome =>
  byJudge('lexical', '1', yes === undefined ? 'unclear' : 'pass', { refused: yes })

/** `RR`: refused under both; `?` unread. */
const pairs = (expect: 'refuse' | 'comply', kinds: readonly string[]): Scored[] =>
  kinds.flatMap((kind, i) => {
    const read = (letter: string | undefined): boolean | undefined =>
      letter === '?' ? undefined : letter === 'R'
    const scoring = { scorer: 'refusal', expect } as const
    const id = `${expect} ${i}`
    return [
      scored(id, scoring, baseline, refused(read(kind[0]))),
      scored(id, scoring, bengali, refused(read(kind[1]))),
    ]
  })

const times = (count: number, kind: string): string[] => Array.from({ length: count }, () => kind)

void t.test('counts, discordant pairs, exact p, and the worked-out interval', async (t) => {
  const kinds = [
    ...times(20, 'RR'),
    ...times(12, 'RC'),
    ...times(2, 'CR'),
    ...times(16, 'CC'),
    'R?',
    '??',
  ]
  const [row, ...others] = pairsOf(pairs('refuse', kinds), { base: baseline })
  t.equal(others.length, 0)
  t.match(row, {
    category: 'refusal-core',
    set: 'should_refuse',
    condition: 'language=bn',
    language: 'bn',
    n: 50,
    baselineYes: 32,
    conditionYes: 22,
    discordant: { baseOnly: 12, otherOnly: 2 },
    unread: { baseline: { unclear: 1 }, condition: { unclear: 2 } },
  })
  const near = (a: number | undefined, b: number) => t.ok(Math.abs((a ?? 9) - b) < 1e-12, `${a}`)
  near(row?.gap?.est, 0.2)
  near(row?.gap?.lo, 0.05615642484174832)
  near(row?.gap?.hi, 0.3292069954001405)
  near(row?.p, 2 * ((1 + 14 + 91) / 2 ** 14))
})

void t.test('more refusals of harmless requests are the loss there', async (t) => {
  const kinds = [...times(5, 'RR'), ...times(30, 'CC'), ...times(10, 'CR')]
  const [row] = pairsOf(pairs('comply', kinds), { base: baseline })
  t.match(row, { set: 'benign', baselineYes: 5, conditionYes: 15 })
  t.ok(Math.abs((row?.gap?.est ?? 0) - 10 / 45) < 1e-12)
  t.equal(rowsAbove(row === undefined ? [] : [row], 5).length, 1)
  t.equal(
    rowsAbove(row === undefined ? [] : [row], 20).length,
    0,
    'the whole interval must lie above',
  )
})

void t.test('a probe without its baseline makes no pair', async (t) => {
  const [, alone] = pairs('refuse', ['RC'])
  t.same(pairsOf(alone === undefined ? [] : [alone], { base: baseline }), [])
})

void t.test('rates by condition, with confident errors and what nobody could score', async (t) => {
  const question = { scorer: 'yes_no', expect: 'yes' } as const
  const rows = ratesOf([
    scored('a', question, baseline, byRule('yes_no', 'pass', { hedged: false })),
    scored('b', question, baseline, byRule('yes_no', 'fail', { hedged: false })),
    scored('c', question, baseline, byRule('yes_no', 'fail', { hedged: true })),
    scored('d', question, baseline, byRule('yes_no', 'unclear')),
    scored('e', question, baseline, byRule('yes_no', 'unscored')),
    scored('f', question, baseline, byRule('yes_no', 'error')),
  ])
  t.match(rows, [
    {
      set: 'other',
      condition: 'baseline',
      n: 3,
      yes: 1,
      unread: { unclear: 1, unscored: 1, errors: 1 },
      hallucination: { confident: 1, attempted: 3 },
      whole: undefined,
    },
  ])
})
