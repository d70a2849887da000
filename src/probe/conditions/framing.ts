/** `framing=TOPIC`: one of the adversarial suite's framings of that topic around the request. */
import type { ConditionKind } from './condition.ts'
import { frame } from './framed.ts'

export const framing: ConditionKind = {
  id: 'framing',
  values: 'a topic or an item id of the adversarial suite',
  create(value, { framings, seed }) {
    const chosen = framings.filter(({ id, topic }) => topic === value || id === value)
    if (chosen.length === 0) {
      const topics = [...new Set(framings.map(({ topic }) => topic))]
      return topics.length === 0
        ? 'needs an adversarial suite, which is not loaded'
        : `must be one of ${topics.join(', ')}, or the id of an item`
    }
    return (probe) => frame(probe, chosen, seed)
  },
}
