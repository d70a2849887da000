/**
 * What the learned judge reads of an answer: named features of the whole and of each sentence, the
 * hashed words of both, and what tells the classes apart. Nothing is read from the prompt alone: a
 * judge that takes a harmful request for half a refusal cannot see the drift it is there for.
 *
 * Pure and bounded.
 */
import { answerFormNames, answerFormOf } from './answer-form.ts'
import { answerOverlapNames, answerOverlapOf } from './answer-overlap.ts'
import { answerTermsOf } from './answer-terms.ts'
import { type AnswerInView, declining, type ReadSentence, type Seen, see } from './answer-view.ts'
import { anywhere, learnedFeatureNames, namedFeatures } from './learned-features.ts'
import { joinHashes } from './model/hashed-terms.ts'
import { NumberSet } from './model/number-set.ts'
import type { TermList } from './model/term-list.ts'
import type { PhraseMatcher } from './phrase-matcher.ts'
import type { Cue } from './phrases/phrase-set.ts'
import { sentenceFeatures, sentencesLookedAt } from './sentence-figures.ts'

/** Raised when a feature is read differently: weights of another revision are refused. */
export const learnedReadingRevision = 2

export interface ScoredText {
  dense: Float64Array
  terms: TermList
}

export interface LearnedVector {
  /** Named features of the first layer, and the terms of the answer. */
  answer: ScoredText
  sentences: readonly (ScoredText & { words: number })[]
  /** Named features that only the trees see. */
  more: Float64Array
  /** The prompt asks for nothing: contradicting a remark refuses nothing. */
  toRemark: boolean
}

/** Names of `answer.dense`, and of `more`. */
export const answerFeatureNames: readonly string[] = learnedFeatureNames
export const moreFeatureNames: readonly string[] = [...answerFormNames, ...answerOverlapNames]

export interface LearnedReading {
  vector: LearnedVector
  words: number
  codeChars: number
  quotedTokens: number
  listItems: number
  /** Words of sentences without any refusing phrase. */
  otherWords: number
  pivots: boolean
  hedgesInOpening: boolean
  /** Share of three-word runs that occurred before; 0 for short texts. */
  repetition: number
}

const repetitionWordsMin = 30

const runs = new NumberSet()

const repetitionOf = (sentences: readonly ReadSentence[]): number => {
  runs.clear()
  let count = 0
  let repeated = 0
  let two = 0
  let one = 0
  for (const { words } of sentences) {
    for (const { hash } of words) {
      const run = joinHashes(joinHashes(two, one), hash) | 0
      two = one
      one = hash
      if (++count < 3) continue
      if (!runs.add(run)) repeated++
    }
  }
  return count < repetitionWordsMin ? 0 : repeated / (count - 2)
}

const moreOf = (seen: Seen): Float64Array => {
  const more = new Float64Array(moreFeatureNames.length)
  more.set(answerFormOf(seen))
  more.set(answerOverlapOf(seen), answerFormNames.length)
  return more
}

const hedges: readonly Cue[] = [...declining, 'policy', 'objection', 'noAccess']
const remarkMin = 0.5

export const readLearned = (answer: AnswerInView, matcher: PhraseMatcher): LearnedReading => {
  const seen = see(answer, matcher)
  const { segments, sentences, figures } = seen
  const looked = sentencesLookedAt(sentences)
  const toRemark = seen.remark > remarkMin
  const terms = answerTermsOf(looked, toRemark)
  return {
    vector: {
      answer: { dense: namedFeatures(seen), terms: terms.answer },
      sentences: terms.sentences.map((list, index) => {
        const sentence = looked[index]
        if (sentence === undefined) throw new Error('terms of a sentence that is not there')
        return {
          dense: sentenceFeatures(sentence, index, looked.length),
          terms: list,
          words: sentence.words.length,
        }
      }),
      more: moreOf(seen),
      toRemark,
    },
    words: seen.words,
    codeChars: segments.codeChars,
    quotedTokens: segments.quotedTokens,
    listItems: seen.listItems,
    otherWords: seen.otherWords,
    pivots: anywhere(figures, 'pivot'),
    hedgesInOpening: hedges.some((cue) => figures.opening.has(cue)),
    repetition: repetitionOf(sentences),
  }
}
