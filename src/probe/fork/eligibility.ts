/**
 * Which live exchange may be copied for a fork: of a route that the operator named, whole in its
 * request, without state on the server, and small. Everything else is left alone, with a counted reason.
 */

import type { Exchange } from '../../exchange/exchange.ts'
import type { ForkCopyOutcome } from '../../exchange/probe-run.ts'

export type ForkRefusal = Exclude<ForkCopyOutcome, 'copied'>

export interface EligibilityOptions {
  /** Names of routes whose upstream belongs to the same provider organisation as the probes' key. */
  routes: ReadonlySet<string>
  /** Of all text, the answer included. */
  charsMax: number
}

export interface Candidate {
  route: string
  exchange: Exchange
}

/** Undefined: it may be copied. */
export const refusalOf = (
  { route, exchange }: Candidate,
  { routes, charsMax }: EligibilityOptions,
): ForkRefusal | undefined => {
  if (!routes.has(route)) return 'route'
  if (exchange.stateful || exchange.identity.previousResponseId !== undefined) return 'stateful'
  if (exchange.identity.conversationId !== undefined) return 'stateful'
  if (charsOf(exchange) > charsMax) return 'too_long'
  const { stop, text, refusal, toolCalls } = exchange.answer
  if (stop === 'error' || stop === undefined) return 'no_answer'
  return text === '' && refusal === '' && toolCalls.length === 0 ? 'no_answer' : undefined
}

/** As decoded: a body that was sent small may hold much. */
const charsOf = ({ system, turns, tools, answer }: Exchange): number => {
  let sum = (system?.length ?? 0) + answer.text.length + answer.refusal.length
  for (const { arguments: given } of answer.toolCalls) sum += given.length
  for (const { parts } of turns) {
    for (const part of parts) {
      if ('text' in part) sum += part.text.length
      if ('arguments' in part) sum += part.arguments.length
    }
  }
  for (const { parameters } of tools) sum += JSON.stringify(parameters ?? null).length
  return sum
}
