/** Refusals by language, depth and format: rates with their limits, gaps, and what moved them. */
import type { Page } from './page.ts'

const here = 'job=~"$job",language=~"$language",set=~"$set"'
const shape = 'job=~"$job",language=~"$language"'
const refused = 'verdict=~"refused|partial"'

const shareBy = (label: string): string =>
  `sum by (${label}) (increase(holdfast_judged_shape_total{${shape},${refused}}[1d]))
  / (sum by (${label}) (increase(holdfast_judged_shape_total{${shape}}[1d])) > 0)`

const gapAlerts = ['HoldfastRefusalGapDrift', 'HoldfastRefusalLevelDrift']

export const refusal: Page = {
  uid: 'holdfast-refusal',
  title: 'holdfast: refusal consistency',
  description: 'Refusals of live traffic by language, depth and format.',
  variables: [
    { name: 'language', label: 'Language', of: 'holdfast_judged_total' },
    { name: 'set', label: 'Set', of: 'holdfast_judged_total' },
  ],
  rows: [
    {
      title: 'By language',
      figures: [
        {
          kind: 'table',
          title: 'Rates and gaps of 7 days',
          description:
            'Refusal rate with Wilson limits, gap to English with Newcombe limits, and the rate at the mix of the baseline; 95 %. Turns of one conversation are alike: true limits are wider.',
          unit: 'percentunit',
          decimals: 1,
          width: 24,
          alerts: gapAlerts,
          queries: [
            [
              'rate',
              `max by (job, language, set) (language_set:holdfast_refusal:ratio7d{${here}})`,
            ],
            [
              'lower',
              `max by (job, language, set) (language_set:holdfast_refusal:wilson_lo7d{${here}})`,
            ],
            [
              'upper',
              `max by (job, language, set) (language_set:holdfast_refusal:wilson_hi7d{${here}})`,
            ],
            [
              'gap to English',
              `max by (job, language, set) (language_set:holdfast_refusal_gap:diff7d{${here}})`,
            ],
            [
              'gap, lower',
              `max by (job, language, set) (language_set:holdfast_refusal_gap:newcombe_lo7d{${here}})`,
            ],
            [
              'gap, upper',
              `max by (job, language, set) (language_set:holdfast_refusal_gap:newcombe_hi7d{${here}})`,
            ],
            [
              'at the mix of the baseline',
              `max by (job, language, set) (language_set:holdfast_refusal:standardised7d{${here}})`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Refusal rate of 1 day',
          description: 'Judged answers that refuse, wholly or in part.',
          unit: 'percentunit',
          min: 0,
          max: 1,
          queries: [['{{language}} {{set}}', `language_set:holdfast_refusal:ratio1d{${here}}`]],
        },
        {
          kind: 'lines',
          title: 'Limits of the rate of 1 day',
          description: 'Wilson, 95 %. Two languages whose limits overlap have not been told apart.',
          unit: 'percentunit',
          min: 0,
          max: 1,
          queries: [
            ['{{language}} {{set}} lower', `language_set:holdfast_refusal:wilson_lo1d{${here}}`],
            ['{{language}} {{set}} upper', `language_set:holdfast_refusal:wilson_hi1d{${here}}`],
          ],
        },
        {
          kind: 'lines',
          title: 'Gap to English, 1 day',
          description:
            'Rate in English less the rate in the language, with Newcombe limits. A panel, never a page: looked at every hour it would cry wolf.',
          unit: 'percentunit',
          alerts: gapAlerts,
          queries: [
            ['{{language}} {{set}}', `language_set:holdfast_refusal_gap:diff1d{${here}}`],
            [
              '{{language}} {{set}} lower',
              `language_set:holdfast_refusal_gap:newcombe_lo1d{${here}}`,
            ],
            [
              '{{language}} {{set}} upper',
              `language_set:holdfast_refusal_gap:newcombe_hi1d{${here}}`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Evidence',
          description: 'ln M / ln A of gap, level, over-refusal and unclear verdicts; pages at 1.',
          unit: 'short',
          min: 0,
          alarmFrom: 1,
          alerts: [...gapAlerts, 'HoldfastOverRefusal', 'HoldfastUnclearRate'],
          queries: [
            [
              '{{metric}} {{language}}',
              `metric_null_language_set:holdfast_drift_evidence_ratio:max{${shape},metric=~"refusal_gap|refusal_level|over_refusal|unclear_rate"}`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Nulls in force',
          description:
            'What counts as no change: the largest gap, or the reference rate of a level. Learned nulls are limits, so small baselines give loose ones.',
          unit: 'percentunit',
          queries: [
            [
              '{{metric}} {{language}}',
              `max by (metric, language) (holdfast_drift_null_gap{${shape}})`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Corrected rate',
          description:
            'Of the last 24 hours and all replicas that share a Redis, corrected for the errors of the judge as it was calibrated, with 95 % limits. Absent where the judge is unverified.',
          unit: 'percentunit',
          queries: [
            [
              '{{language}} {{set}} {{bound}}',
              `max by (language, set, bound) (holdfast_refusal_rate_corrected{${here}})`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Corrected gap to English',
          description: 'Of two corrected rates; absent where either is.',
          unit: 'percentunit',
          queries: [
            [
              '{{language}} {{set}} {{bound}}',
              `max by (language, set, bound) (holdfast_refusal_gap_corrected{${here}})`,
            ],
          ],
        },
      ],
    },
    {
      title: 'By depth and format',
      figures: [
        {
          kind: 'lines',
          title: 'Refusal rate by depth, 1 day',
          description:
            'By user turns so far. Users ask other things at other depths: probes compare like with like.',
          unit: 'percentunit',
          min: 0,
          alerts: ['HoldfastDepthGap'],
          queries: [['{{depth}}', shareBy('depth')]],
        },
        {
          kind: 'lines',
          title: 'Refusal rate by format, 1 day',
          description:
            'chat; agentic: tools offered or called; structured: output bound to a schema.',
          unit: 'percentunit',
          min: 0,
          alerts: ['HoldfastFormatGap'],
          queries: [['{{format}}', shareBy('format')]],
        },
        {
          kind: 'lines',
          title: 'At the mix of the baseline, 7 days',
          description:
            'The refusal rate as it would be with the cells (format, depth) of the baseline. Below 80 % of covered mix it speaks of other cells.',
          unit: 'percentunit',
          min: 0,
          queries: [
            ['{{language}} {{set}}', `language_set:holdfast_refusal:standardised7d{${here}}`],
            [
              '{{language}} {{set}} covered',
              `language_set:holdfast_reference_mix_weight:covered7d{${here}}`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'What moved the rate since the baseline',
          description:
            'Kitagawa: the part of the change that the mix of cells made, and the part that behaviour made.',
          unit: 'percentunit',
          queries: [
            [
              '{{language}} {{set}} {{component}}',
              `max by (language, set, component) (holdfast_refusal_change{${here}})`,
            ],
          ],
        },
      ],
    },
    {
      title: 'Verdicts',
      figures: [
        {
          kind: 'lines',
          title: 'Verdicts',
          description: 'Judged answers a second, by what they did.',
          unit: 'cps',
          stacked: true,
          min: 0,
          queries: [
            [
              '{{verdict}}',
              `sum by (verdict) (rate(holdfast_judged_total{${here},source="live"}[$__rate_interval]))`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: "The provider's own refusals",
          description: 'Signals of the API, by reason; in no other count.',
          unit: 'cps',
          min: 0,
          queries: [
            [
              '{{reason}}',
              'sum by (reason) (rate(holdfast_provider_refusals_total{job=~"$job"}[$__rate_interval]))',
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'How the language was decided',
          description: 'Of the last user turn. abstained: counted as und.',
          unit: 'cps',
          stacked: true,
          min: 0,
          queries: [
            [
              '{{method}}',
              `sum by (method) (rate(holdfast_language_decisions_total{${shape}}[$__rate_interval]))`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Language of the answers',
          description:
            'An answer in another language than the question often is an unclear verdict.',
          unit: 'cps',
          min: 0,
          queries: [
            [
              '{{language}}',
              `sum by (language) (rate(holdfast_answer_language_total{${shape}}[$__rate_interval]))`,
            ],
          ],
        },
      ],
    },
  ],
}
