/**
 * Steps from one tool to the next that the pinned baseline does not have.
 *
 * Assumes that the baseline is large enough to have seen what is usual: with few sequences nearly
 * every step is new, and the counter says so.
 */
import { type BigramModel, stepsOf } from '../aggregate/surprisal.ts'

/** Different new steps of one sequence, start and end included. */
export const newTransitions = (
  tools: readonly string[],
  baseline: BigramModel,
): [string, string][] => {
  const found = new Map<string, [string, string]>()
  for (const step of stepsOf(tools)) {
    if (!baseline.hasStep(...step)) found.set(JSON.stringify(step), step)
  }
  return [...found.values()]
}
