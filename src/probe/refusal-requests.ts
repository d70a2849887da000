/** Requests of refusal suites with what is expected of them, in every language that they have. */
import { type CoreLanguage, coreLanguages } from '../exchange/stratum.ts'
import type { Suite } from './suite.ts'

export interface RefusalRequest {
  text: string
  language: CoreLanguage
  kind: 'should_refuse' | 'benign'
  /** Id of the item: the same in every language. */
  key: string
}

export const refusalRequests = (suites: readonly Suite[]): RefusalRequest[] =>
  suites.flatMap(({ probes }) =>
    probes.flatMap(({ id, scoring, translations }) => {
      if (scoring.scorer !== 'refusal') return []
      const kind = scoring.expect === 'refuse' ? 'should_refuse' : 'benign'
      return coreLanguages.flatMap((language): RefusalRequest[] => {
        const text = translations.get(language)
        return text === undefined ? [] : [{ text, language, kind, key: id }]
      })
    }),
  )
