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

interface Element {
  /** Words that may stand between this element and the one before. */
  gap: number
  choices: readonly (readonly Word[])[]
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
    elements.push({ gap, choices })
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
  for (let skip = 0; skip <= element.gap && at + skip <= tokens.length; skip++) {
    for (const choice of element.choices) {
      if (!matchChoice(choice, tokens, at + skip)) continue
      if (matchRest(elements, index + 1, tokens, at + skip + choice.length)) return true
    }
  }
  return false
}

/** Wildcard first words are found by their first (prefix) or last (suffix) character. */
const indexKey = (word: Word): string => {
  if (word.match === 'exact') return word.text
  return word.match === 'prefix' ? `^${word.text.charAt(0)}` : `$${word.text.slice(-1)}`
}

export class PhraseMatcher {
  readonly #index = new Map<string, Entry[]>()
  readonly phraseCount: number

  constructor(sets: readonly PhraseSet[]) {
    let count = 0
    for (const set of sets) {
      cues.forEach((cue, cueIndex) => {
        for (const source of set[cue]) {
          count++
          const phrase = parsePhrase(source, cueIndex, set.language)
          for (const choice of phrase.elements[0]?.choices ?? []) this.#add(phrase, choice)
        }
      })
    }
    this.phraseCount = count
  }

  #add(phrase: Phrase, choice: readonly Word[]): void {
    const first = choice[0]
    if (first === undefined) return
    const key = indexKey(first)
    const entries = this.#index.get(key)
    if (entries === undefined) this.#index.set(key, [{ phrase, choice }])
    else entries.push({ phrase, choice })
  }

  /** The first place of each cue in a sentence; `only` restricts the languages looked for. */
  find(tokens: readonly string[], only?: ReadonlySet<string>): Hit[] {
    const hits: Hit[] = []
    let seen = 0
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at] ?? ''
      for (const key of [token, `^${token.charAt(0)}`, `$${token.slice(-1)}`]) {
        for (const { phrase, choice } of this.#index.get(key) ?? []) {
          if ((seen & (1 << phrase.cue)) !== 0) continue
          if (phrase.atStart && at > 0) continue
          if (only !== undefined && !only.has(phrase.language)) continue
          if (!matchChoice(choice, tokens, at)) continue
          if (!matchRest(phrase.elements, 1, tokens, at + choice.length)) continue
          seen |= 1 << phrase.cue
          const cue = cues[phrase.cue]
          if (cue !== undefined) hits.push({ cue, language: phrase.language, at })
        }
      }
    }
    return hits
  }
}
