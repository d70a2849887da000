/** Tool-call sequences and repeated prompts. */
import type { Page } from './page.ts'

const job = 'job=~"$job"'
const surprise = (quantile: number): string =>
  `histogram_quantile(${quantile}, sum by (le, format) (rate(holdfast_tool_surprisal_bits_bucket{${job},format=~"$format"}[$__rate_interval])))`

export const tools: Page = {
  uid: 'holdfast-tools',
  title: 'holdfast: tools and repeats',
  description: 'What agents do with their tools, and what users get who ask again.',
  variables: [{ name: 'format', label: 'Format', of: 'holdfast_tool_surprisal_bits_count' }],
  rows: [
    {
      title: 'Sequences',
      figures: [
        {
          kind: 'lines',
          title: 'Evidence',
          description: 'ln M / ln A of the detectors of sequences and repeats; pages at 1.',
          unit: 'short',
          min: 0,
          alarmFrom: 1,
          alerts: ['HoldfastToolSurprisal', 'HoldfastRepeatFlips'],
          queries: [
            [
              '{{metric}}',
              `metric_null_language_set:holdfast_drift_evidence_ratio:max{${job},metric=~"tool_surprisal|repeat_flip"}`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Surprise of new steps',
          description:
            'Mean bits per step from tool to tool, to the tool model of the baseline; a step that is one in a thousand costs ten. Empty until a baseline is pinned.',
          unit: 'short',
          min: 0,
          alerts: ['HoldfastToolSurprisal'],
          queries: [
            ['{{format}} median', surprise(0.5)],
            ['{{format}} 95 %', surprise(0.95)],
          ],
        },
        {
          kind: 'lines',
          title: 'Steps that the baseline does not have, and loops',
          description: 'A loop: the same tool with the same arguments three times or more.',
          unit: 'cps',
          min: 0,
          queries: [
            [
              'new steps',
              `sum(rate(holdfast_tool_new_transitions_total{${job}}[$__rate_interval]))`,
            ],
            ['loops', `sum(rate(holdfast_tool_loops_total{${job}}[$__rate_interval]))`],
          ],
        },
        {
          kind: 'lines',
          title: 'Distance of the tool mix from the baseline',
          description: 'Jensen-Shannon, in bits, of the last day. Worth a look above 0.02.',
          unit: 'short',
          min: 0,
          queries: [['tools', `max(holdfast_mix_divergence_bits{${job},dimension="tool"})`]],
        },
      ],
    },
    {
      title: 'Calls',
      figures: [
        {
          kind: 'lines',
          title: 'Arguments against the offered schema',
          description: 'unknown: no schema was offered, or it is beyond what is checked.',
          unit: 'cps',
          stacked: true,
          min: 0,
          queries: [
            [
              '{{validity}}',
              `sum by (validity) (rate(holdfast_tool_arguments_total{${job}}[$__rate_interval]))`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Results that clients sent back',
          description: 'unknown: the format has no flag for errors.',
          unit: 'cps',
          stacked: true,
          min: 0,
          queries: [
            [
              '{{result}}',
              `sum by (result) (rate(holdfast_tool_results_total{${job}}[$__rate_interval]))`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Calls over MCP, and what came of them',
          description:
            'tools/call only. ok, tool_error: executed; rejected: not executed; pending: a task or a question back.',
          unit: 'cps',
          stacked: true,
          min: 0,
          queries: [
            [
              '{{outcome}}',
              `sum by (outcome) (rate(holdfast_mcp_calls_total{${job}, method="tools_call"}[$__rate_interval]))`,
            ],
          ],
        },
      ],
    },
    {
      title: 'Repeats',
      figures: [
        {
          kind: 'lines',
          title: 'Prompts that nearly repeat an earlier one',
          description:
            'Of the same user within 24 hours, by whether the verdict was the same. false: retry until it complies, or a model that is not sure.',
          unit: 'cps',
          stacked: true,
          min: 0,
          width: 24,
          alerts: ['HoldfastRepeatFlips'],
          queries: [
            [
              'same verdict: {{consistent}}',
              `sum by (consistent) (rate(holdfast_near_duplicate_total{${job}}[$__rate_interval]))`,
            ],
          ],
        },
      ],
    },
    {
      title: 'Conversations',
      figures: [
        {
          kind: 'lines',
          title: 'Users who correct or repeat, by depth',
          description:
            'Share of user turns behind the first that are repairs or repeats, by their words (docs/interaction-signals.md): about half of all repairs are found, so read changes, not levels.',
          unit: 'percentunit',
          min: 0,
          queries: [
            [
              '{{depth}}',
              `sum by (depth) (rate(holdfast_interaction_turns_total{${job},act=~"user_repair|user_repeat"}[1d])) / sum by (depth) (rate(holdfast_interaction_turns_total{${job},act=~"user_.*",act!~"user_opening|user_unread"}[1d]))`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'The same by language',
          description:
            'Languages differ in how well they are read: compare a language with its own past only.',
          unit: 'percentunit',
          min: 0,
          queries: [
            [
              '{{language}}',
              `sum by (language) (rate(holdfast_interaction_turns_total{${job},act=~"user_repair|user_repeat"}[1d])) / sum by (language) (rate(holdfast_interaction_turns_total{${job},act=~"user_.*",act!~"user_opening|user_unread"}[1d])) > 0`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'Answers that ask back or carry on',
          description:
            'Share of answers whose end asks for what is missing, or proposes a next step.',
          unit: 'percentunit',
          min: 0,
          queries: [
            [
              '{{act}}',
              `sum by (act) (rate(holdfast_interaction_turns_total{${job},act=~"assistant_clarification|assistant_follow_up"}[1d])) / ignoring(act) group_left sum(rate(holdfast_interaction_turns_total{${job},act=~"assistant_.*",act!="assistant_unread"}[1d]))`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'What became of corrections',
          description: 'By the next user turn. unknown: it says neither.',
          unit: 'cps',
          stacked: true,
          min: 0,
          queries: [
            [
              '{{outcome}}',
              `sum by (outcome) (rate(holdfast_interaction_corrections_total{${job}}[$__rate_interval]))`,
            ],
          ],
        },
        {
          kind: 'lines',
          title: 'User turns to an agreement',
          description: 'From the beginning or the last agreement, that turn included.',
          unit: 'short',
          min: 0,
          width: 24,
          queries: [
            [
              'median',
              `histogram_quantile(0.5, sum by (le) (rate(holdfast_interaction_agreement_turns_bucket{${job}}[1d])))`,
            ],
            [
              '90 %',
              `histogram_quantile(0.9, sum by (le) (rate(holdfast_interaction_agreement_turns_bucket{${job}}[1d])))`,
            ],
          ],
        },
      ],
    },
  ],
}
