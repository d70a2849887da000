/** `scaffold=name`: a pinned system prompt, with its tools and parameters, around the probe. */
import { applied, type ConditionKind, refusedBy } from './condition.ts'

export const scaffold: ConditionKind = {
  id: 'scaffold',
  values: 'the name of a file in scaffolds/',
  create(value, { scaffolds }) {
    const found = scaffolds.get(value)
    if (found === undefined) {
      const names = [...scaffolds.keys()]
      return names.length === 0
        ? 'there is no scaffold in scaffolds/'
        : `must be one of ${names.join(', ')}`
    }
    return (probe) => {
      if (probe.scaffold !== undefined) return refusedBy('has_scaffold')
      // Two sets of tools under one name would be neither scaffold nor probe.
      if (found.tools.length > 0 && probe.tools.length > 0) return refusedBy('has_tools')
      const texts = [found.system, probe.system].filter((text) => text !== undefined)
      return applied({
        ...probe,
        system: texts.length === 0 ? undefined : texts.join('\n\n'),
        tools: [...found.tools, ...probe.tools],
        results: new Map([...found.results, ...probe.results]),
        parameters: { ...probe.parameters, ...found.parameters },
        scaffold: { name: found.name, hash: found.hash },
      })
    }
  },
}
