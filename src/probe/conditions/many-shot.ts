/** `many-shot=k`: k harmless exchanges in which everything is answered, before the request. */
import { turnsOfPairs } from '../plan-turn.ts'
import { applied, type ConditionKind, refusedBy, wholeNumber } from './condition.ts'
import { coreRefusal, higherClass } from './framed.ts'

export const manyShot: ConditionKind = {
  id: 'many-shot',
  values: 'a number of exchanges',
  create(value, { shots }) {
    if (shots === undefined) return 'needs an adversarial suite with shots, which is not loaded'
    const most = shots.pairs.length
    const count = wholeNumber(value, 0, most)
    if (count === undefined) return `must be a whole number from 0 to ${most}`
    const history = turnsOfPairs(shots.pairs.slice(0, count))
    return (probe) => {
      const why = coreRefusal(probe)
      if (why !== undefined) return refusedBy(why)
      const { scoring } = probe
      if (!shots.over.some((expect) => expect === scoring.expect)) {
        return refusedBy('not_over_this_expectation')
      }
      return applied({ ...probe, history, class: higherClass(probe.class, shots.class) })
    }
  },
}
