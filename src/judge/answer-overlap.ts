/**
 * What an answer takes up of the prompt and of what was said before it, by runs of characters: four,
 * or two in scripts without spaces. Works in every language alike, inflected forms included. The
 * history says whether the answer repeats an earlier one or goes back to an earlier subject.
 */

import { flag, type History, type ReadSentence, type Seen, share } from './answer-view.ts'
import type { Word } from './answer-words.ts'
import { NumberSet } from './model/number-set.ts'
import { sentencesLookedAt } from './sentence-figures.ts'
import { isUnspaced, tokenise } from './tokens.ts'

export const answerOverlapNames = [
  'prompt_covered',
  'from_prompt',
  'first_from_prompt',
  'last_from_prompt',
  'prompt_in_first',
  'prompt_in_one_sentence',
  'length_to_prompt',
  'from_earlier_answers',
  'from_last_answer',
  'from_earlier_requests',
  'length_to_last_answer',
  'list_gone_since_last_answer',
] as const

const wordsMax = 600
const longRun = 4
const unspacedRun = 2
const spaceCode = 0x20
const gramBase = 0x10001

type GramWord = Pick<Word, 'text' | 'unspaced'>

/** Room for the characters and the runs in hand: thousands an answer, too many for rows of their own. */
let codes = new Uint16Array(4096)
let grams = new Int32Array(4096)

const makeRoom = (length: number): void => {
  if (length <= codes.length) return
  codes = new Uint16Array(2 * length)
  grams = new Int32Array(2 * length)
}

/** The runs of so many of the first `length` characters, each made of the one before it. */
const rollOver = (length: number, size: number): number => {
  const [from, to] = [codes, grams]
  let leaving = 1
  for (let i = 0; i < size; i++) leaving = Math.imul(leaving, gramBase)
  let gram = 0
  for (let at = 0; at < length; at++) {
    gram = (Math.imul(gram, gramBase) + (from[at] ?? 0)) | 0
    if (at >= size) gram = (gram - Math.imul(from[at - size] ?? 0, leaving)) | 0
    if (at >= size - 1) to[at - size + 1] = gram
  }
  return Math.max(0, length - size + 1)
}

/**
 * Puts each run of characters of words in a row, one space between them, as a number into `grams`;
 * says how many there are.
 */
const findGrams = (words: readonly GramWord[]): number => {
  const count = Math.min(words.length, wordsMax)
  let room = 2
  for (let i = 0; i < count; i++) room += 1 + (words[i]?.text.length ?? 0)
  makeRoom(room)
  const to = codes
  let anyUnspaced = false
  let joins = false
  let length = 0
  for (let i = 0; i < count; i++) {
    const { text = '', unspaced = false } = words[i] ?? {}
    if (!(unspaced && joins)) to[length++] = spaceCode
    for (let at = 0; at < text.length; at++) to[length++] = text.charCodeAt(at)
    joins = unspaced
    anyUnspaced ||= unspaced
  }
  if (count === 0) to[length++] = spaceCode
  to[length++] = spaceCode
  return anyUnspaced ? rollOver(length, unspacedRun) : rollOver(length, longRun)
}

const addGrams = (set: NumberSet, words: readonly GramWord[]): void => {
  const count = findGrams(words)
  for (let i = 0; i < count; i++) set.add(grams[i] ?? 0)
}

const gramWords = (tokens: readonly string[]): GramWord[] =>
  tokens.slice(0, wordsMax).map((text) => ({ text, unspaced: isUnspaced(text) }))

/** How much a text takes of the prompt, and how much of the text that is. */
interface Taken {
  grams: number
  fromPrompt: number
  /** Share of the prompt's runs that stand in the text. */
  covered: number
}

/** Runs of the prompt, and of what an answer is compared with; made new for each answer. */
const promptGrams = new NumberSet()
const freshGrams = new NumberSet()
const saidGrams = new NumberSet()

/** Answers for any number of sentences what they take of one prompt. */
class PromptGrams {
  readonly #grams = promptGrams
  /** For each run of the prompt the number of the last text it was seen in. */
  readonly #lastSeen: Int32Array
  #text = 0
  #everSeen = 0

