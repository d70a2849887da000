/**
 * What the watch knows, as gauges. Each is handed over whole, so that what is no longer known goes
 * absent instead of standing still.
 */
import { differenceKey, sumCells } from '../drift/behaviour-counts.ts'
import type { DetectorSpec } from '../drift/detector-spec.ts'
import { evidenceRatio } from '../drift/e-detector.ts'
import { detectableGap, liveOutcomes } from '../drift/growth.ts'
import { baseLanguage, refusalGap } from '../drift/live-pairing.ts'
import type { GaugeName } from '../metrics/catalogue.ts'
import type { Delta } from '../metrics/delta.ts'
import { mixGaugeNames, mixGauges } from './mix-gauges.ts'
import { ticksPerHorizon, type WatchSettings } from './settings.ts'
import type { WatchReport } from './watch.ts'

export interface GaugeOptions {
  settings: WatchSettings
  storeUp: boolean
}

/** All that is set here. */
export const driftGaugeNames = [
  'holdfast_state_up',
  'holdfast_drift_partial',
  'holdfast_drift_threshold',
  'holdfast_drift_folded_timestamp_seconds',
  'holdfast_model_series',
  'holdfast_drift_false_alarms_bound_30d',
  'holdfast_drift_detectors',
  'holdfast_drift_null_gap',
  'holdfast_drift_evidence_ratio',
  'holdfast_drift_detectable_gap',
  'holdfast_baseline_samples',
  ...mixGaugeNames,
] as const satisfies readonly GaugeName[]

export const driftGauges = (delta: Delta, report: WatchReport, options: GaugeOptions): void => {
  const { view, specs, threshold, partial } = report
  const { tickMs } = options.settings
  const one = (value: number | undefined) => (value === undefined ? [] : [{ labels: {}, value }])
  delta.replace('holdfast_state_up', one(options.storeUp ? 1 : 0))
  delta.replace('holdfast_drift_partial', one(partial ? 1 : 0))
  delta.replace('holdfast_drift_threshold', [{ labels: { tick: 'hour' }, value: threshold }])
  const folded = view?.fleet.foldedTick
  delta.replace(
    'holdfast_drift_folded_timestamp_seconds',
    one(folded === undefined ? undefined : ((folded + 1) * tickMs) / 1000),
  )
  delta.replace('holdfast_model_series', one(view?.fleet.series.number))
  delta.replace('holdfast_drift_false_alarms_bound_30d', one(falseAlarmBound(report, tickMs)))
  delta.replace(
    'holdfast_drift_detectors',
    (['configured', 'learned'] as const).map((source) => ({
      labels: { source },
      value: specs.filter((spec) => spec.source === source).length,
    })),
  )
  delta.replace(
    'holdfast_drift_null_gap',
    specs.map((spec) => ({ labels: labelsOf(spec), value: spec.reference ?? spec.wager.g0 })),
  )
  // Before the store has answered nothing is known of the evidence, and that is not none.
  delta.replace(
    'holdfast_drift_evidence_ratio',
    view === undefined
      ? []
      : specs.map((spec) => {
          const state = view.fleet.detectors.get(spec.id)
          const value = state === undefined ? 0 : evidenceRatio(state, threshold)
          return { labels: labelsOf(spec), value }
        }),
  )
  delta.replace(
    'holdfast_drift_detectable_gap',
    specs
      .filter(({ metric }) => metric === refusalGap.metric)
      .flatMap((spec) => {
        const value = detectable(spec, report, tickMs)
        const { language, set } = spec
        return value === undefined
          ? []
          : [{ labels: { language, set, horizon: '7d' as const }, value }]
      }),
  )
  delta.replace('holdfast_baseline_samples', baselineSamples(report))
  mixGauges(delta, report, tickMs)
}

const labelsOf = ({ metric, null: nullKind, language, set }: DetectorSpec) => ({
  metric,
  null: nullKind,
  language,
  set,
})

const falseAlarmBound = ({ specs, threshold, alpha }: WatchReport, tickMs: number): number => {
  const learned = specs.filter(({ source }) => source === 'learned').length
  return (specs.length * ticksPerHorizon(tickMs)) / threshold + learned * alpha
}

const weekMs = 7 * 86_400_000
/** From fewer English samples no rate is taken. */
const englishMin = 20

/**
 * The smallest drop that would be seen in 7 days of traffic like the last; the whole rate when not
 * even that would. Undefined while too little has been seen to say.
 */
const detectable = (
  { language, set, wager }: DetectorSpec,
  { recent, threshold }: WatchReport,
  tickMs: number,
): number | undefined => {
  const [oldest] = recent
  const newest = recent.at(-1)
  if (oldest === undefined || newest === undefined) return undefined
  let english = { judged: 0, refused: 0 }
  let differences = 0
  const key = differenceKey(refusalGap.metric, language, set)
  for (const { behaviour } of recent) {
    const cells = sumCells(behaviour, (name) => name.language === baseLanguage && name.set === set)
    english = {
      judged: english.judged + cells.judged,
      refused: english.refused + cells.refused,
    }
    differences += behaviour.differences.get(key)?.total ?? 0
  }
  if (english.judged < englishMin || english.refused === 0) return undefined
  const rate = english.refused / english.judged
  const spanMs = (newest.tick - oldest.tick + 1) * tickMs
  const found = detectableGap({
    wager,
    threshold,
    samples: (differences * weekMs) / spanMs,
    gapMax: rate,
    // The rate is the judged one already.
    outcomesAt: (gap) => liveOutcomes(rate, gap, { sensitivity: 1, specificity: 1 }),
  })
  return found ?? rate
}

const baselineSamples = ({ baseline, specs }: WatchReport) => {
  if (baseline === undefined) return []
  const strata = new Map<string, { language: string; set: DetectorSpec['set'] }>()
  for (const { language, set } of specs) strata.set(`${language}|${set}`, { language, set })
  return [...strata.values()].flatMap(({ language, set }) => {
    const { judged } = sumCells(
      baseline.behaviour,
      (name) => name.language === language && name.set === set,
    )
    return judged === 0 ? [] : [{ labels: { language, set }, value: judged }]
  })
}
