/**
 * The words of one answer. What several features ask of a word hangs on the word alone, and an answer
 * uses most of its words again, so each different one is looked up once.
 */
import { type SaidWord, sayingOf } from './first-person-negation.ts'
import { hashPart, hashText } from './model/hashed-terms.ts'
import type { PhraseMatcher } from './phrase-matcher.ts'
import type { PhraseWord } from './phrase-vocabulary.ts'
import { isNumberCode, isUnspaced } from './tokens.ts'

export interface Word extends PhraseWord, SaidWord {
  /** Different words of an answer have different numbers, from 1 and below `wordNumbers`. */
  readonly id: number
  /** A character of a script without spaces. */
  readonly unspaced: boolean
  /** Long enough to be of the answer's subject. */
  readonly content: boolean
  readonly hasNumber: boolean
  readonly beginsWithNumber: boolean
  /** Of its characters, as signed 32 bits. */
  readonly hash: number
  /** Of beginnings and ends of a longer word, as terms. */
  readonly affixes: readonly number[]
}

/** Above the words of all phrases and those of an answer, which has at most 16,385 characters. */
export const wordNumbers = 2 ** 16

export const contentWord = (token: string): boolean => token.length >= 4 || isUnspaced(token)

const hasNumber = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (isNumberCode(text.charCodeAt(at))) return true
  return false
}

/** Numbers as seeds, so that a word is not its own beginning; other kinds of terms have other numbers. */
const affixKinds = { head: 15, longHead: 16, tail: 17, longTail: 18 }
const noAffixes: readonly number[] = []

const affixesOf = (text: string): readonly number[] => {
  const { length } = text
  if (length <= 4) return noAffixes
  const head = hashPart(text, 0, 4, affixKinds.head) | 0
  const tail = hashPart(text, length - 3, length, affixKinds.tail) | 0
  if (length <= 6) return [head, tail]
  const longHead = hashPart(text, 0, 6, affixKinds.longHead) | 0
  return [head, tail, longHead, hashPart(text, length - 5, length, affixKinds.longTail) | 0]
}

const wordOf = (text: string, id: number, { exact, wild }: PhraseWord): Word => ({
  text,
  id,
  unspaced: isUnspaced(text),
  content: contentWord(text),
  hasNumber: hasNumber(text),
  beginsWithNumber: isNumberCode(text.charCodeAt(0)),
  hash: hashText(text) | 0,
  affixes: affixesOf(text),
  says: sayingOf(text),
  exact,
  wild,
})

/**
 * Words that phrases have are kept for the next answer, by their number: as many as there are, and
 * nothing of what anybody wrote beside them.
 */
const kept = new WeakMap<PhraseMatcher, (Word | undefined)[]>()

const keptOf = (matcher: PhraseMatcher): (Word | undefined)[] => {
  const known = kept.get(matcher) ?? Array.from({ length: matcher.wordCount })
  kept.set(matcher, known)
  return known
}

export class AnswerWords {
  readonly #matcher: PhraseMatcher
  readonly #ofPhrases: (Word | undefined)[]
  readonly #known = new Map<string, Word>()

  constructor(matcher: PhraseMatcher) {
    this.#matcher = matcher
    this.#ofPhrases = keptOf(matcher)
  }

  of(text: string): Word {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const phrase = this.#matcher.look(text)
    const word =
      phrase.exact === 0
        ? wordOf(text, this.#ofPhrases.length + this.#known.size, phrase)
        : (this.#ofPhrases[phrase.exact] ?? wordOf(text, phrase.exact, phrase))
    if (phrase.exact !== 0) this.#ofPhrases[phrase.exact] = word
    this.#known.set(text, word)
    return word
  }
}
