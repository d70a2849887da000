/** What is given up under pressure, and how near the limits are. */
import { shedCauses } from '../exchange/drop.ts'
import type { MetricDefinition } from './domains.ts'

export const overloadMetrics = {
  holdfast_shed_level: {
    type: 'gauge',
    help: 'Samples given up for traffic, by cause: 0 none, 1 half of them, 2 all. Dropped with the reason shed.',
    labels: { cause: shedCauses },
  },
  holdfast_memory_used_bytes: {
    type: 'gauge',
    help: 'Resident memory of the process, as shedding reads it.',
    labels: {},
  },
  holdfast_memory_limit_bytes: {
    type: 'gauge',
    help: 'The value of overload.memory_bytes, or the limit of the control group; absent where there is neither.',
    labels: {},
    absent: true,
  },
  holdfast_client_connections: {
    type: 'gauge',
    help: 'Connections of clients that are open, idle ones included; bounded by proxy.client_connections_max.',
    labels: {},
  },
  holdfast_client_connections_refused_total: {
    type: 'counter',
    help: 'Connections of clients closed at once because proxy.client_connections_max was reached.',
    labels: {},
  },
} as const satisfies Record<string, MetricDefinition>
