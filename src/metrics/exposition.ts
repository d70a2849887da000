/**
 * The text of a scrape, all of one instant, in the OpenMetrics format. prom-client's own rendering
 * formats every label set anew, which for some thousand series takes longer than the traffic thread
 * should be away; here the text of a label set is made once. It equals prom-client's text to the byte.
 */
import type { Counter, Gauge, Histogram, OpenMetricsContentType } from 'prom-client'

export type Family =
  | { type: 'counter'; metric: Counter }
  | { type: 'exemplar_counter'; metric: Counter }
  | { type: 'gauge'; metric: Gauge }
  | { type: 'histogram'; metric: Histogram }
  | { type: 'exemplar_histogram'; metric: Histogram }

export const openMetrics: OpenMetricsContentType =
  'application/openmetrics-text; version=1.0.0; charset=utf-8'

interface Sample {
  value: number
  labels: Partial<Record<string, string | number>>
  metricName?: string
}

interface Read {
  name: string
  help: string
  kind: 'counter' | 'gauge' | 'histogram'
  samples: readonly Sample[]
}

/** A scrape that meets this many changes in a row is given as it is. */
const triesMax = 20

export function createExposition(families: readonly Family[]) {
  const texts = new WeakMap<object, string>()
  const labelText = (labels: Sample['labels']): string => {
    const known = texts.get(labels)
    if (known !== undefined) return known
    const parts = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(value)}"`)
    const text = parts.length === 0 ? '' : `{${parts.join(',')}}`
    texts.set(labels, text)
    return text
  }

  function render({ name, help, kind, samples }: Read): string {
    const base = kind === 'counter' ? name.replace(/_total$/, '') : name
    const own = kind === 'counter' ? `${base}_total` : base
    let out = `# HELP ${base} ${help}\n# TYPE ${base} ${kind}\n`
    for (const sample of samples) {
      out += `${sample.metricName ?? own}${labelText(sample.labels)} ${numberText(sample.value)}${exemplarText(sample)}\n`
    }
    return out
  }

  /**
   * Reading is asynchronous in prom-client, and what changes in between would make counters of
   * different instants; so it is read again until nothing has changed.
   */
  return async function text(prepare: () => void, changes: () => number): Promise<string> {
    let read: Read[] = []
    for (let tries = 0; tries < triesMax; tries++) {
      prepare()
      const before = changes()
      read = await Promise.all(families.map(readFamily))
      if (changes() === before) break
    }
    return `${read.map(render).join('')}# EOF\n`
  }
}

async function readFamily(family: Family): Promise<Read> {
  const { name, help, values } = await family.metric.get()
  const kind =
    family.type === 'exemplar_counter'
      ? 'counter'
      : family.type === 'exemplar_histogram'
        ? 'histogram'
        : family.type
  return { name, help, kind, samples: values }
}

const escapeValue = (value: string | number | undefined): string =>
  `${value}`.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"')

function numberText(value: number): string {
  if (Number.isFinite(value)) return `${value}`
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}

/** prom-client keeps exemplars on its samples but does not declare them. */
function exemplarText(sample: object): string {
  if (!('exemplar' in sample)) return ''
  const { exemplar } = sample
  if (typeof exemplar !== 'object' || exemplar === null) return ''
  if (!('labelSet' in exemplar && 'value' in exemplar && 'timestamp' in exemplar)) return ''
  const { labelSet, value, timestamp } = exemplar
  if (typeof labelSet !== 'object' || labelSet === null) return ''
  const labels = Object.entries(labelSet).map(
    ([name, text]) => `${name}="${escapeValue(`${text}`)}"`,
  )
  return ` # {${labels.join(',')}} ${String(value)} ${String(timestamp)}`
}
