/** Metrics of tool-call sequences and of repeated inputs on live traffic (docs/drift.md). */
import { mcpMethods, mcpOutcomes } from '../exchange/mcp-call.ts'
import { formats } from '../exchange/stratum.ts'
import type { MetricDefinition } from './domains.ts'

/** Bits per step; a step that is one in a thousand costs ten. */
const bitBuckets = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24] as const

export const toolMetrics = {
  holdfast_tool_surprisal_bits: {
    type: 'histogram',
    help: 'Mean bits per new step from tool to tool, to the tool model of the baseline.',
    labels: { format: formats },
    buckets: bitBuckets,
  },
  holdfast_tool_new_transitions_total: {
    type: 'counter',
    help: 'Steps from tool to tool that the baseline does not have.',
    labels: {},
  },
  holdfast_tool_loops_total: {
    type: 'counter',
    help: 'Conversations in which the same tool was called with the same arguments three times or more.',
    labels: {},
  },
  holdfast_tool_arguments_total: {
    type: 'counter',
    help: 'Tool calls by whether their arguments fit the JSON schema that the tool was offered with.',
    labels: { validity: ['valid', 'invalid', 'unknown'] },
  },
  holdfast_tool_results_total: {
    type: 'counter',
    help: 'Tool results that clients sent back; unknown: the format has no flag for errors.',
    labels: { result: ['ok', 'error', 'unknown'] },
  },
  holdfast_near_duplicate_total: {
    type: 'counter',
    help: 'Prompts that nearly repeat an earlier one of the same user within 24 hours, by whether the verdict was the same.',
    labels: { consistent: ['true', 'false', 'unknown'] },
  },
  holdfast_mcp_calls_total: {
    type: 'counter',
    help: 'MCP messages over HTTP by method class and outcome. ok, tool_error: executed; rejected: JSON-RPC or HTTP error; pending: a task or a question back; unanswered: no response to it; accepted: a notification.',
    labels: { method: mcpMethods, outcome: mcpOutcomes },
  },
} as const satisfies Record<string, MetricDefinition>
