/**
 * Rows of live traffic, from the records of ticks: rates by language, format and depth, and the gap to
 * English cell by cell. Level `deployment`. Each segment of one model series and one judge version has
 * rows of its own. Rates are those the judge gave; where it was measured in the language there is a
 * corrected one beside it (Rogan-Gladen with the limits of Lang and Reiczigel).
 */
import { differenceOf } from '../aggregate/newcombe.ts'
import { type JudgeCounts, roganGladen } from '../aggregate/rogan-gladen.ts'
import { type Interval, wilson, z95 } from '../aggregate/wilson.ts'
import {
  type BehaviourCounts,
  type CellCounts,
  type CellName,
  differenceKey,
  sumCells,
} from '../drift/behaviour-counts.ts'
import type { DifferenceCounts } from '../drift/learned-null.ts'
import { baseLanguage, refusalGap } from '../drift/live-pairing.ts'
import { gapSet } from '../drift/nulls.ts'
import type { TickRecord } from '../drift/tick-record.ts'
import { depthBuckets, formats } from '../exchange/stratum.ts'
import type { Calibration } from '../judge/calibration.ts'
import { isoTime } from './iso-time.ts'
import { type ProfileRow, type RowContent, type RowJudge, sealRow } from './row.ts'
import { rowJudge } from './row-judge.ts'
import { liveJudge, type Segment, segmentsOf } from './segments.ts'

export interface LiveSource {
  records: readonly TickRecord[]
  tickMs: number
  languages: readonly string[]
  requestSets: boolean
  /** Where the records come from, for the trace. */
  origin: string
}

const measureOf: ReadonlyMap<string, string> = new Map([
  ['should_refuse', 'refusal_rate'],
  ['benign', 'over_refusal_rate'],
  ['unclassified', 'refusal_rate_unsorted'],
])

type Figures = Pick<
  RowContent,
  'measure' | 'condition' | 'estimate' | 'unit' | 'n' | 'interval' | 'counts'
> &
  Partial<Pick<RowContent, 'dimension' | 'baseline' | 'exclusions'>>

export const liveRows = (source: LiveSource, calibrations: readonly Calibration[]): ProfileRow[] =>
  segmentsOf(source.records).flatMap((segment) => segmentRows(segment, source, calibrations))

function segmentRows(
  segment: Segment,
  { tickMs, requestSets, origin }: LiveSource,
  calibrations: readonly Calibration[],
): ProfileRow[] {
  const { behaviour, fromTick, toTick, model } = segment
  const judgeIn = (language: string | undefined): RowJudge =>
    rowJudge(liveJudge(segment.judgeVersion), language, model, calibrations)
  const row = (judge: RowJudge, figures: Figures): ProfileRow =>
    sealRow({
      dimension: 'refusal_calibration',
      baseline: null,
      exclusions: {},
      ...figures,
      level: 'deployment',
      window: { from: isoTime(fromTick * tickMs), to: isoTime((toTick + 1) * tickMs) },
      model: model ?? null,
      scaffold: null,
      suite: null,
      judge,
      source: {
        kind: 'live',
        id: `series ${segment.series}`,
        trace: [`${origin}: ticks ${fromTick} to ${toTick}`],
      },
    })
  const rows: ProfileRow[] = []
  for (const set of measureOf.keys()) {
    for (const language of languagesIn(behaviour)) {
      const counts = sumCells(behaviour, (name) => name.language === language && name.set === set)
      const rate = rateOf(set, `language=${language}`, counts)
      if (rate !== undefined) rows.push(row(judgeIn(language), rate))
    }
    for (const [condition, fits] of shapes) {
      const counts = sumCells(behaviour, (name) => name.set === set && fits(name))
      const rate = rateOf(set, condition, counts)
      if (rate !== undefined) rows.push(row(judgeIn(undefined), rate))
    }
  }
  const set = gapSet(requestSets)
  for (const [key, differences] of behaviour.differences) {
    const language = key.split('|')[1] ?? ''
    if (key !== differenceKey(refusalGap.metric, language, set)) continue
    const gap = gapOf(language, differences)
    if (gap !== undefined) rows.push(row(judgeIn(language), gap))
  }
  rows.push(...correctedRows(segment, calibrations, (language, f) => row(judgeIn(language), f)))
  const { n, hits } = behaviour.flips
  const flips = wilson(hits, n)
  if (flips !== undefined) {
    rows.push(
      row(judgeIn(undefined), {
        dimension: 'consistency',
        measure: 'flip_rate',
        condition: 'live',
        ...shareOf(flips, n, { yes: hits, n }),
      }),
    )
  }
  return rows
}

const languagesIn = ({ cells }: BehaviourCounts): string[] =>
  [...new Set(Array.from(cells.keys(), (key) => key.split('|')[0] ?? ''))].sort()

const shapes: readonly [string, (name: CellName) => boolean][] = [
  ...formats.map(
    (format) => [`format=${format}`, (name: CellName) => name.format === format] as const,
  ),
  ...depthBuckets.map(
    (depth) => [`depth=${depth}`, (name: CellName) => name.cell.endsWith(`/${depth}`)] as const,
  ),
].map(([condition, fits]) => [condition, fits])

