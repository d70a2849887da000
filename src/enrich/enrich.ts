/**
 * From a decoded exchange to its labels: whose conversation, how deep, in which language and
 * format, by which tools. Pure but for the bounded memory of conversations it is made with.
 */
import type { CapturedExchange } from '../exchange/captured.ts'
import type { Conversation } from '../exchange/conversation.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { LanguageMethod } from '../exchange/language-method.ts'
import {
  type DepthBucket,
  type Format,
  otherLanguage,
  undeterminedLanguage,
} from '../exchange/stratum.ts'
import { createConversationIndex } from './conversation.ts'
import { type ConversationLanguage, createConversationLanguages } from './conversation-language.ts'
import { depthBucket } from './depth.ts'
import { formatOf } from './format.ts'
import { humanTextOf } from './human-text.ts'
import { createLanguageDetector, type LanguageDecision, type LanguageDetector } from './language.ts'
import { decidingLetters, lastSegment, naturalLines } from './natural-language.ts'
import { trajectoryOf } from './trajectory.ts'
import { turnLanguage } from './turn-language.ts'

export interface EnricherOptions {
  servedLanguages: readonly string[]
  /** Keys the hashes of conversations and users. */
  secret: string | Uint8Array
  /** Request header that names the conversation, any case. */
  conversationHeader: string | undefined
  /** Request header that states the language, any case. */
  languageHeader: string | undefined
  conversationsMax: number
}

export interface Labels {
  /** Of the last human turn: a served code, `other` or `und`. */
  language: string
  languageMethod: LanguageMethod
  answerLanguage: string
  depth: DepthBucket
  /** Human turns, the current one included. */
  humanTurns: number
  format: Format
  conversation: Conversation
  /** Keyed hash; undefined when the request names no user. */
  userKey: string | undefined
  trajectory: string[]
  /** The last human text, boilerplate removed; '' when there is none. Never leaves the monitor. */
  prompt: string
}

export type Enricher = (captured: CapturedExchange, exchange: Exchange) => Labels

export const createEnricher = (options: EnricherOptions): Enricher => {
  const detector = createLanguageDetector({ served: options.servedLanguages })
  const languages = createConversationLanguages(options.conversationsMax)
  const index = createConversationIndex({
    secret: options.secret,
    header: options.conversationHeader,
    maxEntries: options.conversationsMax,
  })
  const languageHeader = options.languageHeader?.toLowerCase()
  const served = new Set(options.servedLanguages)

  return (captured, exchange) => {
    const identified = index.identify(captured, exchange)
    index.remember(identified, exchange)
    const { conversation, depth, userKey } = identified
    const texts = newestHumanTexts(exchange)
    const prompt = texts[0] ?? ''
    const stated = statedLanguage(captured, languageHeader, served)
    const turn = stated ?? turnLanguage(prompt, detector)
    const fromHistory = stated === undefined ? historyLanguage(turn, texts, detector) : undefined
    const decision = languages.decide(conversation.key, turn, fromHistory)
    return {
      language: decision.language,
      languageMethod: decision.method,
      answerLanguage: answerLanguage(exchange, detector),
      depth: depthBucket(depth),
      humanTurns: depth,
      format: formatOf(exchange),
      conversation,
      userKey,
      trajectory: trajectoryOf(exchange),
      prompt,
    }
  }
}

/** Earlier turns than these say nothing more of the language. */
const historyTextsMax = 8

/** Newest first. */
const newestHumanTexts = ({ turns }: Exchange): string[] => {
  const texts: string[] = []
  for (let i = turns.length - 1; i >= 0 && texts.length < historyTextsMax; i--) {
    const turn = turns[i]
    const text = turn === undefined ? '' : humanTextOf(turn)
    if (text !== '') texts.push(text)
  }
  return texts
}

/** A code that is not served is `other`, as it would be if it had been detected. */
const statedLanguage = (
  captured: CapturedExchange,
  header: string | undefined,
  served: ReadonlySet<string>,
): LanguageDecision | undefined => {
  if (header === undefined) return undefined
  const value = new Map(Object.entries(captured.requestHeaders)).get(header)
  const code = /^\s*([a-z]{2,3})(?:[-_][a-z0-9_-]{0,32})?\s*$/i.exec(value?.slice(0, 64) ?? '')?.[1]
  if (code === undefined) return undefined
  const language = served.has(code.toLowerCase()) ? code.toLowerCase() : otherLanguage
  return { language, method: 'override', confidence: 1, letters: 0 }
}

/** Only asked when the turn itself says too little. */
const historyLanguage = (
  turn: LanguageDecision,
  texts: readonly string[],
  detector: LanguageDetector,
): ConversationLanguage | undefined => {
  if (texts.length < 2 || turn.letters >= decidingLetters) return undefined
  const earlier = texts
    .slice(1)
    .map((text) => lastSegment(text))
    .join('\n')
  const { language, letters } = detector.detect(earlier)
  return language === undeterminedLanguage || letters < decidingLetters ? undefined : { language }
}

const answerLanguage = ({ answer }: Exchange, detector: LanguageDetector): string => {
  const text = answer.text === '' ? answer.refusal : answer.text
  const beginning = naturalLines(text.slice(0, 16_384)).join('\n')
  return detector.detect(beginning).language
}
