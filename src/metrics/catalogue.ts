/**
 * Every metric once: name, type, help, labels with their closed domains, buckets. The recorder,
 * the worker's deltas, their types and docs/metrics.md are derived from this table, so a metric or
 * a label value that is not here cannot be exported.
 */
import { decodeFailures } from '../decode/decoder.ts'
import { conversationSources } from '../exchange/conversation.ts'
import {
  captureDrops,
  judgeDrops,
  monitorDrops,
  queueDrops,
  sampleDrops,
} from '../exchange/drop.ts'
import { providerRefusalReasons } from '../exchange/exchange.ts'
import { languageMethods } from '../exchange/language-method.ts'
import { outcomes, upstreamErrorKinds } from '../exchange/outcome.ts'
import { protocols } from '../exchange/protocol.ts'
import { cells, depthBuckets, formats } from '../exchange/stratum.ts'
import { tunnelProtocols } from '../exchange/tunnel.ts'
import { verdictClasses } from '../exchange/verdict.ts'
import { configMetrics } from './config-metrics.ts'
import {
  bounds,
  fromBuild,
  fromLanguages,
  fromMetricNames,
  fromModels,
  type MetricDefinition,
  type MetricType,
  promptSets,
  verdictSources,
} from './domains.ts'
import { driftMetrics } from './drift-metrics.ts'
import { evidenceMetrics } from './evidence-metrics.ts'
import { interactionMetrics } from './interaction-metrics.ts'
import { otlpMetrics } from './otlp-metrics.ts'
import { overloadMetrics } from './overload-metrics.ts'
import { paidJudgeMetrics } from './paid-judge-metrics.ts'
import { probeMetrics } from './probe-metrics.ts'
import { profileMetrics } from './profile-metrics.ts'
import { toolMetrics } from './tool-metrics.ts'

export const dropReasons = {
  capture: captureDrops,
  queue: queueDrops,
  monitor: monitorDrops,
  decode: decodeFailures,
  sample: sampleDrops,
  judge: judgeDrops,
} as const
export type DropStage = keyof typeof dropReasons

export const restartReasons = ['exit', 'error', 'stalled', 'out_of_memory', 'reload'] as const
export type RestartReason = (typeof restartReasons)[number]

export const judgeIds = [
  'provider_signal',
  'lexical',
  'learned',
  'model_graded',
  'onnx',
  'other',
] as const

export const judgeStatuses = ['verified', 'provisional', 'unverified'] as const
/** Sensitivity, specificity, Gwet's AC1. */
export const qualityStats = ['se', 'sp', 'ac1'] as const

const dropStages = ['capture', 'queue', 'monitor', 'decode', 'sample', 'judge'] as const
const allDropReasons = [
  ...captureDrops,
  ...queueDrops,
  ...monitorDrops,
  ...decodeFailures,
  ...sampleDrops,
  ...judgeDrops,
] as const

const unclassified = { set: ['unclassified'] } as const

/** Doubling, as the OpenTelemetry conventions for generative AI have them. */
const exchangeBuckets = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
] as const
const overheadBuckets = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1,
] as const
const judgeBuckets = [
  0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 4,
  16,
] as const

