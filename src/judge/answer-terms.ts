/**
 * The words of an answer as hashed terms, each with the zone it stands in. Words that repeat the
 * prompt's topic are blanked: a topic is no evidence of a refusal.
 */
import { bucketOf, hashText, joinHashes } from './model/hashed-terms.ts'
import { isUnspaced } from './prompt-topic.ts'

/** Words whose terms are looked at, from the front; the last sentence is always read. */
const termWordsMax = 700

interface TermSentence {
  tokens: readonly string[]
  opening: boolean
}

const blank = 0x5bd1e995

/** Hash of each word; words that repeat the prompt's topic all have the same one. */
const wordHashes = (tokens: readonly string[], topic: ReadonlySet<string>): number[] =>
  tokens.map((token, i) => {
    if (!isUnspaced(token)) return topic.has(token) ? blank : hashText(token)
    const previous = tokens[i - 1] ?? ''
    const next = tokens[i + 1] ?? ''
    return topic.has(token + next) || topic.has(previous + token) ? blank : hashText(token)
  })

/** Zones have terms of their own: the same word means another thing in an opening. */
const zoneSeeds = { opening: 0x11, later: 0x22, last: 0x33 } as const

const noStem = 0
const stemSeed = 0x100
const stemLength = 5

/** The beginnings of longer words, so that an inflected form is not a new word. */
const stemHashes = (tokens: readonly string[], topic: ReadonlySet<string>): number[] =>
  tokens.map((token) =>
    token.length > stemLength && !topic.has(token) ? hashText(token.slice(0, stemLength)) : noStem,
  )

class TermCounter {
  readonly #zones = new Map<keyof typeof zoneSeeds, Map<number, number>>()

  add(zone: keyof typeof zoneSeeds, hashes: readonly number[], stems: readonly number[]): void {
    const counts = this.#zones.get(zone) ?? new Map<number, number>()
    this.#zones.set(zone, counts)
    const seed = zoneSeeds[zone]
    let one = 0
    let two = 0
    hashes.forEach((hash, i) => {
      const single = joinHashes(seed, hash)
      counts.set(bucketOf(single), 1)
      const stem = stems[i] ?? noStem
      if (stem !== noStem) counts.set(bucketOf(joinHashes(seed + stemSeed, stem)), 1)
      if (i >= 1) counts.set(bucketOf(joinHashes(joinHashes(seed, one), hash)), 1)
      if (i >= 2 && zone !== 'later') {
        counts.set(bucketOf(joinHashes(joinHashes(joinHashes(seed, two), one), hash)), 1)
      }
      two = one
      one = hash
    })
  }

  /** Each zone has length 1, so that a long answer has no more to say than a short one. */
  terms(): Map<number, number> {
    const all = new Map<number, number>()
    for (const counts of this.#zones.values()) {
      const each = 1 / Math.sqrt(counts.size)
      for (const bucket of counts.keys()) all.set(bucket, (all.get(bucket) ?? 0) + each)
    }
    return all
  }
}

export const termsOf = (
  sentences: readonly TermSentence[],
  topic: ReadonlySet<string>,
): Map<number, number> => {
  const counter = new TermCounter()
  let words = 0
  sentences.forEach((sentence, index) => {
    const isLast = index === sentences.length - 1
    if (words > termWordsMax && !isLast) return
    words += sentence.tokens.length
    const tokens =
      sentence.tokens.length > termWordsMax
        ? sentence.tokens.slice(0, termWordsMax)
        : sentence.tokens
    const hashes = wordHashes(tokens, topic)
    const stems = stemHashes(tokens, topic)
    counter.add(sentence.opening ? 'opening' : 'later', hashes, stems)
    if (isLast) counter.add('last', hashes, [])
  })
  return counter.terms()
}
