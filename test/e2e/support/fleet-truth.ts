/**
 * What a fleet must have folded, from its clients' own log: which samples entered which tick follows
 * from their order and from the counts that each replica said it wrote.
 */
import {
  addDifference,
  createWager,
  type DetectorState,
  emptyTick,
  foldTick,
  initialState,
  type Wager,
} from '../../../src/drift/e-detector.ts'
import type { FoldReceipt } from '../../../src/drift/fleet-state.ts'
import type { ReplicaProcess, Sent, Write } from './replica-process.ts'

/** Of each tick the last one said. */
const lastOf = (writes: readonly Write[]): Map<number, number> =>
  new Map(writes.map(({ tick, samples }) => [tick, samples]))

/** What of a replica's samples may be in the fold of a tick. */
export interface Allowed {
  writer: string
  tick: number
  /** Several only after a kill: without and with the write that was under way. */
  samples: readonly number[]
}

export const allowedOf = ({ writer, begun, acknowledged }: ReplicaProcess): Allowed[] => {
  const known = lastOf(acknowledged)
  return [...lastOf(begun)].map(([tick, samples]) => {
    const sure = known.get(tick) ?? 0
    return { writer, tick, samples: sure === samples ? [samples] : [sure, samples] }
  })
}

/** The differences whose second sample is among a tick's samples. */
const differencesIn = (
  { sent, begun }: ReplicaProcess,
  { tick, samples }: Write,
): readonly Sent[] => {
  let start = 0
  for (const [earlier, count] of lastOf(begun)) if (earlier < tick) start += count
  return sent.slice(Math.floor(start / 2), Math.floor((start + samples) / 2))
}

/** The evidence of one process that got, in each tick, what the receipts say was folded. */
export const evidenceFrom = (
  replicas: readonly ReplicaProcess[],
  receipts: readonly FoldReceipt[],
  { g0, threshold }: { g0: number; threshold: number },
): ReadonlyMap<Sent['language'], DetectorState> => {
  const wager: Wager = createWager(g0)
  const states = new Map<Sent['language'], DetectorState>()
  for (const { tick, writers } of receipts) {
    const all = replicas.flatMap((replica) =>
      differencesIn(replica, { tick, samples: writers.get(replica.writer) ?? 0 }),
    )
    for (const language of ['bn', 'de'] as const) {
      const sum = emptyTick(wager)
      for (const one of all) {
        if (one.language === language) addDifference(sum, wager, one.difference)
      }
      if (sum.count === 0) continue
      const folded = foldTick(states.get(language) ?? initialState(wager), tick, sum, { threshold })
      if (folded.ok) states.set(language, folded.state)
    }
  }
  return states
}
