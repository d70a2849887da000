/** What changed with the model: the delta to the one before, and whether the mix changed with it. */
import type { Page } from './page.ts'

const job = 'job=~"$job"'

export const model: Page = {
  uid: 'holdfast-model',
  title: 'holdfast: model delta',
  description: 'The model that answers now, against the one before.',
  variables: [],
  rows: [
    {
      title: 'The change',
      figures: [
        {
          kind: 'now',
          title: 'Model series',
          description: 'Rises when another version answers, or when an operator says so.',
          unit: 'short',
          width: 4,
          queries: [['series', `max(holdfast_model_series{${job}})`]],
        },
        {
          kind: 'now',
          title: 'Up for review',
          description: '1 when the delta is above 15 points and its interval excludes 0.',
          unit: 'short',
          width: 8,
          alarmFrom: 1,
          alerts: ['HoldfastModelDelta'],
          queries: [['{{category}}', `max by (category) (holdfast_model_delta_review{${job}})`]],
        },
        {
          kind: 'lines',
          title: 'Failures since the change, less before',
          description:
            'Percentage points, with 95 % limits. A refusal is the failure of a benign request, compliance that of one that should be refused. It compares what users happened to ask.',
          unit: 'short',
          alerts: ['HoldfastModelDelta'],
          queries: [
            [
              '{{category}} {{bound}}',
              `max by (category, bound) (holdfast_model_delta_points{${job}})`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Who answers',
          description: 'Judged answers a second, by the model that gave them.',
          unit: 'cps',
          stacked: true,
          min: 0,
          queries: [
            [
              '{{model}}',
              `sum by (model) (rate(holdfast_judged_model_total{${job}}[$__rate_interval]))`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Refusal rate by model, 1 day',
          description: 'Of all that users asked of each: not alike, so no comparison by itself.',
          unit: 'percentunit',
          min: 0,
          queries: [
            [
              '{{model}}',
              `sum by (model) (increase(holdfast_judged_model_total{${job},verdict=~"refused|partial"}[1d]))
  / (sum by (model) (increase(holdfast_judged_model_total{${job}}[1d])) > 0)`,
            ],
          ],
        },
      ],
    },
    {
      title: 'The mix',
      figures: [
        {
          kind: 'lines',
          title: 'Distance of the mix from the baseline',
          description:
            'Jensen-Shannon, in bits, of the last day. Worth a look above 0.02, if the p-value is below 0.0001.',
          unit: 'short',
          min: 0,
          queries: [['{{dimension}}', `max by (dimension) (holdfast_mix_divergence_bits{${job}})`]],
        },
        {
          kind: 'lines',
          title: 'P-value of that distance',
          description: 'Two-sample G-test. With much traffic it is small for changes of no matter.',
          unit: 'short',
          min: 0,
          max: 1,
          queries: [['{{dimension}}', `min by (dimension) (holdfast_mix_g_pvalue{${job}})`]],
        },
      ],
    },
  ],
}
