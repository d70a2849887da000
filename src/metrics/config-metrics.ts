/** Metrics of reading the configuration again; the names are the habit of Prometheus and its kin. */
import type { MetricDefinition } from './domains.ts'

/**
 * applied         everything that changed is in force
 * partly_applied  some of it waits for a restart
 * unchanged       nothing changed
 * refused         it has faults; what was in force stays
 * unreadable      the file is gone, too large or not text; what was in force stays
 */
export const reloadOutcomes = [
  'applied',
  'partly_applied',
  'unchanged',
  'refused',
  'unreadable',
] as const
export type ReloadOutcome = (typeof reloadOutcomes)[number]

export const configMetrics = {
  holdfast_config_last_reload_successful: {
    type: 'gauge',
    help: '1 when the configuration that was read last is right, the one of the start included; 0: it was not taken, and the one before is in force.',
    labels: {},
  },
  holdfast_config_last_reload_success_timestamp_seconds: {
    type: 'gauge',
    help: 'When a right configuration was read last.',
    labels: {},
  },
  holdfast_config_reloads_total: {
    type: 'counter',
    help: 'Times that the configuration was read again, by what came of it. partly_applied: keys wait for a restart; refused, unreadable: nothing was changed.',
    labels: { outcome: reloadOutcomes },
  },
} as const satisfies Record<string, MetricDefinition>
