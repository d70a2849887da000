/**
 * The words of one answer. What several features ask of a word hangs on the word alone, and an answer
 * uses most of its words again, so each different one is looked up once.
 */
import { type SaidWord, sayingOf } from './first-person-negation.ts'
import { hashText } from './model/hashed-terms.ts'
import type { PhraseMatcher } from './phrase-matcher.ts'
import type { PhraseWord } from './phrase-vocabulary.ts'
import { isNumberCode, isUnspaced } from './tokens.ts'

export interface Word extends PhraseWord, SaidWord {
  /** Different words of an answer have different numbers, from 1. */
  readonly id: number
  /** A character of a script without spaces. */
  readonly unspaced: boolean
  /** Long enough to be of the answer's subject. */
  readonly content: boolean
  readonly hasNumber: boolean
  readonly beginsWithNumber: boolean
  /** Of its characters, as signed 32 bits. */
  readonly hash: number
}

export const contentWord = (token: string): boolean => token.length >= 4 || isUnspaced(token)

const hasNumber = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (isNumberCode(text.charCodeAt(at))) return true
  return false
}

export class AnswerWords {
  readonly #matcher: PhraseMatcher
  readonly #known = new Map<string, Word>()

  constructor(matcher: PhraseMatcher) {
    this.#matcher = matcher
  }

  of(text: string): Word {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const { exact, wild } = this.#matcher.look(text)
    const word = {
      text,
      id: this.#known.size + 1,
      unspaced: isUnspaced(text),
      content: contentWord(text),
      hasNumber: hasNumber(text),
      beginsWithNumber: isNumberCode(text.charCodeAt(0)),
      hash: hashText(text) | 0,
      says: sayingOf(text),
      exact,
      wild,
    }
    this.#known.set(text, word)
    return word
  }
}
