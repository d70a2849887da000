/** What an answer takes up of its prompt: the prompt's words, an echo of it, or its reverse. */
import { contentWord, type Word, wordNumbers } from './answer-words.ts'
import { negates, said } from './first-person-negation.ts'
import { NumberSet } from './model/number-set.ts'
import { isUnspaced } from './tokens.ts'

/** Words of the prompt that carry its topic; pairs in scripts without spaces. */
export interface Topic {
  readonly words: ReadonlySet<string>
  /** Two characters as one number. */
  readonly pairs: ReadonlySet<number>
  readonly size: number
}

const pairOf = (first: string, second: string): number =>
  (first.charCodeAt(0) << 16) | second.charCodeAt(0)

export const topicOf = (tokens: readonly string[]): Topic => {
  const words = new Set<string>()
  const pairs = new Set<number>()
  tokens.forEach((token, i) => {
    if (isUnspaced(token)) {
      const next = tokens[i + 1]
      if (next !== undefined && isUnspaced(next)) pairs.add(pairOf(token, next))
    } else if (contentWord(token)) words.add(token)
  })
  return { words, pairs, size: words.size + pairs.size }
}

/** For each word of a sentence whether it (or the pair it begins) is of the topic. */
export const onTopic = (words: readonly Word[], topic: Topic): boolean[] =>
  words.map(({ text, unspaced }, at) => {
    if (!unspaced) return topic.words.has(text)
    const next = words[at + 1]
    return next !== undefined && next.unspaced && topic.pairs.has(pairOf(text, next.text))
  })

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

export interface Overlap {
  takenUp: number
  inOpening: number
  newWords: number
  variety: number
}

export interface TopicSentence {
  words: readonly Word[]
  /** For each of its words. */
  onTopic: readonly boolean[]
  opening: boolean
}

/** Tells words apart, and in scripts without spaces a character with the word that follows. */
const keyOf = (words: readonly Word[], at: number): number => {
  const word = words[at]
  if (word === undefined) return 0
  return word.unspaced ? (word.id * wordNumbers) | (words[at + 1]?.id ?? 0) : word.id
}

const distinct = new NumberSet()

export const overlapOf = (sentences: readonly TopicSentence[], topic: Topic): Overlap => {
  const taken = new Set<number>()
  const opened = new Set<number>()
  let fresh = 0
  let total = 0
  distinct.clear()
  for (const { words, onTopic, opening } of sentences) {
    total += words.length
    for (let at = 0; at < words.length; at++) {
      const key = keyOf(words, at)
      const isNew = distinct.add(key)
      if (onTopic[at] === true) {
        taken.add(key)
        if (opening) opened.add(key)
      } else if (isNew && words[at]?.content === true) fresh++
    }
  }
  return {
    takenUp: share(taken.size, topic.size),
    inOpening: share(opened.size, topic.size),
    newWords: Math.log1p(fresh) / 6,
    variety: share(distinct.size, total),
  }
}

/** Share of the prompt's topic that the first sentence takes up for it to be an echo. */
const echoMin = 0.4

/**
 * Whether the first sentence takes up the prompt's words, and turns them round: "why was it right?"
 * answered by "it was not right". Undefined when it does not take them up.
 */
export const contradicts = (
  promptTokens: readonly string[],
  topic: Topic,
  first: Pick<TopicSentence, 'words' | 'onTopic'> | undefined,
): boolean | undefined => {
  if (first === undefined || topic.size === 0) return undefined
  const taken = new Set<number>()
  first.onTopic.forEach((is, at) => {
    if (is) taken.add(keyOf(first.words, at))
  })
  if (taken.size / topic.size < echoMin) return undefined
  return negates(first.words) !== negates(promptTokens.map(said))
}
