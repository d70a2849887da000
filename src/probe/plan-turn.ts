/** Turns of a request in no wire format: what a probe scripts, and what a conversation adds to it. */

export interface PlanCall {
  id: string
  name: string
  /** JSON text, as the model sent it. */
  arguments: string
}

export type PlanTurn =
  | { role: 'user'; text: string }
  | { role: 'assistant'; text: string; calls: readonly PlanCall[] }
  | { role: 'tool'; callId: string; name: string; text: string }

/** A user turn and its scripted answer. */
export interface ScriptedPair {
  user: string
  assistant: string
}

export const turnsOfPairs = (pairs: readonly ScriptedPair[]): PlanTurn[] =>
  pairs.flatMap(({ user, assistant }): PlanTurn[] => [
    { role: 'user', text: user },
    { role: 'assistant', text: assistant, calls: [] },
  ])
