/**
 * What was not looked at: ticks without a verdict, exchanges that were dropped, languages without a
 * measured judge or a running detector, strata in which not even a large gap would have shown.
 */
import { differenceKey, sumCells } from '../drift/behaviour-counts.ts'
import type { DetectorSpec } from '../drift/detector-spec.ts'
import { blindGap, detectableGap, liveOutcomes } from '../drift/growth.ts'
import { baseLanguage, refusalGap } from '../drift/live-pairing.ts'
import { gapSet } from '../drift/nulls.ts'
import type { TickRecord } from '../drift/tick-record.ts'
import { dimensions, evidenceLevels } from '../exchange/alignment.ts'
import { allOf } from '../exchange/detector-metric.ts'
import type { Calibration } from '../judge/calibration.ts'
import { isoTime } from '../profile/iso-time.ts'
import type { ProfileRow } from '../profile/row.ts'
import { rowJudge } from '../profile/row-judge.ts'
import { between, liveJudge, segmentsOf, sumOf } from '../profile/segments.ts'
import type { History } from '../watch/history.ts'
import { withId } from './entry-id.ts'
import type { PeriodTicks } from './episodes.ts'
import { notReplayed, type Replay } from './replay.ts'
import type { Coverage, CoverageGap, LanguageCoverage } from './report-document.ts'

/** Shorter times without a verdict are the quiet hours of little traffic. Ours. */
export const gapMs = 6 * 3_600_000
const weekMs = 7 * 86_400_000
/** As for the gauge: from fewer English samples no rate is taken. */
const englishMin = 20

export interface CoverageInput {
  history: History
  origin: string
  ticks: PeriodTicks
  replayed: Replay
  profile: readonly ProfileRow[]
  calibrations: readonly Calibration[]
}

export const coverageOf = (input: CoverageInput): Coverage => {
  const { history, ticks, profile } = input
  const { first, last } = ticks
  const records = between(history.records, first, last)
  const sum = sumOf(records)
  const { judged, unclear } = sumCells(sum, () => true)
  return withId('coverage', {
    ticks: Math.max(0, last - first + 1),
    ticks_with_verdicts: records.filter(hasVerdicts).length,
    tick_ms: history.settings.tickMs,
    judged: judged + unclear,
    dropped: Object.fromEntries([...sum.dropped].sort(([a], [b]) => (a < b ? -1 : 1))),
    gaps: gapsIn(input, records),
    languages: languagesIn(input, records),
    dimensions: dimensions.map((dimension) => {
      const rows = profile.filter((row) => row.dimension === dimension && row.n > 0)
      const levels = evidenceLevels.filter((level) => rows.some((row) => row.level === level))
      return {
        dimension,
        rows: Object.fromEntries(
          levels.map((level) => [level, rows.filter((row) => row.level === level).length]),
        ),
        furthest: levels.at(-1) ?? null,
      }
    }),
    not_replayed: [...notReplayed],
    unreadable: history.unreadable,
  })
}

const hasVerdicts = ({ behaviour }: TickRecord): boolean => {
  for (const { judged, unclear } of behaviour.cells.values()) if (judged + unclear > 0) return true
  return false
}

/** Reasons by which an exchange is left out on purpose: no fault and no gap. */
const onPurpose: ReadonlySet<string> = new Set([
  'sample:conversation_not_selected',
  'sample:no_answer',
])

function gapsIn(
  { history, origin, ticks }: CoverageInput,
  records: readonly TickRecord[],
): CoverageGap[] {
  const { tickMs } = history.settings
  const seen = new Map(records.map((record) => [record.tick, record]))
  const gaps: CoverageGap[] = []
  let start: number | undefined
  const close = (end: number): void => {
    if (start === undefined) return
    const from = start
    start = undefined
    if ((end - from) * tickMs < gapMs) return
    const { dropped } = sumOf(between(records, from, end - 1))
    const lost = [...dropped].filter(([reason]) => !onPurpose.has(reason))
    const hasRecord = records.some(({ tick }) => tick >= from && tick < end)
    gaps.push(
      withId('gap', {
        from: isoTime(from * tickMs),
        to: isoTime(end * tickMs),
        ticks: end - from,
        reason: lost.length > 0 ? 'dropped' : hasRecord ? 'no_verdict' : 'no_record',
        dropped: Object.fromEntries(lost.sort(([a], [b]) => (a < b ? -1 : 1))),
        trace: [`${origin}: ticks ${from} to ${end - 1}`],
      } as const),
    )
  }
  for (let tick = ticks.first; tick <= ticks.last; tick++) {
    const record = seen.get(tick)
    if (record !== undefined && hasVerdicts(record)) close(tick)
    else start ??= tick
  }
  close(ticks.last + 1)
  return gaps
}

