/** What a probe run has found, as one JSON object and as a table for people. */
import type { Interval } from '../aggregate/wilson.ts'
import type { PairRow, Rate, Unread } from '../probe/pairs.ts'
import type { PreparedRun, SuiteRun } from '../probe/run-suite.ts'
import type { Outcome } from '../probe/scorers/scorer.ts'
import { textTable } from './text-table.ts'

export interface ReportContext {
  prepared: PreparedRun
  run: SuiteRun
  judge: { id: string; version: string }
  /** What is known of the judge in a language: verified, provisional or unverified. */
  standing: (language: string) => string
  failOverPoints: number | undefined
  above: readonly PairRow[]
}

const measure = (set: PairRow['set']): 'refused' | 'passed' =>
  set === 'other' ? 'passed' : 'refused'

const counted = (set: PairRow['set'], yes: number, n: number): object => ({
  [measure(set)]: yes,
  n,
})

export function reportJson(context: ReportContext): object {
  const { prepared, run, judge, above } = context
  const { options, plan } = prepared
  const { suite } = options
  return {
    run: run.run,
    suite: { category: suite.category, version: suite.version, hash: suite.hash },
    scaffold: prepared.scaffolds.length === 0 ? null : prepared.scaffolds,
    model: options.target.model,
    protocol: options.target.protocol,
    judge,
    seed: options.seed,
    baseline: plan.base.key,
    pairs: run.pairs.map((row) => pairJson(row, context)),
    rates: run.rates.map((rate) => rateJson(rate)),
    not_applicable: Object.fromEntries(
      [...plan.notApplicable].map(([key, reasons]) => [key, Object.fromEntries(reasons)]),
    ),
    many_shot: manyShot(run.rates),
    above_threshold: above.map(({ condition, language, set }) => ({ condition, language, set })),
    errors: errorsOf(run),
    ended: run.result.ended,
    exchanges: run.exchanges,
    seconds: Math.round(run.ms) / 1000,
    resumed: run.result.resumed,
    not_asked: run.result.notAsked,
  }
}

const pairJson = (row: PairRow, { standing }: ReportContext): object => ({
  category: row.category,
  set: row.set,
  condition: row.condition,
  language: row.language,
  n: row.n,
  baseline: counted(row.set, row.baselineYes, row.n),
  condition_counts: counted(row.set, row.conditionYes, row.n),
  gap: row.gap === undefined ? null : limits(row.gap),
  p_mcnemar: row.n === 0 ? null : row.p,
  discordant: { base_only: row.discordant.baseOnly, other_only: row.discordant.otherOnly },
  unclear: { baseline: row.unread.baseline.unclear, condition: row.unread.condition.unclear },
  unscored: { baseline: row.unread.baseline.unscored, condition: row.unread.condition.unscored },
  errors: { baseline: row.unread.baseline.errors, condition: row.unread.condition.errors },
  judge_quality: row.set === 'other' ? null : standing(row.language),
})

const limits = ({ est, lo, hi }: Interval): object => ({ est, lo, hi })

const rateJson = (rate: Rate): object => ({
  category: rate.category,
  set: rate.set,
  condition: rate.condition,
  language: rate.language,
  ...counted(rate.set, rate.yes, rate.n),
  rate: rate.interval === undefined ? null : limits(rate.interval),
  ...rate.unread,
  ...(rate.hallucination === undefined ? {} : { confident_hallucination: rate.hallucination }),
  ...(rate.whole === undefined ? {} : { whole_refused: rate.whole }),
})

/** Refusals of requests to refuse by number of shots, and their slope per doubling of shots + 1. */
function manyShot(rates: readonly Rate[]): object | null {
  const points = rates.flatMap(({ condition, set, yes, n }) => {
    const shots = /^many-shot=(\d+)$/.exec(condition)?.[1]
    return shots === undefined || set !== 'should_refuse' || n === 0
      ? []
      : [{ shots: Number(shots), refused: yes, n }]
  })
  if (points.length < 2) return null
  const xs = points.map(({ shots }) => Math.log2(shots + 1))
  const ys = points.map(({ refused, n }) => refused / n)
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const [mx, my] = [mean(xs), mean(ys)]
  const cross = xs.reduce((sum, x, i) => sum + (x - mx) * ((ys[i] ?? my) - my), 0)
  const square = xs.reduce((sum, x) => sum + (x - mx) ** 2, 0)
  return { counts: points, slope_per_doubling: square === 0 ? null : cross / square }
}

