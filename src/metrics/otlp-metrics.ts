/** Metrics of the export to OpenTelemetry (docs/otlp.md). */
import { otlpOutcomes } from '../exchange/otlp-outcome.ts'
import type { MetricDefinition } from './domains.ts'

export const otlpMetrics = {
  holdfast_otlp_events_total: {
    type: 'counter',
    help: 'Verdicts for the OTLP receiver, by what became of them. refused: its status or a partial success; unreachable: no answer in otlp.timeout_ms; queue_full: otlp.queue_items_max.',
    labels: { outcome: otlpOutcomes },
  },
} as const satisfies Record<string, MetricDefinition>
