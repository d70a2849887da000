/**
 * The words of an answer as hashed terms: runs of up to three words (four characters in scripts
 * without spaces), beginnings and ends of longer words. Once for each sentence, and once for the
 * answer by the zone they stand in. Words that repeat the prompt's topic are blanked: a topic is no
 * evidence of a refusal.
 */
import { joinHashes } from './model/hashed-terms.ts'
import { NumberSet } from './model/number-set.ts'
import { type TermList, termListOf, termListsOf } from './model/term-list.ts'
import type { TopicSentence } from './prompt-topic.ts'

/** 2^18: 256 KB of weights at one byte each. */
export const answerTermBuckets = 262_144

/** Words of a sentence looked at. */
const sentenceWordsMax = 80
const blank = 0x5bd1e995
const beforeFirst = 0x77
const beforeThat = 0x78
const afterLast = 0x79
/** Kinds of terms have numbers of their own (15 to 18: affixes, answer-words.ts). */
const kinds = {
  one: 11,
  two: 12,
  three: 13,
  four: 14,
}

/** Whether a word repeats the topic, or in scripts without spaces a character does with the one before. */
const repeats = ({ words, onTopic }: TopicSentence, at: number, count: number): boolean => {
  if (words[at]?.unspaced !== true) return onTopic[at] === true
  // The pair of the last word looked at is not.
  if (onTopic[at] === true && at + 1 < count) return true
  return words[at - 1]?.unspaced === true && onTopic[at - 1] === true
}

/** Signed 32 bits: numbers above 2^31 are slow in sets and rows. */
const small = (hash: number): number => hash | 0

const addHashes = (hashes: number[], sentence: TopicSentence): void => {
  const { words } = sentence
  const count = Math.min(words.length, sentenceWordsMax)
  let three = 0
  let two = beforeThat
  let one = beforeFirst
  for (let at = 0; at < count; at++) {
    const word = words[at]
    if (word === undefined) break
    const known = repeats(sentence, at, count)
    const hash = known ? blank : word.hash
    const run = joinHashes(joinHashes(joinHashes(kinds.three, two), one), hash)
    hashes.push(small(joinHashes(kinds.one, hash)))
    hashes.push(small(joinHashes(joinHashes(kinds.two, one), hash)))
    hashes.push(small(run))
    if (word.unspaced) hashes.push(small(joinHashes(joinHashes(kinds.four, three), run)))
    else if (!known) for (const affix of word.affixes) hashes.push(affix)
    three = two
    two = one
    one = hash
  }
  hashes.push(small(joinHashes(joinHashes(kinds.two, one), afterLast)))
}

/** Zones have terms of their own: the same word means another thing in an opening. */
const zoneSeeds = { opening: 1, later: 2, last: 3, remarkOpening: 21, remarkLater: 22 } as const
type Zone = keyof typeof zoneSeeds

/** The hashes of the answer in hand by zone, the zones in the order in which they are met. */
class Zones {
  readonly met: NumberSet[] = []
  static readonly #sets: Readonly<Record<Zone, NumberSet>> = {
    opening: new NumberSet(),
    later: new NumberSet(),
    last: new NumberSet(),
    remarkOpening: new NumberSet(),
    remarkLater: new NumberSet(),
  }

  add(zone: Zone, hashes: readonly number[], from: number): void {
    const set = Zones.#sets[zone]
    if (!this.met.includes(set)) {
      set.clear()
      this.met.push(set)
    }
    const seed = zoneSeeds[zone]
    for (let i = from; i < hashes.length; i++) set.add(small(joinHashes(seed, hashes[i] ?? 0)))
  }
}

export interface AnswerTerms {
  /** In the order of the sentences given. */
  sentences: TermList[]
  answer: TermList
}

/** `toRemark`: the prompt asks for nothing, so the same words get weights of their own as well. */
export const answerTermsOf = (
  sentences: readonly TopicSentence[],
  toRemark: boolean,
): AnswerTerms => {
  const zones = new Zones()
  /** Of all sentences, one behind the other. */
  const hashes: number[] = []
  const ends = sentences.map((sentence, index) => {
    const from = hashes.length
    addHashes(hashes, sentence)
    zones.add(sentence.opening ? 'opening' : 'later', hashes, from)
    if (toRemark) zones.add(sentence.opening ? 'remarkOpening' : 'remarkLater', hashes, from)
    if (index === sentences.length - 1) zones.add('last', hashes, from)
    return hashes.length
  })
  return {
    sentences: termListsOf(hashes, ends, answerTermBuckets),
    answer: termListOf(zones.met, answerTermBuckets),
  }
}
