/**
 * What a thread without a registry counts, gathered until the next message: plain data, bounded,
 * applied by the recorder of the traffic thread. Values are not judged here; the recorder does that.
 */
import {
  type CounterName,
  type GaugeName,
  type HistogramName,
  type LabelsOf,
  type MetricName,
} from './catalogue.ts'

/** Plain, cloneable: what is sent between threads. */
export interface MetricDelta {
  counts: { name: CounterName; labels: Record<string, string>; value: number; traceId?: string }[]
  observations: { name: HistogramName; labels: Record<string, string>; seconds: number[] }[]
  /** Gauges as they are now, whole: a series that is not among the rows is absent. */
  gauges?: { name: GaugeName; rows: { labels: Record<string, string>; value: number }[] }[]
  /** Increments and observations that found no room, by metric. */
  lost: { name: MetricName; value: number }[]
}

export interface DeltaLimits {
  /** Different label sets between two takes. */
  setsMax: number
  /** Observations between two takes. */
  observationsMax: number
}

export interface Delta {
  inc<N extends CounterName>(name: N, labels: LabelsOf<N>, value?: number, traceId?: string): void
  observe<N extends HistogramName>(name: N, labels: LabelsOf<N>, seconds: number): void
  /** The gauge has these series and no others; the last call before a take counts. */
  replace<N extends GaugeName>(
    name: N,
    rows: readonly { labels: LabelsOf<N>; value: number }[],
  ): void
  /** Everything since the last take; the delta is empty afterwards. */
  take(): MetricDelta
}

const defaultLimits: DeltaLimits = { setsMax: 20_000, observationsMax: 65_536 }

export function createDelta(limits: DeltaLimits = defaultLimits): Delta {
  let counts = new Map<string, MetricDelta['counts'][number]>()
  let observations = new Map<string, MetricDelta['observations'][number]>()
  let gauges = new Map<GaugeName, { labels: Record<string, string>; value: number }[]>()
  let lost = new Map<MetricName, number>()
  let observed = 0
  const lose = (name: MetricName, value: number): void => {
    lost.set(name, (lost.get(name) ?? 0) + value)
  }
  return {
    inc(name, labels, value = 1, traceId) {
      const key = keyOf(name, labels)
      let entry = counts.get(key)
      if (entry === undefined) {
        if (counts.size >= limits.setsMax) return lose(name, value)
        entry = { name, labels: { ...labels }, value: 0 }
        counts.set(key, entry)
      }
      entry.value += value
      if (traceId !== undefined) entry.traceId = traceId
    },
    observe(name, labels, seconds) {
      if (observed >= limits.observationsMax) return lose(name, 1)
      observed++
      const key = keyOf(name, labels)
      const entry = observations.get(key)
      if (entry === undefined)
        observations.set(key, { name, labels: { ...labels }, seconds: [seconds] })
      else entry.seconds.push(seconds)
    },
    replace(name, rows) {
      const kept = rows.slice(0, limits.setsMax)
      if (kept.length < rows.length) lose(name, rows.length - kept.length)
      gauges.set(
        name,
        kept.map(({ labels, value }) => ({ labels: { ...labels }, value })),
      )
    },
    take() {
      const taken: MetricDelta = {
        counts: [...counts.values()],
        observations: [...observations.values()],
        lost: Array.from(lost, ([name, value]) => ({ name, value })),
      }
      if (gauges.size > 0) taken.gauges = Array.from(gauges, ([name, rows]) => ({ name, rows }))
      counts = new Map()
      observations = new Map()
      gauges = new Map()
      lost = new Map()
      observed = 0
      return taken
    },
  }
}

const keyOf = (name: string, labels: object): string =>
  `${name}\0${Object.values(labels).join('\0')}`
