/**
 * Which conversations are judged: a keyed hash of the conversation decides, so that every replica
 * with the same secret makes the same choice, and a conversation is judged whole or not at all.
 */
import { createHmac } from 'node:crypto'

export interface Sampler {
  selects(conversationKey: string): boolean
}

/** @param rate share of conversations in [0, 1] */
export function createSampler(secret: Buffer, rate: number): Sampler {
  if (rate >= 1) return { selects: () => true }
  // 48 bits: exact in a double, and finer than any rate that can be configured.
  const limit = Math.floor(rate * 2 ** 48)
  return {
    selects: (conversationKey) =>
      createHmac('sha256', secret)
        .update('sample\0')
        .update(conversationKey)
        .digest()
        .readUIntBE(0, 6) < limit,
  }
}
