/** What a request of the Model Context Protocol asked for, and what is known of its end. */

/** Classes of JSON-RPC methods. Label values of holdfast_mcp_calls_total. */
export const mcpMethods = [
  'tools_call',
  'tools_list',
  'resources',
  'prompts',
  'session',
  'notification',
  'other',
] as const
export type McpMethod = (typeof mcpMethods)[number]

/**
 * ok          a result came
 * tool_error  the tool ran and failed: a result that says `isError`
 * rejected    a JSON-RPC error or an HTTP error status: nothing was executed
 * pending     a task was started, or the server asks for more input first
 * unanswered  the response ended without a message for this id
 * accepted    a notification: there is nothing to answer
 */
export const mcpOutcomes = [
  'ok',
  'tool_error',
  'rejected',
  'pending',
  'unanswered',
  'accepted',
] as const
export type McpOutcome = (typeof mcpOutcomes)[number]

export interface McpCall {
  method: McpMethod
  outcome: McpOutcome
}
