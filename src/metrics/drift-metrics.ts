/**
 * Metrics of the drift detectors and of the state they share (docs/drift.md). Gauges that replicas
 * share are equal in all of them: aggregate with max, never with sum. What is not known is absent.
 */
import { detectorMetrics, detectorSets, nullKinds } from '../exchange/detector-metric.ts'
import { admissionOutcomes, lostReasons } from '../exchange/drift-sample.ts'
import { cells } from '../exchange/stratum.ts'
import { storeErrors } from '../state/store.ts'
import { bounds, fromDetectorLanguages, fromLanguages, type MetricDefinition } from './domains.ts'

const detector = {
  metric: detectorMetrics,
  null: nullKinds,
  language: fromDetectorLanguages,
  set: detectorSets,
} as const
const livePairs = {
  metric: ['refusal_gap'],
  language: fromLanguages,
  set: ['should_refuse', 'unclassified'],
} as const
/** Of live traffic; probe categories have their own names. */
const deltaCategories = ['should_refuse', 'benign', 'unclassified'] as const
export const mixDimensions = ['language', 'depth', 'tool'] as const
export const changeComponents = ['mix', 'behaviour'] as const

export const driftMetrics = {
  holdfast_drift_evidence_ratio: {
    type: 'gauge',
    help: 'Evidence of a detector as ln M / ln A, 1 or more while an episode is open: the page condition.',
    labels: detector,
    absent: true,
  },
  holdfast_drift_null_gap: {
    type: 'gauge',
    help: 'The null of a detector: largest mean difference that counts as no change; for levels the reference rate.',
    labels: detector,
    absent: true,
  },
  holdfast_drift_threshold: {
    type: 'gauge',
    help: 'A, the evidence at which an episode opens, by the kind of tick.',
    labels: { tick: ['hour', 'run'] },
    absent: true,
  },
  holdfast_drift_detectable_gap: {
    type: 'gauge',
    help: 'Smallest drop of the judged rate that would be seen in 7 days of traffic like the last; above 0.2 the stratum is blind.',
    labels: { language: fromLanguages, set: detectorSets, horizon: ['7d'] },
    absent: true,
  },
  holdfast_drift_false_alarms_bound_30d: {
    type: 'gauge',
    help: 'Bound on the expected false episodes in 30 days of the detectors that run, learned nulls included.',
    labels: {},
    absent: true,
  },
  holdfast_drift_detectors: {
    type: 'gauge',
    help: 'Detectors that run, by where their null comes from.',
    labels: { source: ['configured', 'learned'] },
    absent: true,
  },
  holdfast_drift_partial: {
    type: 'gauge',
    help: '1 while drift figures may miss samples: the state store is away, or a fold is overdue.',
    labels: {},
    absent: true,
  },
  holdfast_drift_folded_timestamp_seconds: {
    type: 'gauge',
    help: 'End of the last folded tick.',
    labels: {},
    absent: true,
  },
  holdfast_drift_samples_total: {
    type: 'counter',
    help: 'Judged exchanges by whether they may feed a detector: one turn of a conversation, few of a user.',
    labels: { outcome: admissionOutcomes },
  },
  holdfast_drift_pairs_total: {
    type: 'counter',
    help: 'Differences that live pairing gave, by the language compared with English.',
    labels: livePairs,
  },
  holdfast_drift_unpaired_total: {
    type: 'counter',
    help: 'Samples of a language that went into a pair together with others, beyond one per pair.',
    labels: livePairs,
  },
  holdfast_drift_lost_samples_total: {
    type: 'counter',
    help: 'Samples that reached no detector: their tick had been folded, or was held too long.',
    labels: { reason: lostReasons },
  },
  holdfast_drift_episodes_total: {
    type: 'counter',
    help: 'Episodes that this replica saw open while it folded a tick.',
    labels: {},
  },
  holdfast_clock_jumps_total: {
    type: 'counter',
    help: 'Steps of the wall clock; after one, nothing is folded for the grace time.',
    labels: {},
  },
  holdfast_state_up: {
    type: 'gauge',
    help: '1 while the state store answers.',
    labels: {},
    absent: true,
  },
  holdfast_state_errors_total: {
    type: 'counter',
    help: 'Failed calls of the state store, by what failed.',
    labels: { error: storeErrors },
  },
  holdfast_state_bad_entries_total: {
    type: 'counter',
    help: 'Entries of the state store that were not of this deployment or not of the form; left out.',
    labels: {},
  },
  holdfast_state_snapshot_faults_total: {
    type: 'counter',
    help: 'Snapshot files that could not be read whole or written.',
    labels: {},
  },
  holdfast_baseline_samples: {
    type: 'gauge',
    help: 'Judged samples in the baseline in force, by language and set.',
    labels: { language: fromLanguages, set: detectorSets },
    absent: true,
  },
  holdfast_model_series: {
    type: 'gauge',
    help: 'Number of the model series: rises when another version answers or an operator says so.',
    labels: {},
    absent: true,
  },
  holdfast_model_delta_points: {
    type: 'gauge',
    help: 'Failure rate since the last change of the model less the one before, in percentage points, with 95 % limits.',
    labels: { category: deltaCategories, bound: bounds },
    absent: true,
  },
  holdfast_model_delta_review: {
    type: 'gauge',
    help: '1 when the delta is above 15 points and its interval excludes 0.',
    labels: { category: deltaCategories },
    absent: true,
  },
  holdfast_mix_divergence_bits: {
    type: 'gauge',
    help: 'Jensen-Shannon divergence of the last 24 hours from the baseline.',
    labels: { dimension: mixDimensions },
    absent: true,
  },
  holdfast_mix_g_pvalue: {
    type: 'gauge',
    help: 'P-value of the two-sample G-test behind the divergence; worth a look below 0.0001 with more than 0.02 bits.',
    labels: { dimension: mixDimensions },
    absent: true,
  },
  holdfast_refusal_change: {
    type: 'gauge',
    help: 'Change of the refusal rate against the baseline, split into what the mix of cells did and what behaviour did.',
    labels: { component: changeComponents, language: fromLanguages, set: detectorSets },
    absent: true,
  },
  holdfast_reference_mix_weight: {
    type: 'gauge',
    help: 'Share of a cell in the baseline, for standardised rates.',
    labels: { set: detectorSets, cell: cells },
    absent: true,
  },
} as const satisfies Record<string, MetricDefinition>