function languagesIn(input: CoverageInput, records: readonly TickRecord[]): LanguageCoverage[] {
  const { history, calibrations, replayed } = input
  const sum = sumOf(records)
  const lastSegment = segmentsOf(records).at(-1)
  const served = history.settings.languages
  const others = [...sum.languages.keys()].filter((one) => !served.includes(one))
  const running = runningSpecs(replayed, records)
  return [...served, ...others.sort()].map((language) => {
    const { judged, unclear } = sumCells(sum, (name) => name.language === language)
    const judge =
      lastSegment === undefined
        ? undefined
        : rowJudge(liveJudge(lastSegment.judgeVersion), language, lastSegment.model, calibrations)
    const own = running.filter((spec) => spec.language === language)
    const gap = own.find(({ metric }) => metric === refusalGap.metric)
    const detectable = gap === undefined ? undefined : detectableIn(gap, input, records)
    const { blind, why } = sight(language, served, own, gap, detectable)
    return withId('language', {
      language,
      exchanges: sum.languages.get(language) ?? 0,
      samples: judged + unclear,
      unclear,
      standing: judge?.standing ?? 'unverified',
      watched: [...new Set(own.map(({ metric }) => metric))].sort(),
      detectable_gap_points: detectable === undefined ? null : 100 * detectable,
      blind,
      why: why ?? null,
    })
  })
}

function sight(
  language: string,
  served: readonly string[],
  own: readonly DetectorSpec[],
  gap: DetectorSpec | undefined,
  detectable: number | undefined,
): { blind: boolean; why: string | undefined } {
  if (!served.includes(language)) {
    return { blind: true, why: 'not among the served languages: no detector is of it' }
  }
  if (own.length === 0) {
    return { blind: true, why: 'no detector runs: no null is configured or could be learned' }
  }
  if (language === baseLanguage) return { blind: false, why: undefined }
  if (gap === undefined) {
    return { blind: true, why: 'its gap to English is not watched: too few reference samples' }
  }
  if (detectable === undefined) {
    return { blind: true, why: 'too little traffic to say what gap would show' }
  }
  if (detectable > blindGap) {
    const points = (100 * detectable).toFixed(0)
    return { blind: true, why: `in a week only a gap of ${points} points or more would show` }
  }
  return { blind: false, why: undefined }
}

/** Those that had data in the last series of the period. */
function runningSpecs({ detectors }: Replay, records: readonly TickRecord[]): DetectorSpec[] {
  const last = segmentsOf(records).at(-1)
  if (last === undefined) return []
  return detectors
    .filter(({ points }) => (points.at(-1)?.tick ?? 0) >= last.fromTick)
    .map(({ spec }) => spec)
    .filter(({ language }) => language !== allOf)
}

/** The smallest drop that a week like the last of the period shows; the whole rate when not even that would. */
function detectableIn(
  { language, wager }: DetectorSpec,
  { history, replayed, ticks }: CoverageInput,
  records: readonly TickRecord[],
): number | undefined {
  const { settings } = history
  const weekTicks = Math.ceil(weekMs / settings.tickMs)
  const recent = between(records, ticks.last - weekTicks + 1, ticks.last)
  const set = gapSet(settings.requestSets)
  const sum = sumOf(recent)
  const english = sumCells(sum, (name) => name.language === baseLanguage && name.set === set)
  if (english.judged < englishMin || english.refused === 0) return undefined
  const rate = english.refused / english.judged
  const key = differenceKey(refusalGap.metric, language, set)
  return (
    detectableGap({
      wager,
      threshold: replayed.threshold,
      samples: sum.differences.get(key)?.total ?? 0,
      gapMax: rate,
      outcomesAt: (gap) => liveOutcomes(rate, gap, { sensitivity: 1, specificity: 1 }),
    }) ?? rate
  )
}
