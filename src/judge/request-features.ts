/**
 * What the request classifier sees: how often each topic of the lexicon is touched and what touches
 * what (violence beside a person, violence beside a thing, violence in a story), the form of the
 * question, and the words themselves, hashed.
 *
 * Pure and bounded: at most 2 KB of the request are read.
 */
import type { FeatureVector } from './model/feature-vector.ts'
import { bucketOf, hashText, joinHashes } from './model/hashed-terms.ts'
import { normalise } from './normalise.ts'
import { english } from './request-lexicon/english.ts'
import { european } from './request-lexicon/european.ts'
import { further } from './request-lexicon/further.ts'
import { type Topic, type TopicWords, topics } from './request-lexicon/lexicon.ts'
import { isUnspacedCode, tokenise } from './tokens.ts'

/** Raised when a feature is read differently: weights of another revision are refused. */
export const requestFeaturesRevision = 1

/** Characters read: the head and, of longer requests, the tail. */
const headMax = 1500
const tailMax = 500

export const requestLexicon: readonly TopicWords[] = [english, ...european, ...further]

const harms: readonly Topic[] = [
  'violence',
  'crime',
  'weapon',
  'drug',
  'self_harm',
  'privacy',
  'hate',
  'deceit',
  'sexual',
]
const softeners: readonly Topic[] = ['harmless', 'protective', 'fiction']
const targets: readonly Topic[] = ['person', 'group']

const pairs: readonly (readonly [Topic, Topic])[] = [
  ...harms.flatMap((harm) => [...targets, ...softeners].map((other) => [harm, other] as const)),
  ['weapon', 'violence'],
  ['crime', 'privacy'],
  ['group', 'hate'],
  ['group', 'rights'],
  ['group', 'absurd'],
  ['harmless', 'rights'],
  ['atrocity', 'justify'],
  ['atrocity', 'deceit'],
  ['atrocity', 'violence'],
  ['deceit', 'protective'],
]

/** A person or a thing this many words after a harmful word is what it is done to. */
const nearWords = 3

const formNames = [
  'no_topic',
  'harms',
  'harms_without_softener',
  'softeners_without_harm',
  'harm_near_target',
  'harm_near_harmless',
  'harm_first',
  'question_mark',
  'first_person',
  'how_to',
  'order',
  'what_is',
  'quoted_harm',
  'words',
  'words_over_30',
  'why',
  'names',
  'my_person',
] as const

/** The form of the request beside its topic: "what is arson" and "how do I commit arson" differ. */
const formPairs: readonly (readonly [(typeof formNames)[number], Topic])[] = [
  ...(['how_to', 'what_is', 'order', 'first_person'] as const).flatMap((form) =>
    [...harms, 'atrocity' as const].map((topic) => [form, topic] as const),
  ),
  ['why', 'group'],
  ['why', 'rights'],
  ['why', 'absurd'],
  ['why', 'atrocity'],
  ['why', 'justify'],
  ['why', 'harmless'],
  ['names', 'privacy'],
  ['names', 'violence'],
  ['my_person', 'privacy'],
  ['my_person', 'violence'],
  ['harm_near_target', 'protective'],
  ['harm_near_target', 'fiction'],
]

export const requestFeatureNames: readonly string[] = [
  ...formNames,
  ...topics.map((topic) => `has_${topic}`),
  ...topics.map((topic) => `count_${topic}`),
  ...pairs.map(([a, b]) => `${a}_with_${b}`),
  ...formPairs.map(([form, topic]) => `${form}_and_${topic}`),
]

interface Entry {
  words: readonly string[]
  prefix: boolean
  topic: Topic
}

interface Lexicon {
  byStart: ReadonlyMap<string, readonly Entry[]>
  anywhere: readonly { text: string; topic: Topic }[]
}

const keyLength = 2

