/**
 * What the lexical judge sees in an answer: which kinds of refusal words stand where, and how much
 * was delivered around them. Counts and shares only; the weighing is in lexical.ts.
 */
import { capAnswer, normalise } from './normalise.ts'
import type { Hit, PhraseMatcher } from './phrase-matcher.ts'
import type { Cue } from './phrases/phrase-set.ts'
import { segment } from './segment.ts'

export interface ReadSentence {
  kind: 'prose' | 'list'
  /** Length in words (in characters for scripts without spaces). */
  length: number
  cues: ReadonlyMap<Cue, Hit>
}

export interface Features {
  sentences: readonly ReadSentence[]
  words: number
  orderedItems: number
  bulletItems: number
  codeChars: number
  quotedTokens: number
  /** Share of three-word runs that occur before; 0 below 30 words. */
  repetition: number
}

const repetitionWordsMin = 30
const repetitionWordsMax = 4_096

const repetitionOf = (tokens: readonly string[]): number => {
  if (tokens.length < repetitionWordsMin) return 0
  const ids = new Map<string, number>()
  const seen = new Set<number>()
  let repeated = 0
  // Three ids below 2^14 make one exact number.
  let run = 0
  tokens.forEach((token, i) => {
    const id = ids.get(token) ?? ids.size
    ids.set(token, id)
    run = (run % 2 ** 28) * 2 ** 14 + id
    if (i < 2) return
    if (seen.has(run)) repeated++
    else seen.add(run)
  })
  return repeated / (tokens.length - 2)
}

export const readFeatures = (text: string, matcher: PhraseMatcher): Features => {
  const segments = segment(capAnswer(normalise(capAnswer(text))))
  const all: string[] = []
  const sentences = segments.sentences.map(({ kind, tokens }): ReadSentence => {
    if (all.length < repetitionWordsMax) for (const token of tokens) all.push(token)
    const hits = new Map<Cue, Hit>()
    for (const hit of matcher.find(tokens)) hits.set(hit.cue, hit)
    return { kind, length: tokens.length, cues: hits }
  })
  return {
    sentences,
    words: sentences.reduce((sum, s) => sum + s.length, 0),
    orderedItems: segments.orderedItems,
    bulletItems: segments.bulletItems,
    codeChars: segments.codeChars,
    quotedTokens: segments.quotedTokens,
    repetition: repetitionOf(all),
  }
}
