/** `decomposition=steps`: neutral steps, each asked and answered, in place of the direct request. */
import { applied, type ConditionKind, refusedBy } from './condition.ts'

export const decomposition: ConditionKind = {
  id: 'decomposition',
  values: 'steps',
  create(value) {
    if (value !== 'steps') return 'must be steps'
    return (probe) => {
      const last = probe.steps.at(-1)
      return last === undefined
        ? refusedBy('no_steps')
        : applied({ ...probe, before: probe.steps.slice(0, -1), request: last, steps: [] })
    }
  },
}