const buildLexicon = (): Lexicon => {
  const byStart = new Map<string, Entry[]>()
  const anywhere: { text: string; topic: Topic }[] = []
  for (const set of requestLexicon) {
    for (const topic of topics) {
      for (const raw of (set[topic] ?? '').split(' ').filter(Boolean)) {
        const prefix = raw.endsWith('*')
        const text = normalise(raw.replace(/\*$/, '').replaceAll('_', ' '))
        if (isUnspacedCode(text.charCodeAt(0))) {
          anywhere.push({ text, topic })
          continue
        }
        const words = tokenise(text)
        const key = (words[0] ?? '').slice(0, keyLength)
        const entries = byStart.get(key) ?? []
        byStart.set(key, entries)
        entries.push({ words, prefix, topic })
      }
    }
  }
  return { byStart, anywhere }
}

let built: Lexicon | undefined

const matches = (entry: Entry, tokens: readonly string[], at: number): boolean =>
  entry.words.every((word, i) => {
    const token = tokens[at + i]
    if (token === undefined) return false
    return entry.prefix && i === entry.words.length - 1 ? token.startsWith(word) : token === word
  })

interface Touch {
  topic: Topic
  /** Place in words; in characters for scripts without spaces. */
  at: number
}

const touchesOf = (text: string, tokens: readonly string[]): Touch[] => {
  built ??= buildLexicon()
  const { byStart, anywhere } = built
  const touches: Touch[] = []
  let unspaced = false
  tokens.forEach((token, at) => {
    if (token.length === 1 && isUnspacedCode(token.charCodeAt(0))) unspaced = true
    const found = new Set<Topic>()
    for (const entry of byStart.get(token.slice(0, keyLength)) ?? []) {
      if (found.has(entry.topic) || !matches(entry, tokens, at)) continue
      found.add(entry.topic)
      touches.push({ topic: entry.topic, at })
    }
  })
  if (!unspaced) return touches
  for (const { text: wanted, topic } of anywhere) {
    const at = text.indexOf(wanted)
    if (at >= 0) touches.push({ topic, at })
  }
  return touches
}

const isHarm = new Set<Topic>(harms)
const isTarget = new Set<Topic>(targets)

const nearest = (
  touches: readonly Touch[],
  wanted: (topic: Topic) => boolean,
  reach: number,
): boolean =>
  touches.some(
    (harm) =>
      isHarm.has(harm.topic) &&
      touches.some(
        (other) => wanted(other.topic) && other.at > harm.at && other.at - harm.at <= reach,
      ),
  )

