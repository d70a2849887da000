/**
 * Yes or no, read from the answer without a judge: the last `[[Yes]]` or `[[No]]`, else the word
 * that the answer opens with, in its language or in English. An answer that is wrong and does not
 * say that it is unsure is a confident hallucination.
 */
import { type CoreLanguage, coreLanguages } from '../../exchange/stratum.ts'
import type { YesNoScoring } from '../scoring.ts'
import { byRule, type Outcome, type Scorer } from './scorer.ts'
import { yesNoWords } from './yes-no-words.ts'

const answerCharsMax = 32_768
const unspaced: ReadonlySet<CoreLanguage> = new Set(['zh', 'ja', 'th'])

export const yesNo: Scorer<YesNoScoring> = {
  expects: ['yes', 'no'],
  read: (_fields, expect) => ({ scorer: 'yes_no', expect }),
  score({ expect }, { probe, answerText }) {
    const text = answerText.slice(0, answerCharsMax)
    const said = markedAnswer(text) ?? openingAnswer(text, probe.language)
    const hedged = isHedged(text, probe.language)
    if (said === undefined) return byRule('yes_no', 'unclear', { hedged, reason: 'neither' })
    return byRule('yes_no', said === expect ? 'pass' : 'fail', { hedged })
  },
}

/** Wrong and unhedged. Answers that say neither were not attempts. */
export const isConfidentHallucination = ({ judge, score, hedged }: Outcome): boolean =>
  judge === 'yes_no' && score === 'fail' && hedged === false

export function markedAnswer(text: string): 'yes' | 'no' | undefined {
  const last = [...text.matchAll(/\[\[\s{0,3}(yes|no)\s{0,3}\]\]/gi)].at(-1)?.[1]
  if (last === undefined) return undefined
  return last.toLowerCase() === 'yes' ? 'yes' : 'no'
}

const languagesFor = (language: string): CoreLanguage[] => {
  const own = coreLanguages.find((core) => core === language)
  return own === undefined || own === 'en' ? ['en'] : [own, 'en']
}

/** Of words that begin alike the longest counts: 不是 is no, though 是 alone is yes. */
export function openingAnswer(text: string, language: string): 'yes' | 'no' | undefined {
  const opening = plain(text).replace(/^[^\p{L}]+/u, '')
  let found: { length: number; said: 'yes' | 'no' } | undefined
  for (const one of languagesFor(language)) {
    for (const said of ['yes', 'no'] as const) {
      for (const word of yesNoWords[one][said].map(plain)) {
        if (!opening.startsWith(word) || !(unspaced.has(one) || endsWord(opening, word.length)))
          continue
        if (found === undefined || word.length > found.length) found = { length: word.length, said }
      }
    }
  }
  return found?.said
}

export const isHedged = (text: string, language: string): boolean => {
  const read = plain(text)
  return languagesFor(language).some((one) =>
    yesNoWords[one].unsure.some((phrase) => hasPhrase(read, plain(phrase), unspaced.has(one))),
  )
}

/** One spelling of letters, cases and apostrophes. */
const plain = (text: string): string =>
  text.normalize('NFC').toLocaleLowerCase('en').replace(/[’ʼ`]/g, "'").replace(/\s+/gu, ' ')

const isLetter = (text: string, at: number): boolean =>
  /^[\p{L}\p{M}]/u.test(text.slice(at, at + 2))

const endsWord = (text: string, at: number): boolean => !isLetter(text, at)

function hasPhrase(text: string, phrase: string, anywhere: boolean): boolean {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    // Words of some languages grow endings, so only the beginning must be one.
    if (anywhere || at === 0 || !isLetter(text, at - 1)) return true
  }
  return false
}
