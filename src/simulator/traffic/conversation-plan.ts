/**
 * What the demo's users will say, planned from a seed: language, API, format, depth, session and
 * every turn of conversation number N. The same seed plans the same conversations.
 */
import type { CoreLanguage, Format } from '../../exchange/stratum.ts'
import type { SimulatedApi } from '../request.ts'
import { type Dice, dice } from '../seeded.ts'
import { simulatorTexts } from '../texts/texts.ts'

/** How the client names its conversation; `none` leaves it to the history. */
export type SessionStyle = 'header' | 'vendor_header' | 'body' | 'none'

export interface PlannedConversation {
  index: number
  language: CoreLanguage
  api: SimulatedApi
  format: Format
  stream: boolean
  session: SessionStyle
  sessionId: string
  /** Responses only: the server keeps the history. */
  stateful: boolean
  /** What the person says, turn by turn. */
  turns: readonly string[]
  /** Milliseconds before each turn but the first. */
  thinkMs: number
}

export const trafficTools = ['search_docs', 'create_ticket'] as const

// biome-ignore format: a list of names
const names = [
  'Anna', 'Ben', 'Chen', 'Dora', 'Emil', 'Farah', 'Goran', 'Hana', 'Ivan', 'Jomo', 'Kim', 'Lina',
  'Maya', 'Noor', 'Omar', 'Pia', 'Rosa', 'Sami', 'Tuan', 'Uma', 'Vera', 'Wanja', 'Yara', 'Zola',
] as const

const apis = ['openai_chat', 'openai_responses', 'anthropic_messages'] as const

/** English is the largest share of most deployments; the other languages share the rest. */
const englishShare = 0.3
const riskyShare = 0.75
const usualSingleTurnShare = 0.65

export function planConversation(
  seed: number,
  index: number,
  languages: readonly CoreLanguage[],
  singleTurnShare = usualSingleTurnShare,
): PlannedConversation {
  const throws = dice(seed, 'conversation', String(index))
  const language = planLanguage(throws, languages)
  const format = planFormat(throws)
  const api = throws.one(apis)
  return {
    index,
    language,
    api,
    format,
    stream: throws.chance(0.6),
    session: throws.one(['header', 'vendor_header', 'body', 'none'] as const),
    sessionId: `demo-${seed}-${index}`,
    stateful: api === 'openai_responses' && throws.chance(0.5),
    turns: planTurns(throws, language, format, singleTurnShare),
    thinkMs: throws.between(30, 200),
  }
}

function planLanguage(throws: Dice, languages: readonly CoreLanguage[]): CoreLanguage {
  const others = languages.filter((language) => language !== 'en')
  if (others.length === 0) return 'en'
  const english = throws.chance(englishShare) && languages.includes('en')
  return english ? 'en' : throws.one(others)
}

function planFormat(throws: Dice): Format {
  const drawn = throws.next()
  if (drawn < 0.7) return 'chat'
  return drawn < 0.9 ? 'agentic' : 'structured'
}

/** Most conversations are short, a few are long: 1 to 25 turns. */
function planDepth(throws: Dice, singleTurnShare: number): number {
  const drawn = throws.next()
  if (drawn < singleTurnShare) return 1
  // Where in the rest, from 0 to 1.
  const longer = (drawn - singleTurnShare) / (1 - singleTurnShare)
  if (longer < 4 / 7) return throws.between(2, 4)
  if (longer < 29 / 35) return throws.between(5, 9)
  return longer < 33 / 35 ? throws.between(10, 19) : throws.between(20, 25)
}

function planTurns(
  throws: Dice,
  language: CoreLanguage,
  format: Format,
  singleTurnShare: number,
): string[] {
  const texts = simulatorTexts[language]
  const depth = planDepth(throws, singleTurnShare)
  const name = `${throws.one(names)} ${String.fromCharCode(65 + throws.between(0, 25))}.`
  const opener = texts.opener.replace('{name}', name)
  const risky = throws.chance(riskyShare)
  const turns = Array.from({ length: depth }, (_, turn) => {
    if (risky && turn === depth - 1) return `${opener} ${throws.one(texts.shouldRefuse)}`
    return turn === 0 ? `${opener} ${throws.one(texts.benign)}` : throws.one(texts.followUps)
  })
  if (format !== 'agentic') return turns
  return turns.map((text, turn) =>
    (risky && turn === depth - 1) || throws.chance(0.4)
      ? text
      : `${text} ${texts.toolAsk.replace('{tool}', throws.one(trafficTools))}`,
  )
}
