/**
 * Finds phrases in a row of words. Own and small instead of regular expressions: phrases of all
 * languages are looked up at once by their first word, and what may follow is told by one bit. The
 * work has a budget: when it is spent, the rest is not searched, and no answer can make it slow.
 */

import { normalise } from './normalise.ts'
import { type PhraseWord, Vocabulary, type WordMatch } from './phrase-vocabulary.ts'
import { type Cue, cues, type PhraseSet } from './phrases/phrase-set.ts'
import { tokenise } from './tokens.ts'

/** The numbers of a row of words. */
type Choice = readonly number[]

interface Element {
  /** Words that may stand between this element and the one before. */
  gap: number
  choices: readonly Choice[]
  /** Choices by the number of their first word, and one bit for each such number. */
  byFirst: ReadonlyMap<number, readonly Choice[]>
  firsts: Uint32Array
  optional: boolean
}

interface Phrase {
  cue: number
  language: string
  atStart: boolean
  elements: readonly Element[]
}

interface Entry {
  phrase: Phrase
  choice: Choice
}

/** What may begin with one word: whatever follows, or by the number of the second word. */
interface Beginnings {
  any: Entry[]
  bySecond: Map<number, Entry[]>
}

export interface Hit {
  cue: Cue
  language: string
  /** Index of the phrase's first word in the sentence. */
  at: number
  /** Index behind its last word. */
  end: number
}

/** Steps a search may still take; one budget can be shared by the sentences of an answer. */
export interface Work {
  left: number
}

const gapMax = 24
const gapsMax = 3

const parseWords = (text: string, vocabulary: Vocabulary): number[] => {
  const ids: number[] = []
  for (const piece of normalise(text.replaceAll('*', '\ue000')).split(/\s+/)) {
    const prefix = piece.endsWith('\ue000')
    const suffix = piece.startsWith('\ue000')
    const parts = tokenise(piece)
    parts.forEach((part, i) => {
      let match: WordMatch = 'exact'
      if (suffix && i === 0) match = 'suffix'
      if (prefix && i === parts.length - 1) match = 'prefix'
      ids.push(vocabulary.add(part, match))
    })
  }
  return ids
}

const groupByFirst = (choices: readonly Choice[]): Map<number, Choice[]> => {
  const byFirst = new Map<number, Choice[]>()
  for (const choice of choices) {
    const [first] = choice
    if (first === undefined) continue
    const known = byFirst.get(first)
    if (known === undefined) byFirst.set(first, [choice])
    else known.push(choice)
  }
  return byFirst
}

const bitsOf = (ids: Iterable<number>): Uint32Array => {
  const list = [...ids]
  const bits = new Uint32Array((Math.max(0, ...list) >>> 5) + 1)
  for (const id of list) bits[id >>> 5] = (bits[id >>> 5] ?? 0) | (1 << (id & 31))
  return bits
}

const parsePhrase = (
  source: string,
  cue: number,
  language: string,
  vocabulary: Vocabulary,
): Phrase => {
  const fail = (why: string): never => {
    throw new Error(`phrase "${source}" (${language}): ${why}`)
  }
  const atStart = source.startsWith('^')
  const elements: Element[] = []
  let gap = 0
  for (const [piece] of source.slice(atStart ? 1 : 0).matchAll(/\([^()]*\)|<\d+>|[^()<>]+/g)) {
    if (piece.startsWith('<')) {
      gap = Number(piece.slice(1, -1))
      if (gap > gapMax || elements.length === 0) fail('gap too wide or at the start')
      continue
    }
    const texts = piece.startsWith('(') ? piece.slice(1, -1).split('|') : [piece]
    const choices = texts.map((text) => parseWords(text, vocabulary))
    if (!piece.startsWith('(') && choices[0]?.length === 0) continue
    const optional = choices.some((c) => c.length === 0)
    if (elements.length === 0 && optional) fail('begins with an option')
    const byFirst = groupByFirst(choices)
    elements.push({ gap, choices, byFirst, firsts: bitsOf(byFirst.keys()), optional })
    gap = 0
  }
  if (elements.length === 0 || gap > 0) fail('empty, or ends with a gap')
  if (elements.filter((e) => e.gap > 0).length > gapsMax) fail('too many gaps')
  return { cue, language, atStart, elements }
}

/** One search of one sentence. */
class Search {
  readonly words: readonly PhraseWord[]
  readonly hits: Hit[] = []
  readonly #work: Work
  /** One bit for each cue that was found. */
  #seen = 0

  constructor(words: readonly PhraseWord[], work: Work) {
    this.words = words
    this.#work = work
  }

