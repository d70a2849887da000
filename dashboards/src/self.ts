/** holdfast itself: what passes, what it costs, what is lost, and the state it shares. */
import type { Figure } from './figure.ts'
import type { Page } from './page.ts'

const here = 'job=~"$job",instance=~"$instance"'
const rate = (name: string, by: string): string =>
  `sum by (${by}) (rate(${name}{${here}}[$__rate_interval]))`
const quantiles = (name: string, by: string): Figure['queries'] =>
  [0.5, 0.99].map(
    (quantile) =>
      [
        `${by === '' ? '' : `{{${by}}} `}${quantile * 100} %`,
        `histogram_quantile(${quantile}, sum by (le${by === '' ? '' : `, ${by}`}) (rate(${name}_bucket{${here}}[$__rate_interval])))`,
      ] as const,
  )

const traffic: readonly Figure[] = [
  {
    kind: 'lines',
    title: 'Exchanges',
    description: 'By how they ended. upstream_error: answered 502 or 504; refused: 503.',
    unit: 'reqps',
    stacked: true,
    min: 0,
    queries: [['{{outcome}}', rate('holdfast_exchanges_total', 'outcome')]],
  },
  {
    kind: 'lines',
    title: 'Time that holdfast adds',
    description: 'From the head of the request until the upstream has it.',
    unit: 's',
    min: 0,
    alarmFrom: 0.05,
    alerts: ['HoldfastAddedLatency'],
    queries: quantiles('holdfast_proxy_overhead_seconds', ''),
  },
  {
    kind: 'lines',
    title: 'Time to the first byte',
    description: 'Of the response body, the time of the model included.',
    unit: 's',
    min: 0,
    queries: quantiles('holdfast_time_to_first_byte_seconds', 'protocol'),
  },
  {
    kind: 'lines',
    title: 'Time of an exchange',
    description: 'To the end of the response.',
    unit: 's',
    min: 0,
    queries: quantiles('holdfast_exchange_duration_seconds', 'protocol'),
  },
  {
    kind: 'lines',
    title: 'Upstream connections, and requests turned away',
    description: 'Exchanges open to upstreams; requests answered 503 at the cap, in the interval.',
    unit: 'short',
    min: 0,
    alerts: ['HoldfastConnectionRefusals'],
    queries: [
      ['open, {{instance}}', `max by (instance) (holdfast_upstream_connections{${here}})`],
      [
        'turned away',
        `sum(increase(holdfast_connection_refusals_total{${here}}[$__rate_interval]))`,
      ],
    ],
  },
  {
    kind: 'lines',
    title: 'Tunnels',
    description: 'Upgraded connections that upstreams agreed to, by what their path asks for.',
    unit: 'reqps',
    min: 0,
    queries: [['{{protocol}}', rate('holdfast_tunnels_total', 'protocol')]],
  },
  {
    kind: 'lines',
    title: 'Errors of upstreams',
    description: 'Exchanges that an upstream failed, by kind.',
    unit: 'reqps',
    min: 0,
    queries: [['{{kind}}', rate('holdfast_upstream_errors_total', 'kind')]],
  },
]

