/** Is anything drifting, how sure are we, what are we blind to? */
import type { Page } from './page.ts'

const evidence = 'metric_null_language_set:holdfast_drift_evidence_ratio:max{job=~"$job"}'

export const overview: Page = {
  uid: 'holdfast-overview',
  title: 'holdfast: overview',
  description: 'Is anything drifting, how sure are we, and what are we blind to?',
  variables: [],
  rows: [
    {
      title: 'Is anything drifting?',
      figures: [
        {
          kind: 'now',
          title: 'Open episodes',
          description:
            'Detectors whose evidence is 1 or more: what pages. 0 says that no detector speaks, not that nothing changed: see what we are blind to.',
          unit: 'short',
          width: 4,
          alarmFrom: 1,
          queries: [['open', `sum(${evidence} >= bool 1)`]],
        },
        {
          kind: 'now',
          title: 'Strongest evidence',
          description: 'ln M / ln A of the detector that is furthest; an episode opens at 1.',
          unit: 'short',
          decimals: 2,
          width: 4,
          alarmFrom: 1,
          queries: [['strongest', `max(${evidence})`]],
        },
        {
          kind: 'lines',
          title: 'Evidence by detector and language',
          description:
            'ln M / ln A of each detector, the maximum over replicas. It falls by itself when data speak for no change; at 1 it is held until the episode is closed.',
          unit: 'short',
          width: 16,
          alarmFrom: 1,
          min: 0,
          queries: [
            ['{{metric}} {{null}} {{language}}', `max by (metric, null, language) (${evidence})`],
          ],
        },
        {
          kind: 'table',
          title: 'Alerts of holdfast',
          description:
            'Pending and firing now. A pending one has not lasted long enough to be sent.',
          unit: 'short',
          width: 24,
          height: 6,
          queries: [['active', 'ALERTS{alertname=~"Holdfast.+",job=~"$job"}']],
        },
      ],
    },
    {
      title: 'How sure are we?',
      figures: [
        {
          kind: 'now',
          title: 'False pages in 30 days, at most',
          description:
            'Bound on the expected number, of all detectors together and learned nulls included. It holds at any traffic.',
          unit: 'short',
          decimals: 2,
          width: 4,
          queries: [['bound', 'max(holdfast_drift_false_alarms_bound_30d{job=~"$job"})']],
        },
        {
          kind: 'bars',
          title: 'Detectors, by where their null comes from',
          description:
            'learned: from the pinned baseline. configured: nobody has taught it yet what is usual here.',
          unit: 'short',
          width: 4,
          queries: [['{{source}}', 'max by (source) (holdfast_drift_detectors{job=~"$job"})']],
        },
        {
          kind: 'table',
          title: 'Refusal rate of 7 days, by language',
          description:
            'Judged answers that refuse, with 95 % limits (Wilson). On live traffic a rate of what users happened to ask: read it with its mix, never as a gap between languages.',
          unit: 'percentunit',
          decimals: 1,
          width: 16,
          queries: [
            [
              'rate',
              'max by (job, language, set) (language_set:holdfast_refusal:ratio7d{job=~"$job"})',
            ],
            [
              'lower',
              'max by (job, language, set) (language_set:holdfast_refusal:wilson_lo7d{job=~"$job"})',
            ],
            [
              'upper',
              'max by (job, language, set) (language_set:holdfast_refusal:wilson_hi7d{job=~"$job"})',
            ],
          ],
        },
      ],
    },
    {
      title: 'What are we blind to?',
      figures: [
        {
          kind: 'lines',
          title: 'Smallest drop that would be seen within 7 days',
          description:
            'At traffic like the last, by language. Above 20 points a stratum is blind: its silence says nothing.',
          unit: 'percentunit',
          min: 0,
          alarmFrom: 0.2,
          alerts: ['HoldfastBlindStratum'],
          queries: [
            [
              '{{language}} {{set}}',
              'max by (language, set) (holdfast_drift_detectable_gap{job=~"$job",horizon="7d"})',
            ],
          ],
        },
        {
          kind: 'bars',
          title: 'From exchanges to samples, 1 day',
          description:
            'Exchanges that passed, were sampled, were judged, and were admitted to the detectors: one turn of a conversation, few of a user.',
          unit: 'short',
          alerts: ['HoldfastCoverageCollapse'],
          queries: [
            ['passed', 'sum(job:holdfast_exchanges:increase1d{job=~"$job"})'],
            ['sampled', 'sum(job:holdfast_sampled:increase1d{job=~"$job"})'],
            ['judged', 'sum(job:holdfast_judged:increase1d{job=~"$job"})'],
            ['admitted', 'sum(job:holdfast_drift_admitted:increase1d{job=~"$job"})'],
          ],
        },
        {
          kind: 'lines',
          title: 'Share of each step of the funnel',
          description:
            'Of 6 hours, beside 7 days. An alert when the one falls below half of the other.',
          unit: 'percentunit',
          min: 0,
          alerts: ['HoldfastCoverageCollapse'],
          queries: [
            ['{{step}}, 6 h', 'avg by (step) (step:holdfast_coverage:ratio6h{job=~"$job"})'],
            ['{{step}}, 7 d', 'avg by (step) (step:holdfast_coverage:ratio7d{job=~"$job"})'],
          ],
        },
        {
          kind: 'table',
          title: 'Whether verdicts may be turned into rates',
          description:
            'Status of the judges in each language. unverified: nobody measured the judge there, so there is no corrected rate.',
          unit: 'short',
          queries: [
            ['judges', 'max by (judge, language, status) (holdfast_judge_status{job=~"$job"})'],
          ],
        },
        {
          kind: 'now',
          title: 'Figures may miss samples',
          description:
            '1 while the state store is away or a fold is overdue. Standing evidence pages.',
          unit: 'short',
          width: 6,
          alarmFrom: 1,
          alerts: ['HoldfastDriftPartial'],
          queries: [['partial', 'max(holdfast_drift_partial{job=~"$job"})']],
        },
        {
          kind: 'lines',
          title: 'Samples in a baseline',
          description:
            'Judged samples of the baseline in force. Below 1,000 of a stratum nothing is learned from it.',
          unit: 'short',
          width: 18,
          min: 0,
          queries: [
            [
              '{{language}} {{set}}',
              'max by (language, set) (holdfast_baseline_samples{job=~"$job"})',
            ],
          ],
        },
      ],
    },
  ],
}
