/** Depth of a conversation: its user turns with human content, the current one included. */
import type { DepthBucket } from '../exchange/stratum.ts'

/** A request without any human turn is one of depth 1: somebody asked something. */
export const depthBucket = (humanTurns: number): DepthBucket => {
  if (humanTurns <= 1) return '1'
  if (humanTurns <= 4) return '2-4'
  if (humanTurns <= 9) return '5-9'
  if (humanTurns <= 19) return '10-19'
  return '20+'
}