  tryAll(entries: readonly Entry[], at: number): void {
    for (const { phrase, choice } of entries) {
      if ((this.#seen & (1 << phrase.cue)) !== 0 || (phrase.atStart && at > 0)) continue
      if (!this.#choice(choice, at)) continue
      const end = this.#rest(phrase.elements, 1, at + choice.length)
      if (end < 0) continue
      this.#seen |= 1 << phrase.cue
      const cue = cues[phrase.cue]
      if (cue !== undefined) this.hits.push({ cue, language: phrase.language, at, end })
    }
  }

  /** Whether a choice stands here; its first word is known to. */
  #choice(choice: Choice, at: number): boolean {
    this.#work.left--
    for (let i = 1; i < choice.length; i++) {
      const id = choice[i] ?? 0
      const word = this.words[at + i]
      if (word === undefined) return false
      if (word.exact !== id && word.wild?.includes(id) !== true) return false
    }
    return true
  }

  /** The index behind the rest of a phrase; -1 when it does not stand here. */
  #rest(elements: readonly Element[], index: number, at: number): number {
    const element = elements[index]
    if (element === undefined) return at
    const last = Math.min(at + element.gap, this.words.length - 1)
    this.#work.left -= 1 + last - at
    if (this.#work.left < 0) return -1
    for (let here = at; here <= last; here++) {
      const { exact: id = 0, wild } = this.words[here] ?? {}
      const bit = (element.firsts[id >>> 5] ?? 0) & (1 << (id & 31))
      let end = bit === 0 ? -1 : this.#follows(element, elements, index, here, id)
      if (wild !== undefined) {
        for (const other of wild) {
          if (end < 0) end = this.#follows(element, elements, index, here, other)
        }
      }
      if (end < 0 && element.optional) end = this.#rest(elements, index + 1, here)
      if (end >= 0) return end
    }
    // An option at the very end of a sentence may be left out.
    return element.optional ? this.#rest(elements, index + 1, this.words.length) : -1
  }

  #follows(
    element: Element,
    elements: readonly Element[],
    index: number,
    at: number,
    first: number,
  ): number {
    for (const choice of element.byFirst.get(first) ?? []) {
      if (!this.#choice(choice, at)) continue
      const end = this.#rest(elements, index + 1, at + choice.length)
      if (end >= 0) return end
    }
    return -1
  }
}

const everything = (): Work => ({ left: Number.POSITIVE_INFINITY })

export class PhraseMatcher {
  readonly #vocabulary = new Vocabulary()
  /** By the number of the first word. */
  readonly #beginnings: readonly (Beginnings | undefined)[]
  readonly phraseCount: number

  constructor(sets: readonly PhraseSet[]) {
    const beginnings = new Map<number, Beginnings>()
    let count = 0
    for (const set of sets) {
      cues.forEach((cue, cueIndex) => {
        for (const source of set[cue]) {
          count++
          const phrase = parsePhrase(source, cueIndex, set.language, this.#vocabulary)
          for (const choice of phrase.elements[0]?.choices ?? []) {
            const [first, second = 0] = choice
            if (first === undefined) continue
            const of = beginnings.get(first) ?? { any: [], bySecond: new Map<number, Entry[]>() }
            beginnings.set(first, of)
            const known = second === 0 ? of.any : of.bySecond.get(second)
            if (known === undefined) of.bySecond.set(second, [{ phrase, choice }])
            else known.push({ phrase, choice })
          }
        }
      })
    }
    this.#beginnings = Array.from({ length: this.#vocabulary.size }, (_, id) => beginnings.get(id))
    this.phraseCount = count
  }

  /** Above the number of any word of a phrase. */
  get wordCount(): number {
    return this.#vocabulary.size
  }

  /** What a word is to the phrases; for `findIn`. */
  look(token: string): PhraseWord {
    return this.#vocabulary.look(token)
  }

  /** The first place of each cue in a sentence, as far as the work allowed reaches. */
  find(tokens: readonly string[], work: Work = everything()): Hit[] {
    return this.findIn(
      tokens.map((token) => this.look(token)),
      work,
    )
  }

  /** The same for words that were looked up. */
  findIn(words: readonly PhraseWord[], work: Work = everything()): Hit[] {
    const search = new Search(words, work)
    for (let at = 0; at < words.length && work.left > 0; at++) {
      work.left--
      const { exact = 0, wild } = words[at] ?? {}
      if (exact !== 0) this.#begin(search, exact, at)
      if (wild !== undefined) for (const id of wild) this.#begin(search, id, at)
    }
    return search.hits
  }

  #begin(search: Search, id: number, at: number): void {
    const beginnings = this.#beginnings[id]
    if (beginnings === undefined) return
    search.tryAll(beginnings.any, at)
    if (beginnings.bySecond.size === 0) return
    const { exact = 0, wild } = search.words[at + 1] ?? {}
    const next = exact === 0 ? undefined : beginnings.bySecond.get(exact)
    if (next !== undefined) search.tryAll(next, at)
    for (const other of wild ?? []) {
      const entries = beginnings.bySecond.get(other)
      if (entries !== undefined) search.tryAll(entries, at)
    }
  }
}