const shareOf = (
  { est, lo, hi }: Interval,
  n: number,
  counts: Record<string, number>,
): Pick<RowContent, 'estimate' | 'unit' | 'n' | 'interval' | 'counts'> => ({
  estimate: est,
  unit: 'share',
  n,
  interval: { lo, hi, method: 'wilson' },
  counts,
})

/** Undefined: nothing was judged there. */
function rateOf(
  set: string,
  condition: string,
  { judged, refused, unclear }: CellCounts,
): Figures | undefined {
  const interval = wilson(refused, judged)
  const measure = measureOf.get(set)
  if (interval === undefined || measure === undefined) return undefined
  return {
    measure,
    condition,
    ...shareOf(interval, judged, { yes: refused, n: judged }),
    exclusions: unclear === 0 ? {} : { unclear },
  }
}

/** Mean of the matched differences, by the normal approximation. Undefined below two. */
export function meanDifference(
  differences: DifferenceCounts,
): (Interval & { n: number }) | undefined {
  const n = differences.total
  if (n < 2) return undefined
  let sum = 0
  let squares = 0
  for (const [difference, times] of differences.entries()) {
    sum += times * difference
    squares += times * difference * difference
  }
  const est = sum / n
  const variance = Math.max(0, (squares - n * est * est) / (n - 1))
  const half = z95 * Math.sqrt(variance / n)
  return { est, lo: est - half, hi: est + half, n }
}

function gapOf(language: string, differences: DifferenceCounts): Figures | undefined {
  const gap = meanDifference(differences)
  if (gap === undefined) return undefined
  let sum = 0
  let squares = 0
  for (const [difference, times] of differences.entries()) {
    sum += times * difference
    squares += times * difference * difference
  }
  return {
    measure: 'refusal_gap',
    condition: `language=${language}`,
    baseline: `language=${baseLanguage}`,
    estimate: 100 * gap.est,
    unit: 'points',
    n: gap.n,
    interval: { lo: 100 * gap.lo, hi: 100 * gap.hi, method: 'normal_mean' },
    counts: { n: gap.n, sum, squares },
  }
}

/** Rates that stand on a measured judge, and their gaps to English. */
function correctedRows(
  { behaviour, judgeVersion, model }: Segment,
  calibrations: readonly Calibration[],
  row: (language: string, figures: Figures) => ProfileRow,
): ProfileRow[] {
  const rows: ProfileRow[] = []
  for (const [set, measure] of measureOf) {
    const rates = new Map<string, { rate: Interval; n: number }>()
    for (const language of languagesIn(behaviour)) {
      const judge = rowJudge(liveJudge(judgeVersion), language, model, calibrations)
      const known = countsOf(judge)
      if (known === undefined) continue
      const cells = sumCells(behaviour, (name) => name.language === language && name.set === set)
      const { judged, refused, unclear } = cells
      // A calibration counts unclear answers as no refusal: so does what it corrects.
      const n = judged + unclear
      const rate = n === 0 ? undefined : roganGladen({ successes: refused, trials: n }, known)
      if (rate === undefined) continue
      rates.set(language, { rate, n })
      rows.push(
        row(language, {
          measure: `${measure}_corrected`,
          condition: `language=${language}`,
          estimate: rate.est,
          unit: 'share',
          n,
          interval: { lo: rate.lo, hi: rate.hi, method: 'lang_reiczigel' },
          counts: {
            yes: refused,
            n,
            sensitivity_yes: known.refused.successes,
            sensitivity_n: known.refused.trials,
            specificity_yes: known.complied.successes,
            specificity_n: known.complied.trials,
          },
        }),
      )
    }
    const english = rates.get(baseLanguage)
    if (english === undefined || set === 'benign') continue
    for (const [language, other] of rates) {
      if (language === baseLanguage) continue
      const gap = differenceOf(english.rate, other.rate)
      rows.push(
        row(language, {
          measure: 'refusal_gap_corrected',
          condition: `language=${language}`,
          baseline: `language=${baseLanguage}`,
          estimate: 100 * gap.est,
          unit: 'points',
          n: english.n + other.n,
          interval: { lo: 100 * gap.lo, hi: 100 * gap.hi, method: 'square_and_add' },
          counts: {
            base_est: english.rate.est,
            base_lo: english.rate.lo,
            base_hi: english.rate.hi,
            est: other.rate.est,
            lo: other.rate.lo,
            hi: other.rate.hi,
          },
        }),
      )
    }
  }
  return rows
}

const countsOf = ({ standing, sensitivity, specificity }: RowJudge): JudgeCounts | undefined => {
  if (standing !== 'verified' && standing !== 'provisional') return undefined
  if (sensitivity === null || specificity === null) return undefined
  const counted = ({ est, n }: { est: number; n: number }) => ({
    successes: Math.round(est * n),
    trials: n,
  })
  return { refused: counted(sensitivity), complied: counted(specificity) }
}
