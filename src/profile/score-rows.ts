/**
 * Rows of answers that were graded elsewhere and scored as a benchmark publishes it (`holdfast score`).
 * What each figure is about is written out here by benchmark, in the words of the audit
 * (src/audit/rubric.ts). The level is that of what was scored, and who scored it has to say it.
 */

import type { Dimension, EvidenceLevel } from '../exchange/alignment.ts'
import type { ScoreReport, ScoreRow } from '../probe/scores/benchmark-score.ts'
import { type IntervalMethod, type ProfileRow, type RowWindow, sealRow } from './row.ts'

export interface ScoreSource {
  /** As `holdfast score` names it. */
  benchmark: string
  file: string
  /** SHA-256 of the file, hex: a file of answers does not say which items it is of. */
  sha256: string
  level: EvidenceLevel
  /** How the answers were asked for: baseline, or language=bn and so on. */
  condition: string
  model: string | undefined
  scaffold: string | undefined
  window: RowWindow | undefined
}

interface Meaning {
  dimension: Dimension
  measure: string
  /** Beyond that of the whole file; undefined: none. */
  condition?: string
  /** Beyond that of the whole file. */
  baseline?: string
}

interface Told {
  /** Undefined: the figure is of no one model, or of no dimension. */
  meaningOf(name: string): Meaning | undefined
  /** True: grades are read by a fixed rule; else by a judge of which nothing is known here. */
  isRule: boolean
}

/** One figure over all answers, and the same by group; groups stand indented below it. */
const grouped = (dimension: Dimension, measure: string, isRule: boolean, group: string): Told => ({
  isRule,
  meaningOf(name) {
    if (!name.startsWith('  ')) return { dimension, measure }
    const value = name.trim().replace(/^scenario /, '')
    return { dimension, measure, condition: `${group}=${value}` }
  },
})

const named = (isRule: boolean, meanings: Readonly<Record<string, Meaning>>): Told => {
  const known = new Map(Object.entries(meanings))
  return { isRule, meaningOf: (name) => known.get(name) }
}

const passHat: Told = {
  isRule: true,
  meaningOf(name) {
    const k = /^pass\^(\d+)$/.exec(name)?.[1]
    if (k === undefined) return undefined
    return { dimension: k === '1' ? 'capability' : 'consistency', measure: `pass_hat_${k}` }
  },
}

const unsafe: Told = {
  isRule: false,
  meaningOf(name) {
    const [, rate] = /^unsafe ([a-z]{2,3})$/.exec(name) ?? []
    const [, gap, base] = /^gap ([a-z]{2,3}) to ([a-z]{2,3})$/.exec(name) ?? []
    const dimension = 'refusal_calibration'
    if (rate !== undefined) {
      return { dimension, measure: 'unsafe_rate', condition: `language=${rate}` }
    }
    if (gap === undefined || base === undefined) return undefined
    const [condition, baseline] = [`language=${gap}`, `language=${base}`]
    return { dimension, measure: 'unsafe_gap', condition, baseline }
  },
}

const benchmarks: ReadonlyMap<string, Told> = new Map([
  ['harmbench', grouped('adversarial_robustness', 'attack_success_rate', false, 'group')],
  ['jailflipbench', grouped('factual_safety', 'pass_rate', true, 'style')],
  ['curate', grouped('context_retention', 'pass_rate', false, 'scenario')],
  ['rifts', grouped('grounding', 'pass_rate', false, 'label')],
  ['tau-bench', passHat],
  ['tau2', passHat],
  ['multijail', unsafe],
  ['xsafety', unsafe],
  [
    'mt-bench',
    named(false, {
      rating: { dimension: 'capability', measure: 'mean_rating' },
      'turn 1': { dimension: 'capability', measure: 'mean_rating', condition: 'turn=1' },
      'turn 2': { dimension: 'capability', measure: 'mean_rating', condition: 'turn=2' },
      'turn 2 less turn 1': {
        dimension: 'capability',
        measure: 'rating_difference',
        condition: 'turn=2',
        baseline: 'turn=1',
      },
    }),
  ],
  [
    'strongreject',
    named(false, {
      score: { dimension: 'adversarial_robustness', measure: 'mean_score' },
      refused: { dimension: 'refusal_calibration', measure: 'refusal_rate' },
    }),
  ],
  [
    'agentdojo',
    named(true, {
      'utility, nothing injected': { dimension: 'capability', measure: 'utility_rate' },
      'utility under attack': {
        dimension: 'capability',
        measure: 'utility_rate',
        condition: 'injected=yes',
      },
      'injected task carried out': {
        dimension: 'agentic_safety',
        measure: 'injection_rate',
        condition: 'injected=yes',
      },
    }),
  ],
])

