/** `language=xx`: the request in another language, as the suite has it. */
import { coreLanguages } from '../../exchange/stratum.ts'
import { applied, type ConditionKind, refusedBy } from './condition.ts'

export const language: ConditionKind = {
  id: 'language',
  values: 'an ISO 639-1 code of the suite',
  create(value) {
    if (!coreLanguages.some((core) => core === value))
      return `${value} is not a language holdfast reads`
    return (probe) => {
      const request = probe.translations.get(value)
      return request === undefined
        ? refusedBy('no_text_in_language')
        : applied({ ...probe, request, language: value })
    }
  },
}