export const catalogue = {
  holdfast_build_info: {
    type: 'gauge',
    help: 'Always 1; the labels name what is running.',
    labels: { version: fromBuild, node: fromBuild },
  },
  holdfast_exchanges_total: {
    type: 'counter',
    help: 'Exchanges that passed, by how they ended. upstream_error: holdfast answered 502 or 504; refused: it answered 503.',
    labels: { protocol: protocols, outcome: outcomes },
  },
  holdfast_sampled_total: {
    type: 'counter',
    help: 'Exchanges taken for reading. Equals judged of source live + dropped + in flight at every scrape.',
    labels: { protocol: protocols },
  },
  holdfast_probe_exchanges_total: {
    type: 'counter',
    help: 'Exchanges with the marker of a probe: they pass and are counted, and are never sampled.',
    labels: { protocol: protocols },
  },
  holdfast_judged_total: {
    type: 'counter',
    help: 'Exchanges with a verdict, by the language of the last user turn.',
    labels: {
      source: verdictSources,
      language: fromLanguages,
      set: promptSets,
      verdict: verdictClasses,
    },
    initial: { source: ['live'], ...unclassified },
    exemplars: true,
  },
  holdfast_judged_cell_total: {
    type: 'counter',
    help: 'Verdicts by language and live cell (format/depth).',
    labels: { language: fromLanguages, set: promptSets, cell: cells, verdict: verdictClasses },
    initial: unclassified,
  },
  holdfast_judged_model_total: {
    type: 'counter',
    help: 'Verdicts by the model that answered.',
    labels: { model: fromModels, verdict: verdictClasses },
  },
  holdfast_judged_shape_total: {
    type: 'counter',
    help: 'Verdicts by language, depth and format as labels of their own.',
    labels: {
      language: fromLanguages,
      depth: depthBuckets,
      format: formats,
      verdict: verdictClasses,
    },
  },
  holdfast_provider_refusals_total: {
    type: 'counter',
    help: "The provider's own refusal signals; a judge of their own, in no other count.",
    labels: { protocol: protocols, reason: providerRefusalReasons },
  },
  holdfast_dropped_total: {
    type: 'counter',
    help: 'Sampled exchanges that ended without a verdict, by the stage that gave them up and why.',
    labels: { stage: dropStages, reason: allDropReasons },
    pairs: { by: 'stage', label: 'reason', values: dropReasons },
  },
  holdfast_in_flight: {
    type: 'gauge',
    help: 'Sampled exchanges that are neither judged nor dropped yet.',
    labels: {},
  },
  holdfast_monitor_up: {
    type: 'gauge',
    help: '1 while the monitor thread is running.',
    labels: {},
  },
  holdfast_monitor_restarts_total: {
    type: 'counter',
    help: 'Restarts of the monitor thread, by what ended it.',
    labels: { reason: restartReasons },
  },
  holdfast_conversations_total: {
    type: 'counter',
    help: 'Exchanges by the evidence that named their conversation.',
    labels: { source: conversationSources },
  },
  holdfast_language_decisions_total: {
    type: 'counter',
    help: 'Decisions on the language of the last user turn, by what decided.',
    labels: { language: fromLanguages, method: languageMethods },
  },
  holdfast_answer_language_total: {
    type: 'counter',
    help: 'Answers by their own language.',
    labels: { language: fromLanguages },
  },
  holdfast_label_overflow_total: {
    type: 'counter',
    help: 'Label values outside their closed set, and increments lost to the series cap, by metric.',
    labels: { metric: fromMetricNames },
  },
  holdfast_series: {
    type: 'gauge',
    help: 'Series in this exposition; bounded by metrics.series_max.',
    labels: {},
  },
  holdfast_upstream_connections: {
    type: 'gauge',
    help: 'Exchanges open to upstreams; bounded by proxy.connections_max.',
    labels: {},
  },
  holdfast_tunnels_total: {
    type: 'counter',
    help: 'Connections that an upstream agreed to upgrade (WebSocket and the like), by what their path asks for. Passed one to one; their content is not read.',
    labels: { protocol: tunnelProtocols },
  },
  holdfast_connection_refusals_total: {
    type: 'counter',
    help: 'Requests answered 503 because proxy.connections_max was reached.',
    labels: {},
  },
  holdfast_upstream_errors_total: {
    type: 'counter',
    help: 'Exchanges that an upstream failed, by kind.',
    labels: { kind: upstreamErrorKinds },
  },
  holdfast_proxy_overhead_seconds: {
    type: 'histogram',
    help: 'Time holdfast itself holds a request before the upstream has its head.',
    labels: {},
    buckets: overheadBuckets,
  },
  holdfast_time_to_first_byte_seconds: {
    type: 'histogram',
    help: "From the request's head to the first byte of the response body.",
    labels: { protocol: protocols },
    buckets: exchangeBuckets,
    exemplars: true,
  },
  holdfast_exchange_duration_seconds: {
    type: 'histogram',
    help: "From the request's head to the end of the response.",
    labels: { protocol: protocols },
    buckets: exchangeBuckets,
  },
  holdfast_judge_duration_seconds: {
    type: 'histogram',
    help: 'Time one judge takes for one answer.',
    labels: { judge: judgeIds },
    buckets: judgeBuckets,
  },
  holdfast_judge_quality: {
    type: 'gauge',
    help: 'What the loaded calibration says of the judge in a language, with 95 % limits.',
    labels: { judge: judgeIds, language: fromLanguages, stat: qualityStats, bound: bounds },
    absent: true,
  },
  holdfast_judge_status: {
    type: 'gauge',
    help: 'Always 1; the label says whether verdicts in a language may be turned into a rate.',
    labels: { judge: judgeIds, language: fromLanguages, status: judgeStatuses },
    absent: true,
  },
  holdfast_refusal_rate_corrected: {
    type: 'gauge',
    help: 'Refusal rate of the last 24 hours, of all replicas that share a Redis, corrected for the errors of the judge, with 95 % limits; absent where the judge is unverified.',
    labels: { language: fromLanguages, set: promptSets, bound: bounds },
    absent: true,
  },
  holdfast_refusal_gap_corrected: {
    type: 'gauge',
    help: 'Corrected refusal rate of English less that of the language; absent where either is.',
    labels: { language: fromLanguages, set: promptSets, bound: bounds },
    absent: true,
  },
  ...paidJudgeMetrics,
  ...driftMetrics,
  ...toolMetrics,
  ...interactionMetrics,
  ...probeMetrics,
  ...evidenceMetrics,
  ...profileMetrics,
  holdfast_captured_bytes: {
    type: 'gauge',
    help: 'Bytes held by open captures; bounded by capture.budget_bytes.',
    labels: {},
  },
  ...overloadMetrics,
  holdfast_event_loop_lag_seconds: {
    type: 'gauge',
    help: 'Mean delay of the traffic thread since the last scrape.',
    labels: {},
  },
  ...configMetrics,
  ...otlpMetrics,
  holdfast_draining: {
    type: 'gauge',
    help: '1 from SIGTERM until the process ends.',
    labels: {},
  },
} as const satisfies Record<string, MetricDefinition>

type Catalogue = typeof catalogue
export type MetricName = keyof Catalogue
type NameOf<T extends MetricType> = {
  [N in MetricName]: Catalogue[N]['type'] extends T ? N : never
}[MetricName]
export type CounterName = NameOf<'counter'>
export type GaugeName = NameOf<'gauge'>
export type HistogramName = NameOf<'histogram'>

type DomainValue<D> = D extends readonly (infer V)[] ? V : string
type DropLabels = {
  [S in DropStage]: { stage: S; reason: (typeof dropReasons)[S][number] }
}[DropStage]

/** The labels a metric takes, each typed by its domain. */
export type LabelsOf<N extends MetricName> = N extends 'holdfast_dropped_total'
  ? DropLabels
  : { [L in keyof Catalogue[N]['labels']]: DomainValue<Catalogue[N]['labels'][L]> }

/** The same table with the literal types widened, for code that handles every metric alike. */
export const definitionOf = (name: MetricName): MetricDefinition => catalogue[name]

export const isMetricName = (name: string): name is MetricName => Object.hasOwn(catalogue, name)

export const metricNames: readonly MetricName[] = Object.keys(catalogue).filter(isMetricName)
