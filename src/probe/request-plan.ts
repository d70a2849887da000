/** What is asked, in no wire format: a probe as delivered, and the turns that answers add to it. */
import type { PlanTurn } from './plan-turn.ts'
import type { Parameters, Probe, ProbeTool } from './probe.ts'

export interface RequestPlan {
  readonly system: string | undefined
  /** The conversation so far; ends with a user turn or with tool results. */
  readonly turns: readonly PlanTurn[]
  readonly tools: readonly ProbeTool[]
  readonly schema: Readonly<Record<string, unknown>> | undefined
  readonly parameters: Parameters
  /**
   * Sent as the provider's own field for the end user, so that what adversarial probes cause there
   * falls on nobody else. Undefined for all other probes: not every server knows the field.
   */
  readonly endUser: string | undefined
}

export const probeEndUser = 'holdfast-probe'

/** User turns to be asked one by one; the last is the request. */
export const userTurnsOf = ({ before, request, instruction }: Probe): readonly string[] => [
  ...before,
  instruction === undefined ? request : `${request}\n${instruction}`,
]

export const planOf = (probe: Probe, turns: readonly PlanTurn[]): RequestPlan => ({
  system: probe.system,
  turns,
  tools: probe.tools,
  schema: probe.schema,
  parameters: probe.parameters,
  endUser: probe.class === 'P2' ? probeEndUser : undefined,
})