const monitor: readonly Figure[] = [
  {
    kind: 'now',
    title: 'Monitors that run',
    description: 'Replicas whose monitor thread is running. Traffic passes without it, unread.',
    unit: 'short',
    width: 6,
    alarmUpTo: 1,
    alerts: ['HoldfastMonitorDown', 'HoldfastMonitorRestarts', 'HoldfastGone'],
    queries: [['running', `sum(holdfast_monitor_up{${here}})`]],
  },
  {
    kind: 'table',
    title: 'Replicas',
    description: 'What is running, by version. draining: told to end.',
    unit: 'short',
    width: 10,
    queries: [
      ['running', `max by (instance, version, node) (holdfast_build_info{${here}})`],
      ['draining', `max by (instance) (holdfast_draining{${here}})`],
    ],
  },
  {
    kind: 'lines',
    title: 'Restarts of the monitor, 1 day',
    description: 'By what ended it. Each costs the exchanges under way in it, never traffic.',
    unit: 'short',
    width: 8,
    min: 0,
    alerts: ['HoldfastMonitorRestarts'],
    queries: [
      ['{{reason}}', `sum by (reason) (increase(holdfast_monitor_restarts_total{${here}}[1d]))`],
    ],
  },
  {
    kind: 'now',
    title: 'Configuration that was read last is in force',
    description: 'By replica. 0: it has faults, and the last good one goes on.',
    unit: 'short',
    width: 6,
    alarmUpTo: 1,
    alerts: ['HoldfastConfigReloadFailed'],
    queries: [
      ['{{instance}}', `min by (instance) (holdfast_config_last_reload_successful{${here}})`],
    ],
  },
  {
    kind: 'now',
    title: 'Since a right configuration was read',
    description: 'Of the replica for which it is longest; the start counts.',
    unit: 's',
    width: 6,
    queries: [
      ['age', `time() - min(holdfast_config_last_reload_success_timestamp_seconds{${here}})`],
    ],
  },
  {
    kind: 'lines',
    title: 'Configurations read again, 1 day',
    description:
      'By what came of it. partly_applied: keys wait for a restart, the log names them. refused, unreadable: nothing was changed.',
    unit: 'short',
    min: 0,
    queries: [
      ['{{outcome}}', `sum by (outcome) (increase(holdfast_config_reloads_total{${here}}[1d]))`],
    ],
  },
  {
    kind: 'lines',
    title: 'Sampled, of probes, dropped',
    description: 'Sampled = judged + dropped + in flight, at every scrape.',
    unit: 'reqps',
    min: 0,
    alerts: ['HoldfastDrops'],
    queries: [
      ['sampled', `sum(rate(holdfast_sampled_total{${here}}[$__rate_interval]))`],
      ['marked as probes', `sum(rate(holdfast_probe_exchanges_total{${here}}[$__rate_interval]))`],
      ['dropped: {{stage}} {{reason}}', `${rate('holdfast_dropped_total', 'stage, reason')} > 0`],
    ],
  },
  {
    kind: 'lines',
    title: 'In flight, captured, lag',
    description:
      'Exchanges neither judged nor dropped yet, MiB held by open captures, and the mean delay of the traffic thread in milliseconds.',
    unit: 'short',
    min: 0,
    queries: [
      ['in flight, {{instance}}', `max by (instance) (holdfast_in_flight{${here}})`],
      ['MiB, {{instance}}', `max by (instance) (holdfast_captured_bytes{${here}}) / 1048576`],
      [
        'lag ms, {{instance}}',
        `max by (instance) (holdfast_event_loop_lag_seconds{${here}}) * 1000`,
      ],
    ],
  },
  {
    kind: 'lines',
    title: 'Shedding, and memory in use',
    description:
      'Samples given up for traffic: 1 half of them, 2 all. Memory as a share of its limit, where there is one.',
    unit: 'short',
    min: 0,
    queries: [
      ['shed, {{cause}}', `max by (cause) (holdfast_shed_level{${here}})`],
      [
        'share, {{instance}}',
        `max by (instance) (holdfast_memory_used_bytes{${here}}) / max by (instance) (holdfast_memory_limit_bytes{${here}})`,
      ],
    ],
  },
  {
    kind: 'lines',
    title: 'Connections of clients, and those turned away',
    description: 'Open ones, the idle included; those closed at the cap, in the interval.',
    unit: 'short',
    min: 0,
    queries: [
      ['open, {{instance}}', `max by (instance) (holdfast_client_connections{${here}})`],
      [
        'turned away',
        `sum(increase(holdfast_client_connections_refused_total{${here}}[$__rate_interval]))`,
      ],
    ],
  },
  {
    kind: 'lines',
    title: 'What named the conversation',
    description: 'first_turn is the weakest evidence: two users who begin alike are one.',
    unit: 'reqps',
    stacked: true,
    min: 0,
    queries: [['{{source}}', rate('holdfast_conversations_total', 'source')]],
  },
  {
    kind: 'lines',
    title: 'Series, and label values outside their sets',
    description: 'Series of a replica; increments counted as other or lost to the cap, in 1 day.',
    unit: 'short',
    min: 0,
    alerts: ['HoldfastLabelOverflow'],
    queries: [
      ['series, {{instance}}', `max by (instance) (holdfast_series{${here}})`],
      ['overflow', `sum(increase(holdfast_label_overflow_total{${here}}[1d]))`],
    ],
  },
]

const exported: readonly Figure[] = [
  {
    kind: 'lines',
    title: 'Verdicts for OpenTelemetry',
    description:
      'With otlp.endpoint. refused, unreachable and queue_full did not arrive; traces then lack them, figures here do not.',
    unit: 'cps',
    min: 0,
    queries: [['{{outcome}}', rate('holdfast_otlp_events_total', 'outcome')]],
  },
]

