/**
 * Which judged exchange of a conversation may feed a detector: one, picked by a keyed hash of the
 * conversation before anything of it is known, so that replicas agree without talking. Judging every
 * turn would count one conversation many times and raise 15 to 95 % false alarms instead of 5 %.
 * A user gives at most so many samples a day; without a name in the request there is no user.
 *
 * The turn is drawn by depth bucket: most conversations are looked at in their first turn, some at
 * each greater depth. A conversation that never gets there gives no sample.
 */
import { createHmac } from 'node:crypto'
import { LruMap } from '../enrich/lru-map.ts'
import type { AdmissionOutcome } from '../exchange/drift-sample.ts'

export interface AdmissionRequest {
  conversationKey: string
  /** Human turns, the current one included. */
  humanTurns: number
  userKey: string | undefined
  /** Epoch milliseconds. */
  at: number
}

export interface Admission {
  admit(request: AdmissionRequest): AdmissionOutcome
}

export interface AdmissionOptions {
  secret: Uint8Array
  perUserDay: number
  /** Conversations and users remembered. */
  entriesMax: number
}

const dayMs = 86_400_000

/** Share of conversations, first and last turn. The last range only has an end so that it can be drawn from. */
const turnShares = [
  { share: 0.6, from: 1, to: 1 },
  { share: 0.2, from: 2, to: 4 },
  { share: 0.1, from: 5, to: 9 },
  { share: 0.06, from: 10, to: 19 },
  { share: 0.04, from: 20, to: 39 },
] as const

/** Two numbers in [0, 1) that only the conversation and the secret decide. */
const drawsOf = (secret: Uint8Array, key: string): [number, number] => {
  const digest = createHmac('sha256', secret).update('turn\0').update(key).digest()
  return [digest.readUIntBE(0, 6) / 2 ** 48, digest.readUIntBE(6, 6) / 2 ** 48]
}

/** The turn at which a conversation is looked at, from 1. */
export const sampledTurn = (secret: Uint8Array, conversationKey: string): number => {
  const [which, within] = drawsOf(secret, conversationKey)
  let left = which
  for (const { share, from, to } of turnShares) {
    if (left < share) return from + Math.floor(within * (to - from + 1))
    left -= share
  }
  // Rounding alone gets here.
  return 1
}

export const createAdmission = ({
  secret,
  perUserDay,
  entriesMax,
}: AdmissionOptions): Admission => {
  const sampled = new LruMap<true>(entriesMax)
  const users = new LruMap<{ day: number; count: number }>(entriesMax)
  return {
    admit({ conversationKey, humanTurns, userKey, at }) {
      if (sampledTurn(secret, conversationKey) !== Math.max(1, humanTurns)) return 'other_turn'
      if (sampled.get(conversationKey) === true) return 'already_sampled'
      if (userKey !== undefined) {
        const day = Math.floor(at / dayMs)
        const known = users.get(userKey)
        const count = known?.day === day ? known.count : 0
        if (count >= perUserDay) return 'user_limit'
        users.set(userKey, { day, count: count + 1 })
      }
      sampled.set(conversationKey, true)
      return 'admitted'
    },
  }
}
