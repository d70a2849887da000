/**
 * What the watch knows, as gauges. Each is handed over whole, so that what is no longer known goes
 * absent instead of standing still.
 */
import { differenceKey, sumCells } from '../drift/behaviour-counts.ts'
import type { DetectorSpec } from '../drift/detector-spec.ts'
import { type DetectorState, evidenceRatio } from '../drift/e-detector.ts'
import { detectableGap, liveOutcomes } from '../drift/growth.ts'
import { baseLanguage, refusalGap } from '../drift/live-pairing.ts'
import type { GaugeName } from '../metrics/catalogue.ts'
import type { Delta } from '../metrics/delta.ts'
import { mixGaugeNames, mixGauges } from './mix-gauges.ts'
import { ticksPerHorizon, type WatchSettings } from './settings.ts'
import type { WatchReport } from './watch.ts'

/** Detectors of ticks of another kind, which share the gauges: those of probe runs. */
export interface FurtherDetectors {
  specs: readonly DetectorSpec[]
  /** By identity; undefined: the store has not answered yet. */
  states: ReadonlyMap<string, DetectorState> | undefined
  threshold: number
  /** T. */
  ticksPer30Days: number
}

export interface GaugeOptions {
  settings: WatchSettings
  storeUp: boolean
  further?: FurtherDetectors | undefined
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
  const { view, threshold, partial } = report
  const { further } = options
  const specs = [...report.specs, ...(further?.specs ?? [])]
  const { tickMs } = options.settings
  const one = (value: number | undefined) => (value === undefined ? [] : [{ labels: {}, value }])
  delta.replace('holdfast_state_up', one(options.storeUp ? 1 : 0))
  delta.replace('holdfast_drift_partial', one(partial ? 1 : 0))
  delta.replace('holdfast_drift_threshold', [
    { labels: { tick: 'hour' }, value: threshold },
    ...(further === undefined
      ? []
      : [{ labels: { tick: 'run' as const }, value: further.threshold }]),
  ])
  const folded = view?.fleet.foldedTick
  delta.replace(
    'holdfast_drift_folded_timestamp_seconds',
    one(folded === undefined ? undefined : ((folded + 1) * tickMs) / 1000),
  )
  delta.replace('holdfast_model_series', one(view?.fleet.series.number))
  delta.replace(
    'holdfast_drift_false_alarms_bound_30d',
    one(falseAlarmBound(report, tickMs, further)),
  )
  delta.replace(
    'holdfast_drift_detectors',
    (['configured', 'learned'] as const).map((source) => ({
      labels: { source },
      value: specs.filter((spec) => spec.source === source).length,
    })),
  )
  delta.replace(
    'holdfast_drift_null_gap',
    largest(specs.map((spec) => ({ spec, value: spec.reference ?? spec.wager.g0 }))),
  )
  // Before the store has answered nothing is known of the evidence, and that is not none.
  delta.replace(
    'holdfast_drift_evidence_ratio',
    largest([
      ...evidenceOfAll(report.specs, view?.fleet.detectors, threshold),
      ...(further === undefined
        ? []
        : evidenceOfAll(further.specs, further.states, further.threshold)),
    ]),
  )
  delta.replace(
    'holdfast_drift_detectable_gap',
    report.specs
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

interface Valued {
  spec: DetectorSpec
  value: number
}

const evidenceOfAll = (
  specs: readonly DetectorSpec[],
  states: ReadonlyMap<string, DetectorState> | undefined,
  threshold: number,
): Valued[] =>
  states === undefined
    ? []
    : specs.map((spec) => {
        const state = states.get(spec.id)
        return { spec, value: state === undefined ? 0 : evidenceRatio(state, threshold) }
      })

/** A level is watched on live traffic and on probes under one name: the larger one shows. */
const largest = (values: readonly Valued[]) => {
  const rows = new Map<string, { labels: ReturnType<typeof labelsOf>; value: number }>()
  for (const { spec, value } of values) {
    const labels = labelsOf(spec)
    const key = Object.values(labels).join('|')
    const known = rows.get(key)
    if (known === undefined || known.value < value) rows.set(key, { labels, value })
  }
  return [...rows.values()]
}

const falseAlarmBound = (
  { specs, threshold, alpha }: WatchReport,
  tickMs: number,
  further: FurtherDetectors | undefined,
): number => {
  const learned = specs.filter(({ source }) => source === 'learned').length
  const live = (specs.length * ticksPerHorizon(tickMs)) / threshold + learned * alpha
  if (further === undefined) return live
  return live + (further.specs.length * further.ticksPer30Days) / further.threshold
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
