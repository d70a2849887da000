/** What the registry holds, for the page: sums over series by label. A sum of no series is not known. */
import type { CounterName, GaugeName } from '../../metrics/catalogue.ts'
import type { MetricSample } from '../../metrics/record.ts'

export type FigureName = CounterName | GaugeName

export interface FigureSource {
  samples(name: FigureName): Promise<readonly MetricSample[]>
}

export interface FigureRow {
  labels: ReadonlyMap<string, string>
  value: number
}

export interface Figures {
  rows(name: PageFigure, labels?: Readonly<Record<string, string>>): readonly FigureRow[]
  /** Undefined: there is no such series. */
  sum(name: PageFigure, labels?: Readonly<Record<string, string>>): number | undefined
}

/** All that the page reads. */
const pageFigures = [
  'holdfast_exchanges_total',
  'holdfast_sampled_total',
  'holdfast_probe_exchanges_total',
  'holdfast_judged_total',
  'holdfast_judged_model_total',
  'holdfast_dropped_total',
  'holdfast_monitor_restarts_total',
  'holdfast_label_overflow_total',
  'holdfast_connection_refusals_total',
  'holdfast_upstream_errors_total',
  'holdfast_judge_quality',
  'holdfast_judge_status',
  'holdfast_refusal_rate_corrected',
  'holdfast_refusal_gap_corrected',
  'holdfast_eligible_total',
  'holdfast_selected_total',
  'holdfast_selected_missing_total',
  'holdfast_quarantined_verdicts_total',
  'holdfast_judge_known_answer_accuracy',
  'holdfast_judge_quarantined',
  'holdfast_judge_last_success_timestamp_seconds',
  'holdfast_judge_breaker_open',
  'holdfast_judge_budget_left',
  'holdfast_drift_detectable_gap',
  'holdfast_drift_false_alarms_bound_30d',
  'holdfast_drift_partial',
  'holdfast_drift_folded_timestamp_seconds',
  'holdfast_drift_samples_total',
  'holdfast_drift_pairs_total',
  'holdfast_drift_lost_samples_total',
  'holdfast_state_up',
  'holdfast_state_errors_total',
  'holdfast_probe_runs_total',
  'holdfast_probe_pairs_total',
  'holdfast_probe_spend_total',
  'holdfast_probe_budget_left',
  'holdfast_probes_stopped',
  'holdfast_probe_leader',
] as const satisfies readonly FigureName[]
export type PageFigure = (typeof pageFigures)[number]

export async function readFigures(source: FigureSource): Promise<Figures> {
  const read = await Promise.all(
    pageFigures.map(async (name) => [name, (await source.samples(name)).map(rowOf)] as const),
  )
  const all = new Map<string, readonly FigureRow[]>(read)
  const rows: Figures['rows'] = (name, labels = {}) => {
    const wanted = Object.entries(labels)
    return (all.get(name) ?? []).filter((row) =>
      wanted.every(([label, value]) => row.labels.get(label) === value),
    )
  }
  return {
    rows,
    sum(name, labels) {
      const found = rows(name, labels)
      return found.length === 0 ? undefined : found.reduce((total, { value }) => total + value, 0)
    },
  }
}

const rowOf = ({ labels, value }: MetricSample): FigureRow => ({
  labels: new Map(Object.entries(labels).map(([label, text]) => [label, `${text ?? ''}`])),
  value,
})

/** Sums by one label. */
export function sumsBy(rows: readonly FigureRow[], label: string): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { labels, value } of rows) {
    const key = labels.get(label) ?? ''
    sums.set(key, (sums.get(key) ?? 0) + value)
  }
  return sums
}
