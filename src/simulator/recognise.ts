/** Which of its own texts the simulated model was asked, and in which language it was asked. */
import { type CoreLanguage, coreLanguages } from '../exchange/stratum.ts'
import type { Asked } from './asked.ts'
import type { FindKnownRequest } from './known-requests.ts'
import { simulatorTexts } from './texts/texts.ts'

/** Languages whose letters decide; the order matters: Japanese text holds Han characters too. */
const scripts: readonly (readonly [CoreLanguage, RegExp])[] = [
  ['th', /\p{Script=Thai}/u],
  ['bn', /\p{Script=Bengali}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['ko', /\p{Script=Hangul}/u],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['zh', /\p{Script=Han}/u],
  ['ar', /\p{Script=Arabic}/u],
]

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{2,}/gu) ?? []

const vocabularies: readonly (readonly [CoreLanguage, ReadonlySet<string>])[] = coreLanguages.map(
  (language) => {
    const { shouldRefuse, benign, followUps, complied, refusals } = simulatorTexts[language]
    const texts = [...shouldRefuse, ...benign, ...followUps, ...complied, ...refusals]
    return [language, new Set(texts.flatMap(wordsOf))]
  },
)

/** Good enough to answer a stranger's prompt in kind; English when nothing is known. */
const guessLanguage = (text: string): CoreLanguage => {
  const start = text.slice(0, 600)
  const scripted = scripts.find(([, letters]) => letters.test(start))
  if (scripted !== undefined) return scripted[0]
  const words = [...new Set(wordsOf(start))]
  let best: CoreLanguage = 'en'
  let most = 0
  for (const [language, vocabulary] of vocabularies) {
    const hits = words.filter((word) => vocabulary.has(word)).length
    if (hits > most) [best, most] = [language, hits]
  }
  return best
}

const find = (text: string, kind: 'should_refuse' | 'benign'): Asked | undefined => {
  for (const language of coreLanguages) {
    const { shouldRefuse, benign } = simulatorTexts[language]
    const list = kind === 'should_refuse' ? shouldRefuse : benign
    const item = list.findIndex((known) => text.includes(known))
    const known = list[item]
    if (known === undefined) continue
    return { language, kind, item, drawKey: `${kind} ${item} ${text.replace(known, '').trim()}` }
  }
  return undefined
}

/** @param known requests of others that the planted behaviour is to apply to as well */
export const recognise = (text: string, known?: FindKnownRequest): Asked =>
  known?.exactly(text) ??
  find(text, 'should_refuse') ??
  find(text, 'benign') ??
  known?.within(text) ?? {
    language: guessLanguage(text),
    kind: 'other',
    item: undefined,
    drawKey: text,
  }
