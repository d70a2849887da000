/** Phrases of one language as patterns, each list one pattern, made once. */
import { normalise } from '../judge/normalise.ts'
import type { SpeechPhrases } from './phrases/phrase-set.ts'

export interface PhraseReader {
  repair(text: string): boolean
  weakRepair(text: string): boolean
  clarification(text: string): boolean
  acknowledgement(text: string): boolean
  /** How much of the text the acknowledgement at its beginning takes; 0: there is none. */
  acknowledged(text: string): number
  followUp(text: string): boolean
  asks(text: string): boolean
  closings(text: string): boolean
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

function patternOf(phrases: readonly string[], unspaced: boolean): RegExp {
  const one = (phrase: string): string => {
    const start = phrase.startsWith('^')
    const open = phrase.endsWith('*')
    const words = normalise(phrase.slice(start ? 1 : 0, open ? -1 : undefined)).trim()
    const before = start ? '^' : unspaced ? '' : '(?<![\\p{L}\\p{N}\\p{M}])'
    const after = open || unspaced ? '' : '(?![\\p{L}\\p{N}\\p{M}])'
    return `${before}${escaped(words)}${after}`
  }
  // The longest first, so that as much as possible of an acknowledgement is taken.
  const sorted = [...phrases].sort((a, b) => b.length - a.length)
  return new RegExp(sorted.map(one).join('|'), 'u')
}

export function createPhraseReader(set: SpeechPhrases): PhraseReader {
  const of = (phrases: readonly string[]): RegExp => patternOf(phrases, set.unspaced === true)
  const [repair, weakRepair, clarification] = [
    of(set.repair),
    of(set.weakRepair),
    of(set.clarification),
  ]
  const [acknowledgement, followUp] = [of(set.acknowledgement), of(set.followUp)]
  const [asks, closings] = [of(set.asks), of(set.closings)]
  return {
    repair: (text) => repair.test(text),
    weakRepair: (text) => weakRepair.test(text),
    clarification: (text) => clarification.test(text),
    acknowledgement: (text) => acknowledgement.test(text),
    acknowledged: (text) => acknowledgement.exec(text)?.[0].length ?? 0,
    followUp: (text) => followUp.test(text),
    asks: (text) => asks.test(text),
    closings: (text) => closings.test(text),
  }
}