/** A scorer that counts otherwise has another version, and its figures are another series. */
const scorerVersion = '1'

/** Figures without a single answer are left out. */
export const scoreRows = ({ rows, unread }: ScoreReport, source: ScoreSource): ProfileRow[] => {
  const told = benchmarks.get(source.benchmark)
  if (told === undefined) throw new RangeError(`scoreRows: no meaning of ${source.benchmark}`)
  const rates = new Map(
    rows.flatMap(({ name, estimate, n }) => {
      const meaning = told.meaningOf(name)
      return meaning?.measure === 'unsafe_rate' && estimate !== undefined
        ? [[meaning.condition ?? '', { yes: Math.round(estimate * n), n }] as const]
        : []
    }),
  )
  return rows.flatMap((row) => {
    const meaning = told.meaningOf(row.name)
    if (meaning === undefined || row.estimate === undefined || row.n === 0) return []
    const base = meaning.measure === 'unsafe_gap' ? rates.get(meaning.baseline ?? '') : undefined
    const own = base === undefined ? undefined : rates.get(meaning.condition ?? '')
    const pair = own === undefined || base === undefined ? undefined : { own, base }
    return sealRow({
      ...contentOf(row, meaning, source),
      counts:
        pair === undefined
          ? countsOf(row)
          : { yes: pair.own.yes, n: pair.own.n, base_yes: pair.base.yes, base_n: pair.base.n },
      exclusions: unread === 0 ? {} : { unread },
      judge: {
        id: `score_${source.benchmark.replaceAll('-', '_')}`,
        version: scorerVersion,
        standing: told.isRule ? 'rule' : 'unverified',
        sensitivity: null,
        specificity: null,
      },
    })
  })
}

const contentOf = (
  { n, estimate, interval, unit }: ScoreRow,
  { dimension, measure, condition, baseline }: Meaning,
  source: ScoreSource,
) => ({
  dimension,
  measure,
  condition: joined(source.condition, condition),
  baseline: baseline === undefined ? null : joined(source.condition, baseline),
  level: source.level,
  estimate: estimate ?? null,
  unit,
  n,
  interval:
    interval === undefined ? null : { lo: interval.lo, hi: interval.hi, method: methods[unit] },
  window: source.window ?? null,
  model: source.model ?? null,
  scaffold: source.scaffold ?? null,
  suite: { id: source.benchmark, version: null, hash: source.sha256, epoch: null },
  source: { kind: 'score' as const, id: source.benchmark, trace: [source.file] },
})

const methods: Readonly<Record<ScoreRow['unit'], IntervalMethod>> = {
  share: 'wilson',
  points: 'newcombe',
  grade: 'normal_mean',
}

/** A share with an interval is of whole answers; one without is a mean over tasks. */
const countsOf = ({ n, estimate, interval, unit }: ScoreRow): Record<string, number> =>
  unit === 'share' && interval !== undefined && estimate !== undefined
    ? { yes: Math.round(estimate * n), n }
    : { n }

const joined = (whole: string, own: string | undefined): string =>
  own === undefined ? whole : whole === 'baseline' ? own : `${whole},${own}`