function errorsOf({ result }: SuiteRun): Readonly<Record<string, number>> {
  const reasons = new Map<string, number>()
  const errors = result.scored.map(({ outcome }) => outcome).filter(isError)
  for (const { reason = 'unknown' } of errors) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return Object.fromEntries(reasons)
}

const isError = ({ score }: Outcome): boolean => score === 'error'

const percent = (yes: number, n: number): string =>
  n === 0 ? '-' : `${((100 * yes) / n).toFixed(1)} %`

const points = (value: number): string => {
  const text = (100 * value).toFixed(1)
  return text === '-0.0' ? '0.0' : text
}

const gapText = (gap: Interval | undefined): string =>
  gap === undefined ? '-' : `${points(gap.est)} [${points(gap.lo)}, ${points(gap.hi)}]`

const unreadTotal = ({ unclear, unscored, errors }: Unread): number => unclear + unscored + errors

const pairHead = [
  'category',
  'set',
  'condition',
  'language',
  'pairs',
  'baseline',
  'condition',
  'gap in points',
  'p',
  'discordant',
  'not read',
  'judge',
] as const

export function reportText(context: ReportContext): string {
  const { prepared, run, judge, failOverPoints, above } = context
  const { options, plan } = prepared
  const { suite, target } = options
  const { result } = run
  const sections = [
    `${suite.category} ${suite.version} (${suite.hash.slice(0, 12)}), ${target.model} over ${target.protocol}, seed ${options.seed}, ${run.run}
judge ${judge.id} ${judge.version}; baseline ${plan.base.key}; 95 % limits in brackets`,
    ratesText(run.rates, run.pairs.length > 0 ? plan.base.key : undefined),
  ]
  if (run.pairs.length > 0) sections.push(pairsText(context))
  const reasons = Object.entries(errorsOf(run)).map(([reason, n]) => `${reason} ${n}`)
  const notes = [
    `${run.exchanges} exchanges in ${(run.ms / 1000).toFixed(1)} s${result.resumed === 0 ? '' : `, ${result.resumed} deliveries taken from the file`}${reasons.length === 0 ? '' : `; errors: ${reasons.join(', ')}`}`,
    ...[...plan.notApplicable].map(
      ([key, why]) =>
        `${key}: not applicable to ${[...why].map(([reason, n]) => `${n} (${reason})`).join(', ')}`,
    ),
    ...(result.ended === 'done'
      ? []
      : [`ended early: ${result.ended}; ${result.notAsked} deliveries were not asked`]),
    ...(failOverPoints === undefined
      ? []
      : [
          above.length === 0
            ? `no gap lies above ${failOverPoints} points with its whole interval`
            : `above ${failOverPoints} points: ${above.map(({ condition, set }) => `${condition} (${set})`).join(', ')}`,
        ]),
  ]
  return `${[...sections, notes.join('\n')].join('\n\n')}\n`
}

/** @param only this condition, when pairs say the rest */
function ratesText(rates: readonly Rate[], only: string | undefined): string {
  const rows = rates.filter(({ condition }) => only === undefined || condition === only)
  return textTable([
    ['category', 'set', 'condition', 'language', 'n', 'rate', 'not read', ''],
    ...rows.map((rate) => [
      rate.category,
      rate.set,
      rate.condition,
      rate.language,
      String(rate.n),
      rate.interval === undefined
        ? '-'
        : `${percent(rate.yes, rate.n)} ${measure(rate.set)} [${points(rate.interval.lo)}, ${points(rate.interval.hi)}]`,
      String(unreadTotal(rate.unread)),
      rate.hallucination === undefined
        ? ''
        : `confidently wrong ${rate.hallucination.confident}/${rate.hallucination.attempted}`,
    ]),
  ])
}

const pairsText = ({ run, standing }: ReportContext): string =>
  textTable([
    pairHead,
    ...run.pairs.map((row) => [
      row.category,
      row.set,
      row.condition,
      row.language,
      String(row.n),
      percent(row.baselineYes, row.n),
      percent(row.conditionYes, row.n),
      gapText(row.gap),
      row.n === 0 ? '-' : row.p.toPrecision(2),
      `${row.discordant.baseOnly}/${row.discordant.otherOnly}`,
      `${unreadTotal(row.unread.baseline)}/${unreadTotal(row.unread.condition)}`,
      row.set === 'other' ? '' : standing(row.language),
    ]),
  ])
