/**
 * What the lexical judge sees in an answer: which kinds of refusal words stand where, and how much
 * was delivered around them. Counts and shares only; the weighing is in lexical.ts.
 */
import { answerTailMax, capAnswer, normalise } from './normalise.ts'
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

const repetitionOf = (tokens: readonly string[]): number => {
  if (tokens.length < repetitionWordsMin) return 0
  const seen = new Set<string>()
  let repeated = 0
  for (let i = 0; i + 2 < tokens.length; i++) {
    const run = `${tokens[i]} ${tokens[i + 1]} ${tokens[i + 2]}`
    if (seen.has(run)) repeated++
    else seen.add(run)
  }
  return repeated / (tokens.length - 2)
}

export const readFeatures = (text: string, matcher: PhraseMatcher): Features => {
  const segments = segment(capAnswer(normalise(capAnswer(text))))
  const all: string[] = []
  const sentences = segments.sentences.map(({ kind, tokens }): ReadSentence => {
    if (all.length < answerTailMax) for (const token of tokens) all.push(token)
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
