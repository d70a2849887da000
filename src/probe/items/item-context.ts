/** What an item of a suite is read with, and what all items have in common. */
import { type Category, type ProbeClass, probeClasses } from '../category.ts'
import type { Fields } from '../fields.ts'
import type { Framing, Shots } from '../framing.ts'
import type { PlanTurn, ScriptedPair } from '../plan-turn.ts'
import type { Probe, ProbeTool } from '../probe.ts'
import { readScoring } from '../scorers/scorers.ts'
import { type ScorerId, type Scoring, scorerIds } from '../scoring.ts'

export interface ItemContext {
  readonly category: Category
  readonly scorer: ScorerId
  readonly class: ProbeClass
  readonly instruction: string | undefined
  readonly depths: readonly number[]
  readonly tools: ReadonlyMap<string, ProbeTool>
  readonly distractors: readonly ScriptedPair[]
  /** Texts of an item by language; undefined: items carry their own. */
  readonly textsOf: ((id: string) => ReadonlyMap<string, string>) | undefined
  /** Pairs of a file beside the suite; undefined: it cannot be read, and the fault is noted. */
  readonly pairsOf: (file: string, line: number) => readonly ScriptedPair[] | undefined
}

export type Item =
  | { kind: 'probe'; probe: Probe }
  | { kind: 'framing'; framing: Framing }
  | { kind: 'shots'; shots: Shots }

/** Undefined: the item's faults are noted. */
export type ReadItem = (fields: Fields, id: string, context: ItemContext) => Item | undefined

export interface Common {
  topic: string
  class: ProbeClass
}

export function readCommon(fields: Fields, context: ItemContext): Common | undefined {
  const topic = fields.string('topic')
  const itemClass = fields.optionalOneOf('class', probeClasses) ?? context.class
  fields.optionalString('note')
  fields.optionalString('reference')
  fields.optionalString('pair')
  fields.optionalString('control_of')
  return topic === undefined ? undefined : { topic, class: itemClass }
}

export const scorerOf = (fields: Fields, context: ItemContext): ScorerId =>
  fields.optionalOneOf('scorer', scorerIds) ?? context.scorer

export const readItemScoring = (fields: Fields, context: ItemContext): Scoring | undefined =>
  readScoring(scorerOf(fields, context), fields)

/**
 * The request by language: from the text files, else of the item under `key`, which is English.
 * Undefined: there is none.
 */
export function readTexts(
  fields: Fields,
  id: string,
  key: string,
  context: ItemContext,
): { request: string; translations: ReadonlyMap<string, string> } | undefined {
  const own = fields.has(key) ? fields.string(key) : undefined
  const texts = context.textsOf?.(id)
  const request = texts?.get('en') ?? own
  if (request === undefined) {
    if (fields.has(key)) return undefined
    return fields.fault(texts === undefined ? `${key} is missing` : 'has no text in en')
  }
  return { request, translations: texts ?? new Map([['en', request]]) }
}

export interface Conversation {
  history: readonly PlanTurn[]
  request: string
}

/** `turns`: user and assistant texts that end with a user turn. */
export function readTurns(fields: Fields): Conversation | undefined {
  if (!fields.has('turns')) return fields.fault('turns is missing')
  const turns = fields.subs('turns').flatMap((turn): PlanTurn[] => {
    const user = turn.optionalString('user')
    const assistant = turn.optionalString('assistant')
    turn.end()
    if ((user === undefined) === (assistant === undefined)) {
      turn.fault('a turn is either user or assistant')
      return []
    }
    return [
      user === undefined
        ? { role: 'assistant', text: assistant ?? '', calls: [] }
        : { role: 'user', text: user },
    ]
  })
  const last = turns.at(-1)
  if (last?.role !== 'user') {
    return fields.fault('turns must end with a user turn', fields.lineOf('turns'))
  }
  return { history: turns.slice(0, -1), request: last.text }
}
