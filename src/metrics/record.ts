/**
 * The registry of the process. Every label value is held against its closed set before it becomes a
 * series: what does not belong becomes `other` where the set has it, or is not counted, and either
 * way is counted in holdfast_label_overflow_total. Series never exceed the configured cap.
 *
 * One content type per process (OpenMetrics): prom-client renames counters when it renders, and the
 * two formats cannot be served from one registry. See exposition.ts for the text itself.
 */
import { Counter, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client'
import { packageVersion } from '../version.ts'
import {
  type CounterName,
  definitionOf,
  type GaugeName,
  type HistogramName,
  isMetricName,
  type LabelsOf,
  type MetricName,
  metricNames,
} from './catalogue.ts'
import type { MetricDelta } from './delta.ts'
import { createExposition, type Family, openMetrics } from './exposition.ts'
import {
  type ConfiguredDomains,
  initialLabels,
  linesPerSet,
  otherValue,
  valuesOf,
} from './initial-series.ts'
import { createInstrumentLabels } from './instrument-labels.ts'
import { createModelLabels, type ModelPolicy } from './model-labels.ts'

export interface RecorderOptions extends ConfiguredDomains {
  /** With an empty allow-list: the first so many models get a series of their own. */
  modelsAutoMax: number
  seriesMax: number
  /** What is running; taken from package.json and the process when absent. */
  version?: string
  node?: string
}

export interface Recorder {
  readonly contentType: string
  inc<N extends CounterName>(name: N, labels: LabelsOf<N>, value?: number, traceId?: string): void
  observe<N extends HistogramName>(
    name: N,
    labels: LabelsOf<N>,
    seconds: number,
    traceId?: string,
  ): void
  set<N extends GaugeName>(name: N, labels: LabelsOf<N>, value: number): void
  /** The gauge then has these series and no others: what is no longer known goes absent. */
  replace<N extends GaugeName>(
    name: N,
    rows: readonly { labels: LabelsOf<N>; value: number }[],
  ): void
  /** What another thread counted. Never throws: what it cannot use is counted as overflow. */
  apply(delta: MetricDelta): void
  /** Which models get a series of their own from now on; series that are there stay. */
  setModels(policy: ModelPolicy): void
  /** Called at the start of every scrape, to set gauges that are read rather than counted. */
  onScrape(read: () => void): void
  /** The exposition: all values of one instant. */
  text(): Promise<string>
  /** The series of a counter or gauge as they are now; nothing that only a scrape sets is set for it. */
  samples(name: CounterName | GaugeName): Promise<readonly MetricSample[]>
}

export interface MetricSample {
  labels: Readonly<Partial<Record<string, string | number>>>
  value: number
}

type Labels = Record<string, string>

const traceIdForm = /^[0-9a-f]{32}$/

interface Guard {
  label: string
  /** Undefined: this program alone chooses the value. */
  closed: ReadonlySet<string> | undefined
  hasOther: boolean
  isModel: boolean
  /** Names of instruments: of each label its own. */
  nameOf: ((name: string) => string) | undefined
}

interface Series {
  family: Family
  guards: readonly Guard[]
  known: Map<string, Labels>
  lines: number
}

export function createRecorder(options: RecorderOptions): Recorder {
  const registry = new Registry<OpenMetricsContentType>()
  registry.setContentType(openMetrics)
  let modelLabels = createModelLabels(options)
  const all = new Map<MetricName, Series>()
  for (const name of metricNames) {
    const guards = guardsOf(name, options)
    all.set(name, {
      family: familyOf(name, registry),
      guards,
      known: new Map(),
      lines: linesPerSet(name),
    })
  }
  let count = 0
  let changes = 0
  const scrapers: (() => void)[] = []

  const seriesOf = (name: MetricName): Series => {
    const series = all.get(name)
    if (series === undefined) throw new Error(`metric ${name} is not in the catalogue`)
    return series
  }
  const overflow = (name: MetricName, value = 1): void => {
    changes++
    const labels = seriesOf('holdfast_label_overflow_total').known.get(name)
    const { family } = seriesOf('holdfast_label_overflow_total')
    if (family.type === 'counter' && labels !== undefined) family.metric.inc(labels, value)
  }
  const add = (series: Series, key: string, labels: Labels): Labels => {
    series.known.set(key, labels)
    count += series.lines
    return labels
  }
  /** The label set to count under, or undefined when there is none for these values. */
  const admit = (name: MetricName, series: Series, given: Labels): Labels | undefined => {
    let key = ''
    let outside = false
    const values: string[] = []
    for (const guard of series.guards) {
      let value = given[guard.label] ?? ''
      const named = guard.isModel ? modelLabels : guard.nameOf
      if (named !== undefined) value = named(value)
      if (named === undefined ? guard.closed?.has(value) === false : value !== given[guard.label]) {
        outside = true
        if (!guard.hasOther) {
          overflow(name)
          return undefined
        }
        value = otherValue
      }
      values.push(value)
      key = key === '' ? value : `${key}\0${value}`
    }
    if (outside) overflow(name)
    const known = series.known.get(key)
    if (known !== undefined) return known
    if (count + series.lines > options.seriesMax || !pairExists(name, values)) {
      overflow(name)
      return undefined
    }
    return add(
      series,
      key,
      Object.fromEntries(series.guards.map((guard, i) => [guard.label, values[i] ?? ''])),
    )
  }
  const inc = (name: MetricName, given: Labels, value: number, traceId?: string): void => {
    const series = seriesOf(name)
    const labels = admit(name, series, given)
    if (labels === undefined) return
    changes++
    const { family } = series
    if (family.type === 'exemplar_counter') {
      const exemplar = exemplarOf(traceId)
      family.metric.inc(
        exemplar === undefined ? { labels, value } : { labels, value, exemplarLabels: exemplar },
      )
    } else if (family.type === 'counter') family.metric.inc(labels, value)
  }
  const observe = (name: MetricName, given: Labels, seconds: number, traceId?: string): void => {
    const series = seriesOf(name)
    const labels = admit(name, series, given)
    if (labels === undefined) return
    changes++
    const { family } = series
    if (family.type === 'exemplar_histogram') {
      const exemplar = exemplarOf(traceId)
      family.metric.observe(
        exemplar === undefined
          ? { labels, value: seconds }
          : { labels, value: seconds, exemplarLabels: exemplar },
      )
    } else if (family.type === 'histogram') family.metric.observe(labels, seconds)
  }
  const set = (name: MetricName, given: Labels, value: number): void => {
    const series = seriesOf(name)
    const labels = admit(name, series, given)
    if (labels === undefined || series.family.type !== 'gauge') return
    changes++
    series.family.metric.set(labels, value)
  }

  const clear = (name: MetricName): void => {
    const series = seriesOf(name)
    if (series.family.type !== 'gauge') return
    changes++
    for (const labels of series.known.values()) series.family.metric.remove(labels)
    count -= series.known.size * series.lines
    series.known.clear()
  }

  // The overflow counter first: what follows may need it.
  const ordered = ['holdfast_label_overflow_total' as const, ...metricNames]
  for (const name of new Set(ordered)) {
    const series = seriesOf(name)
    for (const values of initialLabels(name, options)) {
      const labels = Object.fromEntries(
        series.guards.map((guard, i) => [guard.label, values[i] ?? '']),
      )
      zero(series.family, add(series, values.join('\0'), labels))
    }
  }
  const { version = packageVersion, node = process.version } = options
  set('holdfast_build_info', { version, node }, 1)

  const exposition = createExposition([...all.values()].map((series) => series.family))
  return {
    contentType: registry.contentType,
    inc: (name, labels, value = 1, traceId) => inc(name, { ...labels }, value, traceId),
    observe: (name, labels, seconds, traceId) => observe(name, { ...labels }, seconds, traceId),
    set: (name, labels, value) => set(name, { ...labels }, value),
    replace(name, rows) {
      clear(name)
      for (const { labels, value } of rows) set(name, { ...labels }, value)
    },
    apply: (delta) => applyDelta(delta, { inc, observe, overflow, clear, set }),
    setModels(policy) {
      modelLabels = createModelLabels(policy)
    },
    onScrape: (read) => void scrapers.push(read),
    samples: async (name) => (await seriesOf(name).family.metric.get()).values,
    text: () =>
      exposition(
        () => {
          for (const read of scrapers) read()
          set('holdfast_series', {}, count)
        },
        () => changes,
      ),
  }
}

const isAmount = (value: number): boolean => Number.isFinite(value) && value >= 0

interface Sinks {
  inc(name: MetricName, labels: Labels, value: number, traceId?: string): void
  observe(name: MetricName, labels: Labels, seconds: number): void
  overflow(name: MetricName, value?: number): void
  /** Of a gauge; of anything else nothing is done. */
  clear(name: MetricName): void
  set(name: MetricName, labels: Labels, value: number): void
}

/** The other thread may have died in the middle of anything: nothing of it is trusted to be right. */
function applyDelta(delta: MetricDelta, sinks: Sinks): void {
  for (const { name, labels, value, traceId } of delta.counts) {
    if (!isMetricName(name)) continue
    if (isAmount(value)) sinks.inc(name, labels, value, traceId)
    else sinks.overflow(name)
  }
  for (const { name, labels, seconds } of delta.observations) {
    if (!isMetricName(name)) continue
    for (const value of seconds) {
      if (isAmount(value)) sinks.observe(name, labels, value)
      else sinks.overflow(name)
    }
  }
  for (const { name, rows } of delta.gauges ?? []) {
    if (!isMetricName(name)) continue
    sinks.clear(name)
    for (const { labels, value } of rows) {
      if (Number.isFinite(value)) sinks.set(name, labels, value)
      else sinks.overflow(name)
    }
  }
  for (const { name, value } of delta.lost) {
    if (isMetricName(name) && isAmount(value)) sinks.overflow(name, value)
  }
}

/** An id that is not one (clients choose it) is left out. */
const exemplarOf = (traceId: string | undefined): { trace_id: string } | undefined =>
  traceId !== undefined && traceIdForm.test(traceId) ? { trace_id: traceId } : undefined

function pairExists(name: MetricName, values: readonly string[]): boolean {
  const { pairs } = definitionOf(name)
  const [by = '', value = ''] = values
  return pairs === undefined || (pairs.values[by]?.includes(value) ?? false)
}

function guardsOf(name: MetricName, configured: ConfiguredDomains): Guard[] {
  return Object.entries(definitionOf(name).labels).map(([label, domain]) => {
    const values = valuesOf(domain, configured)
    const isModel = 'domain' in domain && domain.domain === 'models'
    const isInstrument = 'domain' in domain && domain.domain === 'instruments'
    return {
      label,
      closed: values === undefined ? undefined : new Set(values),
      hasOther: isInstrument || (values?.includes(otherValue) ?? false),
      isModel,
      nameOf: isInstrument ? createInstrumentLabels() : undefined,
    }
  })
}

function familyOf(name: MetricName, registry: Registry<OpenMetricsContentType>): Family {
  const { type, help, labels, buckets, exemplars, absent } = definitionOf(name)
  const common = { name, help, labelNames: Object.keys(labels), registers: [registry] }
  if (type === 'gauge') {
    const metric = new Gauge(common)
    // Without labels the library starts it at 0, and unknown is not 0.
    if (absent === true && common.labelNames.length === 0) metric.remove()
    return { type, metric }
  }
  if (type === 'counter') {
    return exemplars === true
      ? { type: 'exemplar_counter', metric: new Counter({ ...common, enableExemplars: true }) }
      : { type, metric: new Counter(common) }
  }
  const histogram = { ...common, buckets: [...(buckets ?? [])] }
  return exemplars === true
    ? { type: 'exemplar_histogram', metric: new Histogram({ ...histogram, enableExemplars: true }) }
    : { type, metric: new Histogram(histogram) }
}

function zero(family: Family, labels: Labels): void {
  switch (family.type) {
    case 'counter':
      return family.metric.inc(labels, 0)
    case 'exemplar_counter':
      return family.metric.inc({ labels, value: 0 })
    case 'gauge':
      return family.metric.set(labels, 0)
    case 'histogram':
    case 'exemplar_histogram':
      return family.metric.zero(labels)
  }
}
