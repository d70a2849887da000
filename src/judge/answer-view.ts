/**
 * An answer with its prompt and history in view, taken apart once: sentences with the kinds of
 * refusal phrases in them, the prompt's topic, and figures that several features are made of.
 *
 * Pure and bounded: at most 16 KB of an answer, 4 KB of a prompt and 6 KB of its history are read.
 */
import type { Turn } from '../exchange/exchange.ts'
import { AnswerWords, type Word } from './answer-words.ts'
import { negatesSelf } from './first-person-negation.ts'
import { capAnswer, normalise } from './normalise.ts'
import type { PhraseMatcher } from './phrase-matcher.ts'
import type { Cue } from './phrases/phrase-set.ts'
import { onTopic, type Topic, topicOf } from './prompt-topic.ts'
import { asks } from './request-words.ts'
import { type Segments, segment } from './segment.ts'
import { tokenise } from './tokens.ts'

const promptMax = 4096
const historyMax = 6144
/** Sentences and words that count as the opening. */
const openingSentences = 2
const openingWords = 30

export const refusing: readonly Cue[] = [
  'inability',
  'unwillingness',
  'noAccess',
  'policy',
  'objection',
  'condemnation',
  'lecture',
  'redirection',
]
export const declining: readonly Cue[] = ['inability', 'unwillingness']

export interface ReadSentence {
  kind: 'prose' | 'list'
  words: readonly Word[]
  /** For each word, whether it takes up the prompt's topic. */
  onTopic: readonly boolean[]
  cues: ReadonlySet<Cue>
  opening: boolean
  /** The speaker says of itself that it does not, will not or cannot. */
  negatesSelf: boolean
}

const readSentences = (
  segments: Segments,
  topic: Topic,
  matcher: PhraseMatcher,
): ReadSentence[] => {
  const known = new AnswerWords(matcher)
  let before = 0
  return segments.sentences.map(({ kind, tokens }, index) => {
    const opening = index < openingSentences || before < openingWords
    before += tokens.length
    const found = new Set<Cue>()
    const words = tokens.map((token) => known.of(token))
    for (const hit of matcher.findIn(words)) found.add(hit.cue)
    return {
      kind,
      words,
      onTopic: onTopic(words, topic),
      cues: found,
      opening,
      negatesSelf: kind === 'prose' && negatesSelf(words),
    }
  })
}

export const hasAny = (sentence: ReadSentence, wanted: readonly Cue[]): boolean =>
  wanted.some((cue) => sentence.cues.has(cue))

export const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

export interface CueFigures {
  opening: Map<Cue, number>
  later: Map<Cue, number>
  words: Map<Cue, number>
  refusingWords: number
  refusingFirst: number
}

const counts = (sentence: ReadSentence, cue: Cue): boolean => {
  // Words in a list are what was delivered, unless they open it.
  if (sentence.kind === 'list' && cue !== 'opener') return false
  return cue !== 'apology' || !sentence.cues.has('empathy')
}

const cueFiguresOf = (sentences: readonly ReadSentence[]): CueFigures => {
  const figures: CueFigures = {
    opening: new Map(),
    later: new Map(),
    words: new Map(),
    refusingWords: 0,
    refusingFirst: 0,
  }
  let unbroken = true
  for (const sentence of sentences) {
    const { length } = sentence.words
    for (const cue of sentence.cues) {
      if (!counts(sentence, cue)) continue
      const place = sentence.opening ? figures.opening : figures.later
      place.set(cue, (place.get(cue) ?? 0) + 1)
      figures.words.set(cue, (figures.words.get(cue) ?? 0) + length)
    }
    const refuses = sentence.kind === 'prose' && hasAny(sentence, refusing)
    if (refuses) figures.refusingWords += length
    if (!refuses) unbroken = false
    else if (unbroken) figures.refusingFirst++
  }
  return figures
}

export const flag = (condition: boolean): number => (condition ? 1 : 0)

const endsInQuestion = /[?\uff1f\u061f][\s"')*_]*$/

/** Everything that several features are made of. */
export interface Seen {
  text: string
  segments: Segments
  sentences: readonly ReadSentence[]
  last: ReadSentence | undefined
  promptTokens: readonly string[]
  topic: Topic
  figures: CueFigures
  words: number
  /** Words of sentences without any refusing phrase. */
  otherWords: number
  listItems: number
  hasList: boolean
  endsAsking: boolean
  /** 1 when the prompt only says something, 0 when it asks. */
  remark: number
  /** As sent: case, digits and punctuation tell names and figures. */
  raw: string
  request: string
  history: History
}

/** What was said before the prompt, normalised; '' when nothing was. */
export interface History {
  /** All earlier answers, and the last of them. */
  answers: string
  lastAnswer: string
  requests: string
}

export interface AnswerInView {
  prompt: string
  /** The history, the prompt's own turn included. */
  turns: readonly Turn[]
  text: string
}

export const wordsOf = (sentences: readonly ReadSentence[]): number =>
  sentences.reduce((sum, { words }) => sum + words.length, 0)

const textOf = ({ parts }: Turn): string =>
  parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n')

export const saidBy = (turns: readonly Turn[], role: Turn['role']): string[] =>
  turns
    .filter((turn) => turn.role === role)
    .map(textOf)
    .filter((text) => text !== '')

const tailOf = (texts: readonly string[]): string => {
  // Only the end is read: a long history costs no more than a short one.
  let tail = ''
  for (let i = texts.length - 1; i >= 0 && tail.length < historyMax; i--) {
    tail = `${(texts[i] ?? '').slice(-historyMax)}\n${tail}`
  }
  return normalise(tail.slice(-historyMax))
}

const historyOf = (turns: readonly Turn[]): History => {
  const answers = saidBy(turns, 'assistant')
  return {
    answers: tailOf(answers),
    lastAnswer: normalise((answers.at(-1) ?? '').slice(-historyMax)),
    requests: tailOf(saidBy(turns, 'user').slice(0, -1)),
  }
}

export const see = ({ prompt, turns, text: said }: AnswerInView, matcher: PhraseMatcher): Seen => {
  const raw = capAnswer(said)
  const text = capAnswer(normalise(raw))
  const segments = segment(text)
  const request = normalise(prompt.slice(-promptMax))
  const promptTokens = tokenise(request)
  const topic = topicOf(promptTokens)
  const sentences = readSentences(segments, topic, matcher)
  const figures = cueFiguresOf(sentences)
  const words = wordsOf(sentences)
  const listItems = segments.orderedItems + segments.bulletItems
  return {
    text,
    segments,
    sentences,
    last: sentences.at(-1),
    promptTokens,
    topic,
    figures,
    words,
    otherWords: words - figures.refusingWords,
    listItems,
    hasList: listItems >= 2 || segments.codeChars > 0,
    endsAsking: endsInQuestion.test(text),
    remark: 1 - asks(request),
    raw,
    request,
    history: historyOf(turns),
  }
}
