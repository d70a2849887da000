/**
 * Requests of others that the simulated model recognises, so that what is planted by language, depth
 * and format applies to them too: the texts of a probe suite. The simulator's own texts stay apart
 * from them; a list that shares one is refused.
 */
import { type CoreLanguage, coreLanguages } from '../exchange/stratum.ts'
import type { Asked } from './asked.ts'
import { simulatorTexts } from './texts/texts.ts'

export interface KnownRequest {
  text: string
  language: CoreLanguage
  kind: 'should_refuse' | 'benign'
  /** The same in every language: draws are made for it. */
  key: string
}

export interface FindKnownRequest {
  exactly(text: string): Asked | undefined
  /** Somewhere in the text: the longest counts, for one may hold another. */
  within(text: string): Asked | undefined
}

export function knownRequests(list: readonly KnownRequest[]): FindKnownRequest {
  const byText = new Map<string, KnownRequest>()
  for (const request of list) byText.set(request.text, request)
  refuseOwn(byText)
  const longestFirst = [...byText.values()].sort((a, b) => b.text.length - a.text.length)
  return {
    exactly(text) {
      const request = byText.get(text.trim())
      return request === undefined ? undefined : askedFor(request, '')
    },
    within(text) {
      const request = longestFirst.find((known) => text.includes(known.text))
      return request === undefined
        ? undefined
        : askedFor(request, text.replace(request.text, () => '').trim())
    },
  }
}

const askedFor = ({ language, kind, key }: KnownRequest, around: string): Asked => ({
  language,
  kind,
  item: undefined,
  drawKey: `${kind} ${key} ${around}`,
})

function refuseOwn(byText: ReadonlyMap<string, KnownRequest>): void {
  for (const language of coreLanguages) {
    const { shouldRefuse, benign, followUps } = simulatorTexts[language]
    for (const own of [...shouldRefuse, ...benign, ...followUps]) {
      const shared = byText.get(own)
      if (shared !== undefined) {
        throw new Error(`${shared.key} in ${language} is a text of the simulator itself`)
      }
    }
  }
}
