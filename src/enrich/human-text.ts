/**
 * From the parts of a history to what a person wrote. Tool results, reminders and context blocks
 * never count, whatever role they were sent with.
 */
import type { Turn } from '../exchange/exchange.ts'
import { withoutBoilerplate } from './boilerplate.ts'

/** Of one turn, the last characters are kept: the question stands at the end. */
export const humanTextMax = 16_384

/** The person's own words of one turn; '' when there are none. */
export const humanTextOf = (turn: Turn): string => {
  if (turn.role !== 'user') return ''
  const kept: string[] = []
  for (const part of turn.parts) {
    if (part.kind !== 'text') continue
    const text = withoutBoilerplate(part.text)
    if (text !== '') kept.push(text)
  }
  const text = kept.join('\n\n')
  return text.length > humanTextMax ? text.slice(-humanTextMax) : text
}

/** Turns in which a person said or showed something. */
export const humanTurns = (turns: readonly Turn[]): number => {
  let count = 0
  for (const turn of turns) {
    if (turn.role !== 'user') continue
    if (turn.parts.some((part) => part.kind === 'media') || humanTextOf(turn) !== '') count++
  }
  return count
}

/** The newest human text of the history; '' when there is none. */
export const lastHumanText = (turns: readonly Turn[]): string => {
  for (let i = turns.length - 1; i >= 0; i--) {
    const turn = turns[i]
    const text = turn === undefined ? '' : humanTextOf(turn)
    if (text !== '') return text
  }
  return ''
}
