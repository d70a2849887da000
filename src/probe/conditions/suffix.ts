/**
 * `suffix=static`: a fixed adversarial ending. `suffix=nonsense`: an ending of the same form without
 * meaning, by which what any odd ending does is told apart.
 */
import type { ConditionKind } from './condition.ts'
import { frame } from './framed.ts'

const topics: ReadonlyMap<string, string> = new Map([
  ['static', 'suffix'],
  ['nonsense', 'suffix-control'],
])

export const suffix: ConditionKind = {
  id: 'suffix',
  values: [...topics.keys()].join(' or '),
  create(value, { framings, seed }) {
    const topic = topics.get(value)
    if (topic === undefined) return 'must be static or nonsense'
    const chosen = framings.filter((framing) => framing.topic === topic)
    if (chosen.length === 0) return 'needs an adversarial suite with suffixes, which is not loaded'
    return (probe) => frame(probe, chosen, seed)
  },
}
