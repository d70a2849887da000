/**
 * Finds phrases in a row of words. Own and small instead of regular expressions: phrases of all
 * languages are looked up at once by their first word, and a match costs at most the product of
 * its gaps, so no answer can make it slow.
 */

import { normalise } from './normalise.ts'
import { type Cue, cues, type PhraseSet } from './phrases/phrase-set.ts'
import { tokenise } from './tokens.ts'

interface Word {
  text: string
  match: 'exact' | 'prefix' | 'suffix'
}

/** Choices by their first word: what could begin at a token is found without trying them all. */
class Choices<T> {
  readonly #exact = new Map<string, T[]>()
  readonly #prefix = new Map<string, T[]>()
  readonly #suffix = new Map<string, T[]>()

  add(first: Word, value: T): void {
    const [map, key] =
      first.match === 'exact'
        ? [this.#exact, first.text]
        : first.match === 'prefix'
          ? [this.#prefix, first.text.charAt(0)]
          : [this.#suffix, first.text.slice(-1)]
    const known = map.get(key)
    if (known === undefined) map.set(key, [value])
    else known.push(value)
  }

  /** True as soon as `accept` takes a candidate. */
  some(token: string, accept: (value: T) => boolean): boolean {
    if (this.#exact.get(token)?.some(accept)) return true
    if (this.#prefix.size > 0 && this.#prefix.get(token.charAt(0))?.some(accept)) return true
    return this.#suffix.size > 0 && (this.#suffix.get(token.slice(-1))?.some(accept) ?? false)
  }
}

interface Element {
  /** Words that may stand between this element and the one before. */
  gap: number
  choices: readonly (readonly Word[])[]
  lookup: Choices<readonly Word[]>
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
  choice: readonly Word[]
}

export interface Hit {
  cue: Cue
  language: string
  /** Index of the phrase's first word in the sentence. */
  at: number
}

const gapMax = 24
const gapsMax = 3

const parseWords = (text: string): Word[] => {
  const words: Word[] = []
  for (const piece of normalise(text.replaceAll('*', '\ue000')).split(/\s+/)) {
    const prefix = piece.endsWith('\ue000')
    const suffix = piece.startsWith('\ue000')
    const parts = tokenise(piece)
    parts.forEach((part, i) => {
      const wild =
        prefix && i === parts.length - 1 ? 'prefix' : suffix && i === 0 ? 'suffix' : 'exact'
      words.push({ text: part, match: wild })
    })
  }
  return words
}

const parsePhrase = (source: string, cue: number, language: string): Phrase => {
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
    const choices = piece.startsWith('(')
      ? piece.slice(1, -1).split('|').map(parseWords)
      : [parseWords(piece)]
    if (!piece.startsWith('(') && choices[0]?.length === 0) continue
    if (elements.length === 0 && choices.some((c) => c.length === 0)) fail('begins with an option')
    const lookup = new Choices<readonly Word[]>()
    for (const choice of choices) if (choice[0] !== undefined) lookup.add(choice[0], choice)
    elements.push({ gap, choices, lookup, optional: choices.some((c) => c.length === 0) })
    gap = 0
  }
  if (elements.length === 0 || gap > 0) fail('empty, or ends with a gap')
  if (elements.filter((e) => e.gap > 0).length > gapsMax) fail('too many gaps')
  return { cue, language, atStart, elements }
}

const wordMatches = (word: Word, token: string | undefined): boolean => {
  if (token === undefined) return false
  if (word.match === 'exact') return token === word.text
  return word.match === 'prefix' ? token.startsWith(word.text) : token.endsWith(word.text)
}

const matchChoice = (choice: readonly Word[], tokens: readonly string[], at: number): boolean => {
  for (let i = 0; i < choice.length; i++) {
    const word = choice[i]
    if (word === undefined || !wordMatches(word, tokens[at + i])) return false
  }
  return true
}

const matchRest = (
  elements: readonly Element[],
  index: number,
  tokens: readonly string[],
  at: number,
): boolean => {
  const element = elements[index]
  if (element === undefined) return true
  for (let skip = 0; skip <= element.gap; skip++) {
    const here = at + skip
    const token = tokens[here]
    if (token !== undefined) {
      const found = element.lookup.some(
        token,
        (choice) =>
          matchChoice(choice, tokens, here) &&
          matchRest(elements, index + 1, tokens, here + choice.length),
      )
      if (found) return true
    }
    if (element.optional && matchRest(elements, index + 1, tokens, here)) return true
    if (token === undefined) return false
  }
  return false
}

export class PhraseMatcher {
  readonly #index = new Choices<Entry>()
  readonly phraseCount: number

  constructor(sets: readonly PhraseSet[]) {
    let count = 0
    for (const set of sets) {
      cues.forEach((cue, cueIndex) => {
        for (const source of set[cue]) {
          count++
          const phrase = parsePhrase(source, cueIndex, set.language)
          for (const choice of phrase.elements[0]?.choices ?? []) {
            if (choice[0] !== undefined) this.#index.add(choice[0], { phrase, choice })
          }
        }
      })
    }
    this.phraseCount = count
  }

  /** The first place of each cue in a sentence. */
  find(tokens: readonly string[]): Hit[] {
    const hits: Hit[] = []
    let seen = 0
    tokens.forEach((token, at) => {
      this.#index.some(token, ({ phrase, choice }) => {
        if ((seen & (1 << phrase.cue)) !== 0 || (phrase.atStart && at > 0)) return false
        if (!matchChoice(choice, tokens, at)) return false
        if (!matchRest(phrase.elements, 1, tokens, at + choice.length)) return false
        seen |= 1 << phrase.cue
        const cue = cues[phrase.cue]
        if (cue !== undefined) hits.push({ cue, language: phrase.language, at })
        return false
      })
    })
    return hits
  }
}