const drift: readonly Figure[] = [
  {
    kind: 'now',
    title: 'Since the last fold',
    description: 'Since the end of the last folded tick. More than two ticks is overdue.',
    unit: 's',
    width: 6,
    alerts: ['HoldfastDriftPartial'],
    queries: [['age', `time() - max(holdfast_drift_folded_timestamp_seconds{${here}})`]],
  },
  {
    kind: 'bars',
    title: 'Thresholds',
    description: 'A, the evidence at which an episode opens, by the kind of tick.',
    unit: 'short',
    width: 6,
    queries: [['{{tick}}', `max by (tick) (holdfast_drift_threshold{${here}})`]],
  },
  {
    kind: 'lines',
    title: 'Samples, by whether they were admitted',
    description:
      'other_turn: the hash picked another turn of the conversation. already_sampled: looked at before. user_limit: enough of that user today.',
    unit: 'cps',
    stacked: true,
    min: 0,
    queries: [['{{outcome}}', rate('holdfast_drift_samples_total', 'outcome')]],
  },
  {
    kind: 'lines',
    title: 'Pairs with English',
    description: 'By language; unpaired: samples that went into one pair together with others.',
    unit: 'cps',
    min: 0,
    queries: [
      ['{{language}}', rate('holdfast_drift_pairs_total', 'language')],
      ['{{language}} unpaired', rate('holdfast_drift_unpaired_total', 'language')],
    ],
  },
  {
    kind: 'lines',
    title: 'Lost samples, episodes, clock jumps, 1 day',
    description: 'Samples that reached no detector; episodes that opened; steps of a wall clock.',
    unit: 'short',
    min: 0,
    alerts: ['HoldfastLostSamples', 'HoldfastClockJumps'],
    queries: [
      [
        'lost: {{reason}}',
        `sum by (reason) (increase(holdfast_drift_lost_samples_total{${here}}[1d]))`,
      ],
      ['episodes', `sum(increase(holdfast_drift_episodes_total{${here}}[1d]))`],
      ['clock jumps', `sum(increase(holdfast_clock_jumps_total{${here}}[1d]))`],
    ],
  },
]

const state: readonly Figure[] = [
  {
    kind: 'now',
    title: 'Store answers',
    description: '0 when it does not answer at least one replica. No request waits for it.',
    unit: 'short',
    width: 6,
    alarmUpTo: 1,
    alerts: ['HoldfastStateDown'],
    queries: [['store', `min(holdfast_state_up{${here}})`]],
  },
  {
    kind: 'lines',
    title: 'Failed calls of the store',
    description: 'By what failed. A conflict is tried again.',
    unit: 'cps',
    width: 10,
    min: 0,
    alerts: ['HoldfastStateErrors'],
    queries: [['{{error}}', rate('holdfast_state_errors_total', 'error')]],
  },
  {
    kind: 'lines',
    title: 'Foreign entries and snapshot faults, 1 day',
    description: 'Entries that were left out; snapshot files not read whole or not written.',
    unit: 'short',
    width: 8,
    min: 0,
    alerts: ['HoldfastStateBadEntries', 'HoldfastStateSnapshotFaults'],
    queries: [
      ['foreign entries', `sum(increase(holdfast_state_bad_entries_total{${here}}[1d]))`],
      ['snapshot faults', `sum(increase(holdfast_state_snapshot_faults_total{${here}}[1d]))`],
    ],
  },
]

const evidence: readonly Figure[] = [
  {
    kind: 'now',
    title: 'Evidence can be written',
    description: '0 when the disk of at least one replica refuses it. No request waits for it.',
    unit: 'short',
    width: 6,
    alarmUpTo: 1,
    alerts: ['HoldfastEvidenceDown'],
    queries: [['evidence', `min(holdfast_evidence_up{${here}})`]],
  },
  {
    kind: 'lines',
    title: 'Records and segments',
    description:
      'Records that were synced, by kind, and records that were not written, by reason; segments removed by age or size and fields taken out of texts, in the interval.',
    unit: 'short',
    width: 10,
    min: 0,
    alerts: ['HoldfastEvidenceDrops'],
    queries: [
      ['{{kind}}', rate('holdfast_evidence_records_total', 'kind')],
      ['dropped: {{reason}}', rate('holdfast_evidence_dropped_total', 'reason')],
      [
        'segments removed',
        `sum(increase(holdfast_evidence_removed_segments_total{${here}}[$__rate_interval]))`,
      ],
      [
        'fields redacted',
        `sum(increase(holdfast_evidence_redactions_total{${here}}[$__rate_interval]))`,
      ],
    ],
  },
  {
    kind: 'lines',
    title: 'Disk of the evidence',
    description:
      'MiB of all segments, records that are not synced yet, and failed operations of the file system in 1 day.',
    unit: 'short',
    width: 8,
    min: 0,
    queries: [
      ['MiB, {{instance}}', `max by (instance) (holdfast_evidence_bytes{${here}}) / 1048576`],
      ['not synced, {{instance}}', `max by (instance) (holdfast_evidence_queued{${here}})`],
      ['failed', `sum(increase(holdfast_evidence_write_errors_total{${here}}[1d]))`],
    ],
  },
]

export const self: Page = {
  uid: 'holdfast-self',
  title: 'holdfast: itself',
  description: 'What passes through holdfast, what it costs, and what it loses.',
  variables: [{ name: 'instance', label: 'Replica', of: 'holdfast_build_info' }],
  rows: [
    { title: 'Traffic', figures: traffic },
    { title: 'The monitor', figures: monitor },
    { title: 'Detectors', figures: drift },
    { title: 'The shared state', figures: state },
    { title: 'Export', figures: exported },
    { title: 'Evidence', figures: evidence },
  ],
}
