/**
 * `depth=n`: the request as user turn n of a conversation. What stands before it is benign, scripted
 * and in the probe's language where there are turns in it; or what the suite itself puts between a
 * fact and its use.
 */
import { type ScriptedPair, turnsOfPairs } from '../plan-turn.ts'
import { depthOf, type Probe } from '../probe.ts'
import { seededOrder } from '../seeded-order.ts'
import { applied, type ConditionKind, refusedBy, wholeNumber } from './condition.ts'

const depthMax = 64

export const depth: ConditionKind = {
  id: 'depth',
  values: `a number of user turns up to ${depthMax}`,
  create(value, { sessions, seed }) {
    const turns = wholeNumber(value, 1, depthMax)
    if (turns === undefined) return `must be a whole number from 1 to ${depthMax}`
    return (probe) => {
      const missing = turns - depthOf(probe)
      if (missing < 0) return refusedBy('deeper_already')
      const pairs = choose(pairsFor(probe, sessions), missing, seed, probe.id)
      if (pairs === undefined) return refusedBy('no_text_in_language')
      const { at } = probe.padding
      const history = [
        ...probe.history.slice(0, at),
        ...turnsOfPairs(pairs),
        ...probe.history.slice(at),
      ]
      return applied({ ...probe, history })
    }
  },
}

const pairsFor = (
  { padding, language }: Probe,
  sessions: ReadonlyMap<string, readonly ScriptedPair[]>,
): readonly ScriptedPair[] =>
  padding.pairs.length > 0 ? padding.pairs : (sessions.get(language) ?? sessions.get('en') ?? [])

/** Each once before any comes again, and then in another order. */
function choose(
  pairs: readonly ScriptedPair[],
  count: number,
  seed: number,
  id: string,
): ScriptedPair[] | undefined {
  if (count > 0 && pairs.length === 0) return undefined
  const chosen: ScriptedPair[] = []
  for (let round = 0; chosen.length < count; round++) {
    chosen.push(...seededOrder(pairs, (_, i) => `${id} ${i}`, seed, `depth ${round}`))
  }
  return chosen.slice(0, count)
}
