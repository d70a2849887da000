/**
 * Named features of one sentence, and what the scores of an answer's sentences say together: a
 * refusal can stand in one sentence among many that help, or in all of them.
 */
import { flag, type ReadSentence, share } from './answer-view.ts'
import { cues } from './phrases/phrase-set.ts'

export const sentenceFeatureNames: readonly string[] = [
  ...cues,
  'self_negation',
  'list',
  'words',
  'first',
  'second',
  'last',
  'only',
  'prompt_words',
  'any_prompt_word',
  'numbers',
]

/** Sentences looked at: of longer answers the beginning and the end. */
const headSentences = 20
const tailSentences = 4

export const sentencesLookedAt = <S>(sentences: readonly S[]): readonly S[] =>
  sentences.length > headSentences + tailSentences
    ? [...sentences.slice(0, headSentences), ...sentences.slice(-tailSentences)]
    : sentences

export const sentenceFeatures = (
  sentence: ReadSentence,
  index: number,
  count: number,
): Float64Array => {
  const { words, onTopic } = sentence
  let repeated = 0
  let numbers = 0
  for (const is of onTopic) if (is) repeated++
  for (const { hasNumber } of words) if (hasNumber) numbers++
  const isList = sentence.kind === 'list'
  const features = new Float64Array(sentenceFeatureNames.length)
  let at = 0
  for (const cue of cues) features[at++] = flag(sentence.cues.has(cue))
  for (const value of [
    flag(sentence.negatesSelf),
    flag(isList),
    Math.log1p(words.length) / 4,
    flag(index === 0),
    flag(index === 1),
    flag(index === count - 1),
    flag(count === 1),
    Math.min(1, 2 * share(repeated, words.length)),
    flag(repeated > 0),
    isList ? 0 : Math.min(1, numbers / 2),
  ]) {
    features[at++] = value
  }
  return features
}

export const sentenceScoreNames = [
  'sentences_highest',
  'sentences_second_highest',
  'sentences_lowest',
  'sentences_mean',
  'sentences_first',
  'sentences_second',
  'sentences_last',
  'sentences_refusing_words',
  'sentences_refusing',
  'sentences_any',
  'sentences_refusing_first',
  'sentences_other_words',
] as const

/** Stands for the score of a sentence that is not there. */
const absent = -4
const refusingMax = 8

/** `scores` and `words` (at most what was looked at) in the order of the sentences. */
export const sentenceScores = (
  scores: readonly number[],
  words: readonly number[],
): Record<(typeof sentenceScoreNames)[number], number> => {
  const ordered = [...scores].sort((a, b) => b - a)
  let total = 0
  let mean = 0
  let refusingWords = 0
  let refusing = 0
  let anySum = 0
  scores.forEach((score, i) => {
    const count = words[i] ?? 0
    total += count
    mean += score * count
    anySum += Math.exp(score)
    if (score <= 0) return
    refusing++
    refusingWords += count
  })
  let first = 0
  while (first < scores.length && (scores[first] ?? 0) > 0) first++
  const none = scores.length === 0
  return {
    sentences_highest: ordered[0] ?? 0,
    sentences_second_highest: none ? 0 : (ordered[1] ?? absent),
    sentences_lowest: ordered.at(-1) ?? 0,
    sentences_mean: share(mean, total),
    sentences_first: scores[0] ?? 0,
    sentences_second: none ? 0 : (scores[1] ?? absent),
    sentences_last: scores.at(-1) ?? 0,
    sentences_refusing_words: share(refusingWords, total),
    sentences_refusing: Math.min(refusingMax, refusing),
    sentences_any: none ? 0 : Math.log(anySum),
    sentences_refusing_first: share(first, scores.length),
    sentences_other_words: Math.log1p(total - refusingWords),
  }
}
