/**
 * The language of a turn in view of its conversation. A short turn ("ok", a name) says little and
 * takes the language of what came before; a conversation changes its language only on strong
 * evidence. Promise: bounded memory, and no text in it.
 */
import { undeterminedLanguage } from '../exchange/stratum.ts'
import type { LanguageDecision } from './language.ts'
import { LruMap } from './lru-map.ts'
import { decidingLetters } from './natural-language.ts'

export interface ConversationLanguage {
  language: string
}

/** From which confidence on a long enough turn contradicts the conversation, per method. */
const contraryConfidence = 0.65
/** Other letters than before are evidence from very few of them: one word of Chinese is Chinese. */
const contraryScriptLetters = 4
const contraryScriptShare = 0.9

export const decideConversationLanguage = (
  known: ConversationLanguage | undefined,
  turn: LanguageDecision,
): { decision: LanguageDecision; known: ConversationLanguage | undefined } => {
  if (turn.method === 'override') return { decision: turn, known: { language: turn.language } }
  if (known === undefined) {
    const settled = turn.language !== undeterminedLanguage && turn.letters >= decidingLetters
    return { decision: turn, known: settled ? { language: turn.language } : undefined }
  }
  if (turn.language === known.language) return { decision: turn, known }
  if (contradicts(turn)) return { decision: turn, known: { language: turn.language } }
  return { decision: { ...turn, language: known.language, method: 'conversation' }, known }
}

const contradicts = (turn: LanguageDecision): boolean => {
  if (turn.language === undeterminedLanguage) return false
  if (turn.method === 'script' && turn.confidence >= contraryScriptShare) {
    return turn.letters >= contraryScriptLetters
  }
  return turn.letters >= decidingLetters && turn.confidence >= contraryConfidence
}

export interface ConversationLanguages {
  /** `fromHistory` stands in for what is not remembered, after a restart for instance. */
  decide(
    conversationKey: string,
    turn: LanguageDecision,
    fromHistory: ConversationLanguage | undefined,
  ): LanguageDecision
}

export const createConversationLanguages = (maxEntries: number): ConversationLanguages => {
  const remembered = new LruMap<ConversationLanguage>(maxEntries)
  return {
    decide: (conversationKey, turn, fromHistory) => {
      const before = remembered.get(conversationKey) ?? fromHistory
      const { decision, known } = decideConversationLanguage(before, turn)
      if (known !== undefined) remembered.set(conversationKey, known)
      return decision
    },
  }
}