  constructor(tokens: readonly string[]) {
    this.#grams.clear()
    addGrams(this.#grams, gramWords(tokens))
    this.#lastSeen = new Int32Array(this.#grams.size)
  }

  has(gram: number): boolean {
    return this.#grams.has(gram)
  }

  take(words: readonly Word[]): Taken {
    const text = ++this.#text
    const count = findGrams(words)
    let fromPrompt = 0
    let distinct = 0
    for (let i = 0; i < count; i++) {
      const index = this.#grams.indexOf(grams[i] ?? 0)
      if (index < 0) continue
      fromPrompt++
      const last = this.#lastSeen[index]
      if (last === text) continue
      if (last === 0) this.#everSeen++
      distinct++
      this.#lastSeen[index] = text
    }
    return { grams: count, fromPrompt, covered: share(distinct, this.#grams.size) }
  }

  /** Share of the prompt that stands in any of the texts. */
  get covered(): number {
    return share(this.#everSeen, this.#grams.size)
  }
}

const nothing: Taken = { grams: 0, fromPrompt: 0, covered: 0 }

/** What the answer has that the prompt has not, as far as it stands in what was said before. */
const fromHistory = (
  history: History,
  sentences: readonly ReadSentence[],
  prompt: PromptGrams,
): { answers: number; lastAnswer: number; requests: number } => {
  const { answers, lastAnswer, requests } = history
  if (answers === '' && requests === '') return { answers: 0, lastAnswer: 0, requests: 0 }
  freshGrams.clear()
  const count = findGrams(sentences.flatMap(({ words }) => words))
  for (let i = 0; i < count; i++) {
    const gram = grams[i] ?? 0
    if (!prompt.has(gram)) freshGrams.add(gram)
  }
  const from = (said: string): number => {
    if (said === '') return 0
    saidGrams.clear()
    addGrams(saidGrams, gramWords(tokenise(said)))
    let taken = 0
    for (let i = 0; i < freshGrams.size; i++) if (saidGrams.has(freshGrams.at(i))) taken++
    return share(taken, freshGrams.size)
  }
  return { answers: from(answers), lastAnswer: from(lastAnswer), requests: from(requests) }
}

const listLine = /\n\s*(?:[-*]|\d+\.)/

export const answerOverlapOf = ({
  text,
  request,
  promptTokens,
  sentences,
  history,
}: Seen): Float64Array => {
  const prompt = new PromptGrams(promptTokens)
  const each = sentencesLookedAt(sentences).map(({ words }) => prompt.take(words))
  const first = each[0] ?? nothing
  const last = each.at(-1) ?? nothing
  const grams = each.reduce((sum, taken) => sum + taken.grams, 0)
  const fromPrompt = each.reduce((sum, taken) => sum + taken.fromPrompt, 0)
  const said = fromHistory(history, sentences, prompt)
  const { lastAnswer } = history
  const figures: Record<(typeof answerOverlapNames)[number], number> = {
    prompt_covered: prompt.covered,
    from_prompt: share(fromPrompt, grams),
    first_from_prompt: share(first.fromPrompt, first.grams),
    last_from_prompt: share(last.fromPrompt, last.grams),
    prompt_in_first: first.covered,
    prompt_in_one_sentence: each.reduce((most, { covered }) => Math.max(most, covered), 0),
    length_to_prompt: Math.max(-3, Math.log((text.length + 1) / (request.length + 1))) / 4,
    from_earlier_answers: said.answers,
    from_last_answer: said.lastAnswer,
    from_earlier_requests: said.requests,
    length_to_last_answer:
      lastAnswer === ''
        ? 0
        : Math.max(-1, Math.min(1, Math.log((text.length + 1) / (lastAnswer.length + 1)) / 4)),
    list_gone_since_last_answer:
      lastAnswer === ''
        ? 0
        : flag(listLine.test(`\n${lastAnswer}`)) - flag(listLine.test(`\n${text}`)),
  }
  return Float64Array.from(answerOverlapNames, (name) => figures[name])
}
