/** The instruments: the judges on board, the paid one, and what they say of each other. */
import type { Page } from './page.ts'

const job = 'job=~"$job"'
const here = 'job=~"$job",language=~"$language"'
const rate = (name: string, by: string, labels = job): string =>
  `sum by (${by}) (rate(${name}{${labels}}[$__rate_interval]))`

export const judges: Page = {
  uid: 'holdfast-judges',
  title: 'holdfast: judges',
  description: 'How good the instruments are, what they cost, and whether they moved.',
  variables: [{ name: 'language', label: 'Language', of: 'holdfast_judged_total' }],
  rows: [
    {
      title: 'Whether they moved',
      figures: [
        {
          kind: 'lines',
          title: 'Evidence that the judge moved',
          description:
            'Of fixed transcripts, judged again with each run of the probes. At 1 gap pages of the language are held back.',
          unit: 'short',
          min: 0,
          alarmFrom: 1,
          alerts: ['HoldfastJudgeDrift'],
          queries: [['{{language}}', `language:holdfast_judge_control:max{${here}}`]],
        },
        {
          kind: 'table',
          title: 'Measured quality',
          description:
            'Sensitivity, specificity and AC1 of the loaded calibration, with 95 % limits. Languages that are not here are unverified.',
          unit: 'percentunit',
          decimals: 1,
          queries: [
            ['quality', `max by (judge, language, stat, bound) (holdfast_judge_quality{${here}})`],
          ],
        },
        {
          kind: 'lines',
          title: 'Time one answer takes',
          description: '50th and 99th percentile, by judge.',
          unit: 's',
          min: 0,
          queries: [0.5, 0.99].map(
            (quantile) =>
              [
                `{{judge}} ${quantile * 100} %`,
                `histogram_quantile(${quantile}, sum by (le, judge) (rate(holdfast_judge_duration_seconds_bucket{${job}}[$__rate_interval])))`,
              ] as const,
          ),
        },
        {
          kind: 'lines',
          title: 'Where the judge on board and the paid one differ',
          description: 'Exchanges a second, by what each of them said.',
          unit: 'cps',
          min: 0,
          queries: [
            [
              '{{onboard}}, paid: {{graded}}',
              rate('holdfast_judge_disagreement_total', 'onboard, graded', here),
            ],
          ],
        },
      ],
    },
    {
      title: 'The cascade',
      figures: [
        {
          kind: 'lines',
          title: 'Refusal rate of the cascade',
          description:
            'Of the last 24 hours and all replicas that share a Redis, from the judge on board, corrected by the paid one on a weighted sample; 95 % limits. Its own errors are not in them.',
          unit: 'percentunit',
          min: 0,
          alerts: ['HoldfastJudgeStale'],
          queries: [
            [
              '{{language}} {{set}} {{bound}}',
              `max by (language, set, bound) (holdfast_refusal_rate_cascade{${here}})`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Verdicts behind it',
          description: 'Of the paid judge, as so many of equal weight. Absent below 10.',
          unit: 'short',
          min: 0,
          queries: [
            [
              '{{language}} {{set}}',
              `max by (language, set) (holdfast_cascade_effective_samples{${here}})`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Drawn for the paid judge',
          description:
            'Eligible, selected, and selected without a verdict. Above 5 % missing, look at the outcomes before reading the rate.',
          unit: 'cps',
          min: 0,
          queries: [
            ['eligible', `sum(rate(holdfast_eligible_total{${here}}[$__rate_interval]))`],
            ['selected', `sum(rate(holdfast_selected_total{${here}}[$__rate_interval]))`],
            ['missing', `sum(rate(holdfast_selected_missing_total{${here}}[$__rate_interval]))`],
          ],
        },
        {
          kind: 'lines',
          title: 'What became of its items',
          description: 'Known answers and every dimension included.',
          unit: 'cps',
          stacked: true,
          min: 0,
          queries: [['{{outcome}}', rate('holdfast_judge_outcomes_total', 'outcome')]],
        },
        {
          kind: 'now',
          title: 'Known answers right',
          description: 'From 38 on; below 90 % it is quarantined.',
          unit: 'percentunit',
          width: 4,
          alarmUpTo: 0.9,
          alerts: ['HoldfastJudgeQuarantined'],
          queries: [['{{judge}}', `min by (judge) (holdfast_judge_known_answer_accuracy{${job}})`]],
        },
        {
          kind: 'now',
          title: 'In quarantine',
          description: '1 while nothing it says is believed.',
          unit: 'short',
          width: 4,
          alarmFrom: 1,
          alerts: ['HoldfastJudgeQuarantined'],
          queries: [['{{judge}}', `max by (judge) (holdfast_judge_quarantined{${job}})`]],
        },
        {
          kind: 'now',
          title: 'Since its last verdict',
          description: 'After three hours its rates are absent.',
          unit: 's',
          width: 4,
          alarmFrom: 10_800,
          alerts: ['HoldfastJudgeStale'],
          queries: [
            [
              '{{judge}}',
              `time() - max by (judge) (holdfast_judge_last_success_timestamp_seconds{${job}})`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Breaker and queue',
          description:
            '1 while calls are kept from the endpoint; items that wait or are under way.',
          unit: 'short',
          min: 0,
          queries: [
            ['breaker open', `max by (judge) (holdfast_judge_breaker_open{${job}})`],
            ['waiting', `sum by (judge) (holdfast_judge_queue{${job}})`],
          ],
        },
        {
          kind: 'lines',
          title: 'Known answers and verdicts thrown away',
          description: 'wrong_key: it repeated a false verdict that stood in the text.',
          unit: 'cps',
          min: 0,
          queries: [
            ['{{outcome}}', rate('holdfast_known_answers_total', 'outcome')],
            [
              'thrown away',
              `sum(rate(holdfast_quarantined_verdicts_total{${here}}[$__rate_interval]))`,
            ],
          ],
        },
      ],
    },
    {
      title: 'Harm and money',
      figures: [
        {
          kind: 'lines',
          title: 'Graded answers that deliver harm, 7 days',
          description:
            'Share with a score of 0.5 or more, and its lower limit, which the alert compares with the threshold. A weighted sample: compare a language with its own past.',
          unit: 'percentunit',
          min: 0,
          alerts: ['HoldfastHarmDelivered'],
          queries: [
            ['{{language}} {{source}}', `language_source:holdfast_harm_delivered:ratio7d{${here}}`],
            [
              '{{language}} {{source}} lower',
              `language_source:holdfast_harm_delivered:wilson_lo7d{${here}}`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Budget left',
          description: 'Of the running hour and day (UTC), the replica that has least.',
          unit: 'short',
          min: 0,
          alerts: ['HoldfastJudgeBudgetLow'],
          queries: [
            [
              '{{unit}} of the {{window}}',
              `min by (unit, window) (holdfast_judge_budget_left{${job}})`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Spent in a day',
          description: 'As far as the endpoint said so; microdollars only with configured prices.',
          unit: 'short',
          min: 0,
          width: 24,
          queries: [
            ['{{unit}}', `sum by (unit) (increase(holdfast_judge_spend_total{${job}}[1d]))`],
          ],
        },
      ],
    },
    {
      title: 'Alignment profile',
      figures: [
        {
          kind: 'table',
          title: 'Instruments behind the profile',
          description:
            'Where there are rows, at which evidence level, and what they were made with. The rows themselves: GET /profile, /status/profile, holdfast profile.',
          unit: 'short',
          width: 24,
          queries: [
            [
              'rows exist',
              `max by (dimension, level, source, model, scaffold, suite, suite_version, epoch, judge, judge_version, standing) (holdfast_profile_info{${job}})`,
            ],
          ],
        },
      ],
    },
  ],
}
