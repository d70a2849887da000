/**
 * Reads holdfast's own /metrics text, as Prometheus would, for the demo's tables. Counters that are
 * absent stay absent: a rate without a count is undefined, never 0.
 */

export interface Sample {
  name: string
  labels: ReadonlyMap<string, string>
  value: number
}

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*?)\})? (\S+)(?: # .*| \d+(?:\.\d+)?)?$/
const pair = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g

export function readExposition(text: string): Sample[] {
  return text.split('\n').flatMap((row) => {
    const match = row.startsWith('#') ? null : line.exec(row)
    if (match?.[1] === undefined) return []
    const labels = new Map<string, string>()
    for (const [, key = '', value = ''] of (match[2] ?? '').matchAll(pair)) labels.set(key, value)
    return [{ name: match[1], labels, value: Number(match[3]) }]
  })
}

export interface VerdictRow {
  name: string
  n: number
  verdicts: ReadonlyMap<string, number>
  /** (refused + partial) / n; undefined without a verdict. */
  refusalRate: number | undefined
}

export interface Observed {
  exchanges: number
  dropped: number
  inFlight: number | undefined
  byLanguage: readonly VerdictRow[]
  byModel: readonly VerdictRow[]
}

export function observe(text: string): Observed {
  const samples = readExposition(text)
  const live = samples.filter(({ labels }) => labels.get('source') !== 'probe')
  return {
    exchanges: total(samples, 'holdfast_exchanges_total'),
    dropped: total(samples, 'holdfast_dropped_total'),
    inFlight: samples.find(({ name }) => name === 'holdfast_in_flight')?.value,
    byLanguage: verdictRows(live, 'holdfast_judged_total', 'language'),
    byModel: verdictRows(live, 'holdfast_judged_model_total', 'model'),
  }
}

const total = (samples: readonly Sample[], name: string): number =>
  samples.filter((sample) => sample.name === name).reduce((sum, { value }) => sum + value, 0)

function verdictRows(samples: readonly Sample[], metric: string, label: string): VerdictRow[] {
  const counts = new Map<string, Map<string, number>>()
  for (const { name, labels, value } of samples) {
    const key = labels.get(label)
    const verdict = labels.get('verdict')
    if (name !== metric || key === undefined || verdict === undefined || value === 0) continue
    const verdicts = counts.get(key) ?? new Map<string, number>()
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + value)
    counts.set(key, verdicts)
  }
  return [...counts].map(([name, verdicts]) => verdictRow(name, verdicts))
}

function verdictRow(name: string, verdicts: ReadonlyMap<string, number>): VerdictRow {
  const n = [...verdicts.values()].reduce((sum, count) => sum + count, 0)
  const refusals = (verdicts.get('refused') ?? 0) + (verdicts.get('partial') ?? 0)
  return { name, n, verdicts, refusalRate: n === 0 ? undefined : refusals / n }
}

/** What was counted between two readings of the same process. */
export function since(earlier: readonly VerdictRow[], later: readonly VerdictRow[]): VerdictRow[] {
  return later.map(({ name, verdicts }) => {
    const before = earlier.find((row) => row.name === name)?.verdicts
    const grown = [...verdicts].map(([verdict, n]): [string, number] => [
      verdict,
      n - (before?.get(verdict) ?? 0),
    ])
    return verdictRow(name, new Map(grown))
  })
}
