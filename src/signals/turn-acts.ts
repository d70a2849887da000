/**
 * What a turn does, by its words and by what stands before it. Deterministic and small: no model, no
 * ground truth. It reads the beginning of a user's turn and the end of an assistant's, which is where
 * people and models say such things.
 */
import type { AssistantAct, UserAct } from '../exchange/interaction-act.ts'
import { normalise } from '../judge/normalise.ts'
import { createPhraseReader, type PhraseReader } from './phrase-reader.ts'
import { speechPhrases } from './phrases/phrase-sets.ts'
import { gramsOf, jaccard } from './similarity.ts'

export interface UserTurn {
  text: string
  /** Of the same conversation, newest first. */
  earlier: readonly string[]
  /** What the assistant said just before; '' when nothing is known of it. */
  answered: string
}

export interface TurnReader {
  /** `language`: a served code, `other` or `und`. */
  user(turn: UserTurn, language: string): UserAct
  assistant(text: string, language: string): AssistantAct
  reads(language: string): boolean
}

/** Read of a user's turn. Reactions stand at its beginning; a document that follows is none. */
const headCharsMax = 240
/** A reaction longer than this is a text of its own. */
const repairCharsMax = 160
const tailCharsMax = 600
const earlierMax = 8
const similarityMin = 0.6
const lengthShareMin = 0.4
/** Shorter ones are alike by chance. */
const repeatCharsMin = 12
/** What may follow thanks without being a request: "thanks, that is what I needed". */
const acknowledgementCharsMax = 48
const shortAnswerChars = 280

const questionEnd = /[?？؟][\s"'”’)）」』]*$/u
const questionMarks = /[?？؟]/u
const opening = /^[\s"'«»“”¡¿…,.!、。，-]+/u

export function createTurnReader(): TurnReader {
  const readers = new Map<string, PhraseReader>()
  const sets = new Map<string, (typeof speechPhrases)[number]>(
    speechPhrases.map((set) => [set.language, set]),
  )
  const readerOf = (language: string): PhraseReader | undefined => {
    const known = readers.get(language)
    if (known !== undefined) return known
    const set = sets.get(language)
    if (set === undefined) return undefined
    const made = createPhraseReader(set)
    readers.set(language, made)
    return made
  }
  return {
    reads: (language) => sets.has(language),
    user(turn, language) {
      if (turn.earlier.length === 0) return 'user_opening'
      const reader = readerOf(language)
      // A repeat has no language, and none is taken for what cannot be read.
      if (repeats(turn)) return repairIn(reader, turn) ? 'user_repair' : 'user_repeat'
      return reader === undefined ? 'user_unread' : userAct(reader, turn)
    },
    assistant(text, language) {
      const reader = readerOf(language)
      return reader === undefined ? 'assistant_unread' : assistantAct(reader, text)
    },
  }
}

const headOf = (text: string): string =>
  normalise(text.trim().slice(0, 2 * headCharsMax))
    .replace(opening, '')
    .slice(0, headCharsMax)

function repairIn(reader: PhraseReader | undefined, { text, answered }: UserTurn): boolean {
  if (reader === undefined) return false
  const head = headOf(text).slice(0, repairCharsMax)
  if (reader.repair(head)) return true
  return reader.weakRepair(head) && !questionEnd.test(answered.trimEnd().slice(-20))
}

function repeats({ text, earlier }: UserTurn): boolean {
  const own = normalise(text.trim())
  if (own.length < repeatCharsMin) return false
  const grams = gramsOf(own)
  return earlier.slice(0, earlierMax).some((before) => {
    const other = normalise(before.trim())
    // Sets of such different sizes cannot be that much alike.
    if (Math.min(own.length, other.length) < lengthShareMin * Math.max(own.length, other.length)) {
      return false
    }
    return jaccard(grams, gramsOf(other)) >= similarityMin
  })
}

function userAct(reader: PhraseReader, turn: UserTurn): UserAct {
  if (repairIn(reader, turn)) return 'user_repair'
  const head = headOf(turn.text)
  if (reader.clarification(head)) return 'user_clarification'
  const taken = reader.acknowledged(head)
  if (taken > 0) {
    const rest = head.slice(taken).replace(opening, '')
    const asksMore = questionMarks.test(rest) || reader.followUp(rest)
    if (!asksMore && head.length <= acknowledgementCharsMax) return 'user_acknowledgement'
    return 'user_follow_up'
  }
  return reader.followUp(head) ? 'user_follow_up' : 'user_other'
}

function assistantAct(reader: PhraseReader, text: string): AssistantAct {
  const whole = text.trim()
  const tail = normalise(whole.slice(-tailCharsMax)).trimEnd()
  if (!questionMarks.test(tail)) return 'assistant_neither'
  const questions = tail
    .split(/(?<=[.!?。！？؟।])\s*|\n+/u)
    .filter((sentence) => questionMarks.test(sentence))
  const own = questions.filter((sentence) => !reader.closings(sentence))
  if (own.length === 0) return 'assistant_neither'
  const short = whole.length <= shortAnswerChars
  if (short && own.some((sentence) => reader.asks(sentence))) return 'assistant_clarification'
  return questionEnd.test(tail) ? 'assistant_follow_up' : 'assistant_neither'
}
