/**
 * Which exchange of a conversation gives its tool calls to a detector: one, after a number of calls
 * that a keyed hash of the conversation picks, so that both first calls and long runs are looked at
 * and no conversation counts twice.
 */
import { createHmac } from 'node:crypto'
import { LruMap } from '../enrich/lru-map.ts'

export interface ToolAdmission {
  /** `calls`: of the whole trajectory, the answer's included. */
  admits(conversationKey: string, calls: number): boolean
}

/** Share of conversations, and the calls from which they are looked at. */
const callShares = [
  { share: 0.35, calls: 1 },
  { share: 0.25, calls: 2 },
  { share: 0.2, calls: 4 },
  { share: 0.12, calls: 8 },
  { share: 0.08, calls: 16 },
] as const

export const sampledCalls = (secret: Uint8Array, conversationKey: string): number => {
  const digest = createHmac('sha256', secret).update('tools\0').update(conversationKey).digest()
  let left = digest.readUIntBE(0, 6) / 2 ** 48
  for (const { share, calls } of callShares) {
    if (left < share) return calls
    left -= share
  }
  // Rounding alone gets here.
  return 1
}

export const createToolAdmission = (secret: Uint8Array, entriesMax: number): ToolAdmission => {
  const sampled = new LruMap<true>(entriesMax)
  return {
    admits(conversationKey, calls) {
      if (calls < sampledCalls(secret, conversationKey)) return false
      if (sampled.get(conversationKey) === true) return false
      sampled.set(conversationKey, true)
      return true
    },
  }
}
