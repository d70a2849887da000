/** Canaries and forks: the requests that holdfast asks itself, alike in every language and condition. */
import type { Page } from './page.ts'

const job = 'job=~"$job"'
const here = 'job=~"$job",language=~"$language"'
const pairs = (outcome: string): string =>
  `sum by (condition, language) (increase(holdfast_probe_pairs_total{${here}${outcome}}[7d]))`

export const probes: Page = {
  uid: 'holdfast-probes',
  title: 'holdfast: canaries and forks',
  description: 'What the same requests get, run after run, by language and condition.',
  variables: [{ name: 'language', label: 'Language', of: 'holdfast_probe_pairs_total' }],
  rows: [
    {
      title: 'Gaps',
      figures: [
        {
          kind: 'lines',
          title: 'Evidence',
          description:
            'ln M / ln A of the gaps of probe pairs, a tick for each complete run; pages at 1. breach: against policy. The others: against what counts as no drift.',
          unit: 'short',
          min: 0,
          alarmFrom: 1,
          alerts: [
            'HoldfastRefusalGapBreach',
            'HoldfastProbeGap',
            'HoldfastFormatGap',
            'HoldfastDepthGap',
            'HoldfastForkGap',
          ],
          queries: [
            [
              '{{metric}} {{null}} {{language}}',
              `metric_null_language_set:holdfast_drift_evidence_ratio:max{${job},language=~"$language|all",metric=~"probe_gap|format_gap|depth_gap|fork_gap"}`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Pairs of which one side refused, 7 days',
          description:
            'Of requests that should be refused. base_only: refused plainly in English, and not under the condition: these are the gap.',
          unit: 'short',
          min: 0,
          queries: [
            ['base only: {{condition}} {{language}}', pairs(',outcome="base_only"')],
            ['other only: {{condition}} {{language}}', pairs(',outcome="other_only"')],
          ],
        },
        {
          kind: 'table',
          title: 'Gap of the pairs, 7 days',
          description:
            'Share refused plainly in English less share refused under the condition. No limits here: the detectors and the report of a run have them.',
          unit: 'percentunit',
          columnUnits: { pairs: 'short' },
          decimals: 1,
          queries: [
            [
              'gap',
              `(${pairs(',outcome="base_only"')} - ${pairs(',outcome="other_only"')}) / (${pairs('')} > 0)`,
            ],
            ['pairs', pairs('')],
          ],
        },
        {
          kind: 'lines',
          title: 'Anchors less fresh items',
          description:
            'Share answered as expected, of items that every run asks less that of items asked for the first times, with 95 % limits. All of it above 0: the system may have been tuned on what it is asked.',
          unit: 'percentunit',
          queries: [['{{bound}}', `max by (bound) (holdfast_probe_overfit_gap{${job}})`]],
        },
        {
          kind: 'lines',
          title: 'Answers to anchors and fresh items, 7 days',
          description:
            'In English and languages. retired: items of this epoch that are asked no more.',
          unit: 'short',
          min: 0,
          queries: [
            [
              '{{part}} {{outcome}}',
              `sum by (part, outcome) (increase(holdfast_probe_part_answers_total{${job}}[7d]))`,
            ],
            ['retired', `max(holdfast_probe_items_retired{${job}})`],
          ],
        },
        {
          kind: 'lines',
          title: 'Wrong and undoubting answers, 7 days',
          description:
            'Of yes/no questions with a known answer that were answered, with the lower limit that the alert compares with the threshold.',
          unit: 'percentunit',
          min: 0,
          alerts: ['HoldfastConfidentHallucination'],
          queries: [
            [
              '{{domain}} {{language}}',
              `domain_language:holdfast_confident_hallucination:ratio7d{${here}}`,
            ],
            [
              '{{domain}} {{language}} lower',
              `domain_language:holdfast_confident_hallucination:wilson_lo7d{${here}}`,
            ],
          ],
        },
      ],
    },
    {
      title: 'Forks',
      figures: [
        {
          kind: 'lines',
          title: 'Probes asked in forks of sessions, 7 days',
          description:
            'By which side refused: asked without a session, and at the end of the copy of one. base_only: the session loosened what was refused before it.',
          unit: 'short',
          min: 0,
          alerts: ['HoldfastForkGap'],
          queries: [
            [
              '{{format}} {{depth}} {{outcome}}',
              `sum by (format, depth, outcome) (increase(holdfast_fork_pairs_total{${job}}[7d]))`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Exchanges copied for forks',
          description:
            'Or why not. unknown_part: something in it could not have been sent again truthfully.',
          unit: 'cps',
          stacked: true,
          min: 0,
          queries: [
            [
              '{{outcome}}',
              `sum by (outcome) (rate(holdfast_fork_sessions_total{${job}}[$__rate_interval]))`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Personal fields taken out of copies, 1 day',
          description:
            'By kind. What no pattern knows stays in: 0 of a kind is no proof that there was none.',
          unit: 'short',
          min: 0,
          queries: [
            ['{{kind}}', `sum by (kind) (increase(holdfast_fork_redactions_total{${job}}[1d]))`],
          ],
        },
        {
          kind: 'lines',
          title: 'Memory of copied sessions',
          description: 'Copies live in memory alone, until they are asked or too old.',
          unit: 'bytes',
          min: 0,
          queries: [['held', `sum(holdfast_fork_held_bytes{${job}})`]],
        },
      ],
    },
    {
      title: 'Shadows',
      figures: [
        {
          kind: 'lines',
          title: 'What a changed condition does to live requests',
          description:
            'Answers turned to or from a refusal under the condition, less those turned by asking the same twice, with 95 % limits. Of one replica: its own last trials.',
          unit: 'percentunit',
          queries: [
            [
              '{{condition}} {{bound}}',
              `max by (condition, bound) (holdfast_shadow_excess{${job}})`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Shadow trials, 1 day',
          description: 'Live requests sent again twice as they were and once under a condition.',
          unit: 'short',
          min: 0,
          queries: [
            [
              '{{condition}} {{outcome}}',
              `sum by (condition, outcome) (increase(holdfast_shadow_trials_total{${job}}[1d]))`,
            ],
          ],
        },
      ],
    },
    {
      title: 'Runs',
      figures: [
        {
          kind: 'now',
          title: 'Since the last complete run',
          description: 'Whatever changed since then, no probe has seen it.',
          unit: 's',
          width: 4,
          alarmFrom: 180_000,
          alerts: ['HoldfastProbesStale'],
          queries: [['age', `time() - max(holdfast_probe_last_run_timestamp_seconds{${job}})`]],
        },
        {
          kind: 'now',
          title: 'Stopped',
          description: '1 under the reason for which the provider refused the account.',
          unit: 'short',
          width: 4,
          alarmFrom: 1,
          alerts: ['HoldfastProbesStopped'],
          queries: [['{{reason}}', `max by (reason) (holdfast_probes_stopped{${job}})`]],
        },
        {
          kind: 'now',
          title: 'Replicas that run probes',
          description: 'One of the fleet. 0: nobody holds the lease.',
          unit: 'short',
          width: 4,
          alarmUpTo: 1,
          queries: [['leaders', `sum(holdfast_probe_leader{${job}})`]],
        },
        {
          kind: 'lines',
          title: 'Runs of 1 day, by how they ended',
          description: 'Only complete ones feed detectors.',
          unit: 'short',
          min: 0,
          alerts: ['HoldfastProbeRunsFailing', 'HoldfastProbesOutOfBudget'],
          queries: [
            ['{{outcome}}', `sum by (outcome) (increase(holdfast_probe_runs_total{${job}}[1d]))`],
          ],
        },
        {
          kind: 'lines',
          title: 'Budget left',
          description: 'Of the fleet, in the running hour and day (UTC).',
          unit: 'short',
          min: 0,
          alerts: ['HoldfastProbesOutOfBudget'],
          queries: [
            [
              '{{kind}} {{unit}} of the {{window}}',
              `min by (kind, unit, window) (holdfast_probe_budget_left{${job}})`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Spent in a day, and stops',
          description: 'As far as the endpoint said so; stops that a replica made.',
          unit: 'short',
          min: 0,
          queries: [
            [
              '{{kind}} {{unit}}',
              `sum by (kind, unit) (increase(holdfast_probe_spend_total{${job}}[1d]))`,
            ],
            ['stops', `sum(increase(holdfast_probe_stops_total{${job}}[1d]))`],
          ],
        },
      ],
    },
  ],
}
