/**
 * Whether two sets of conversations call their tools differently: the Jensen-Shannon divergence of
 * their tool bigrams, start and end included, against its own distribution when conversations are
 * dealt to the two sets at random.
 *
 * Assumes that conversations are exchangeable when nothing changed; within a conversation nothing is
 * assumed, so the conversation is what is dealt. With strata (one task each, say) they are dealt
 * within a stratum only: conversations of one task are alike, and dealing over tasks would hide a
 * change behind their differences. There is no fixed limit: two halves of the same 40 runs differ by
 * more bits than two models with 4,000.
 */
import { stepsOf } from '../aggregate/surprisal.ts'
import type { Random } from './simulation/random.ts'

export interface Trajectory {
  tools: readonly string[]
  /** Dealt only among conversations of the same stratum. */
  stratum: string
}

export interface TrajectoryChange {
  divergenceBits: number
  /** (1 + permutations at least as far apart) / (1 + permutations). */
  p: number
  permutations: number
  /** Mean divergence of the permutations: what chance alone gives here. */
  expectedBits: number
}

/** A conversation as indices of its bigrams: a permutation then only adds numbers. */
const indexed = (all: readonly Trajectory[]): { steps: number[][]; kinds: number } => {
  const known = new Map<string, number>()
  const steps = all.map(({ tools }) =>
    stepsOf(tools).map((step) => {
      const key = JSON.stringify(step)
      const index = known.get(key) ?? known.size
      known.set(key, index)
      return index
    }),
  )
  return { steps, kinds: known.size }
}

const term = (share: number, mixed: number): number =>
  share === 0 ? 0 : share * Math.log2(share / mixed)

const divergence = (first: Float64Array, total: Float64Array): number => {
  let n = 0
  let both = 0
  for (const count of first) n += count
  for (const count of total) both += count
  let bits = 0
  for (let k = 0; k < total.length; k++) {
    const a = first[k] ?? 0
    const p = a / n
    const q = ((total[k] ?? 0) - a) / (both - n)
    const mixed = (p + q) / 2
    bits += (term(p, mixed) + term(q, mixed)) / 2
  }
  return Math.max(0, bits)
}

/** Positions by stratum, in the order of the trajectories. */
const strataOf = (all: readonly Trajectory[]): number[][] => {
  const strata = new Map<string, number[]>()
  for (const [i, { stratum }] of all.entries()) {
    const members = strata.get(stratum)
    if (members === undefined) strata.set(stratum, [i])
    else members.push(i)
  }
  return [...strata.values()]
}

/** Fisher and Yates. */
const shuffle = (items: number[], random: Random): void => {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const a = items[i] ?? 0
    items[i] = items[j] ?? 0
    items[j] = a
  }
}

/** Undefined when a side has no conversation. */
export const trajectoryChange = (
  first: readonly Trajectory[],
  second: readonly Trajectory[],
  permutations: number,
  random: Random,
): TrajectoryChange | undefined => {
  if (first.length === 0 || second.length === 0) return undefined
  const all = [...first, ...second]
  const { steps, kinds } = indexed(all)
  const countOf = (members: readonly number[]): Float64Array => {
    const counts = new Float64Array(kinds)
    for (const member of members) {
      for (const k of steps[member] ?? []) counts[k] = (counts[k] ?? 0) + 1
    }
    return counts
  }
  const total = countOf([...all.keys()])
  const observed = divergence(countOf([...first.keys()]), total)
  const strata = strataOf(all).map((members) => ({
    members,
    taken: members.filter((member) => member < first.length).length,
  }))
  let atLeast = 0
  let sum = 0
  for (let i = 0; i < permutations; i++) {
    const dealt: number[] = []
    for (const { members, taken } of strata) {
      shuffle(members, random)
      dealt.push(...members.slice(0, taken))
    }
    const bits = divergence(countOf(dealt), total)
    sum += bits
    // Equal deals may differ by rounding.
    if (bits >= observed - 1e-12) atLeast++
  }
  return {
    divergenceBits: observed,
    p: (1 + atLeast) / (1 + permutations),
    permutations,
    expectedBits: sum / permutations,
  }
}