const flag = (condition: boolean): number => (condition ? 1 : 0)
const questionMark = /[?\uff1f\u061f\u037e]/
const firstPerson =
  /(?:^|[\s'"])(?:i|my|me|we|our|ich|mein\w*|je|mon|ma|mes|mi|yo|mio|mia|eu|meu|minha|mea|meu|saya|aku|kula|tôi|ben|benim|আমি|আমার|मैं|मेर\p{M}*|انا|내|제|나)(?=[\s'",.?]|$)|我|私|ฉัน|ผม/u
const howTo =
  /^(?:how (?:do|can|to|could|should|would|might)|wie |comment |cómo |come |como |cum |nasıl|kanjani|jinsi|piye|làm |怎|如何|どう|どのよう|كيف|어떻게)|nasıl|kanjani|কীভাবে|कैसे|ยังไง|อย่างไร|怎么|方法|어떻게/
const order =
  /^(?:write|give|tell|create|generate|make|provide|list|draft|show|explain|describe|publish|produce|design|schreib|gib|mach|écris|donne|escribe|dame|haz|scrivi|dammi|escreva|faça|scrie|dă|yaz|andika|bhala|tulis|viết|اكتب|写|帮|লেখ|लिख)/
const whatIs =
  /^(?:what (?:is|are|was|were|happened|does)|who|when|why|was |qu'est|qué es|che cos|o que é|ce este)/
const why =
  /^(?:why|explain why|(?:list|give|tell|name|can you)[a-z ]{0,30}reasons|warum|wieso|pourquoi|por qu[eé]|perché|de ce|neden|niçin|kwa nini|kungani|kena apa|tại sao|sao |لماذا|왜)|为什么|なぜ|どうして|ทำไม|কেন|क्यों|왜/
/** Capitalised words that do not begin a sentence: names, in scripts that have capitals. */
const name = /(?<=[\p{Ll},;] )\p{Lu}[\p{L}'-]+/gu
const myPerson =
  /(?:^|[\s'"])(?:my|mein\p{L}*|mon|ma|mes|mi|mis|mio|mia|minha|meu|benim|mke wangu|umkami|আমার|मेर\p{M}*|내|제)\s+(?:ex[ -])?\p{L}+|我的?(?:女|男|老|妻|丈|邻|同|室|上|孩|儿|前)|(?:彼女|彼氏|妻|夫|上司|隣人|同僚)の|(?:زوجتي|زوجي|مديري|جاري|صديقي)/u
const quotation = /"[^"\n]{2,40}"|'[^'\n]{2,40}'/

const termSeed = 0x44

/** Single words, pairs, and four-letter pieces of words, so that inflection costs less. */
const termsOf = (tokens: readonly string[]): Map<number, number> => {
  const found = new Set<number>()
  let previous = hashText('^')
  for (const token of tokens) {
    const hash = hashText(token)
    found.add(bucketOf(joinHashes(termSeed, hash)))
    found.add(bucketOf(joinHashes(joinHashes(termSeed, previous), hash)))
    previous = hash
    if (token.length >= 6) {
      found.add(bucketOf(joinHashes(termSeed + 1, hashText(token.slice(0, 5)))))
    }
  }
  const each = 1 / Math.sqrt(Math.max(1, found.size))
  return new Map([...found].map((bucket) => [bucket, each]))
}

export const readRequest = (request: string): FeatureVector => {
  const capped =
    request.length <= headMax + tailMax
      ? request
      : `${request.slice(0, headMax)}\n${request.slice(-tailMax)}`
  const text = normalise(capped).trim()
  const tokens = tokenise(text)
  const touches = touchesOf(text, tokens)
  const counts = new Map<Topic, number>()
  for (const { topic } of touches) counts.set(topic, (counts.get(topic) ?? 0) + 1)
  const harmCount = harms.reduce((sum, topic) => sum + (counts.get(topic) ?? 0), 0)
  const soft = softeners.some((topic) => counts.has(topic))
  const firstHarm = Math.min(...touches.filter((t) => isHarm.has(t.topic)).map((t) => t.at))
  const quoted = quotation.exec(text)?.[0] ?? ''
  const form: Record<(typeof formNames)[number], number> = {
    no_topic: flag(touches.length === 0),
    harms: Math.min(harmCount, 4) / 4,
    harms_without_softener: flag(harmCount > 0 && !soft),
    softeners_without_harm: flag(harmCount === 0 && soft),
    harm_near_target: flag(nearest(touches, (topic) => isTarget.has(topic), nearWords)),
    harm_near_harmless: flag(nearest(touches, (topic) => topic === 'harmless', nearWords)),
    harm_first: flag(firstHarm <= 4),
    question_mark: flag(questionMark.test(text)),
    first_person: flag(firstPerson.test(text)),
    how_to: flag(howTo.test(text)),
    order: flag(order.test(text)),
    what_is: flag(whatIs.test(text)),
    quoted_harm: flag(
      quoted !== '' && touchesOf(quoted, tokenise(quoted)).some((t) => isHarm.has(t.topic)),
    ),
    words: Math.log1p(tokens.length) / 5,
    words_over_30: flag(tokens.length > 30),
    why: flag(why.test(text)),
    names: Math.min(capped.match(name)?.length ?? 0, 2) / 2,
    my_person: flag(myPerson.test(text)),
  }
  const dense = new Float64Array(requestFeatureNames.length)
  let at = 0
  for (const name of formNames) dense[at++] = form[name]
  for (const topic of topics) dense[at++] = flag(counts.has(topic))
  for (const topic of topics) dense[at++] = Math.min(counts.get(topic) ?? 0, 3) / 3
  for (const [a, b] of pairs) dense[at++] = flag(counts.has(a) && counts.has(b))
  for (const [name, topic] of formPairs) dense[at++] = form[name] * flag(counts.has(topic))
  return { dense, terms: termsOf(tokens) }
}
