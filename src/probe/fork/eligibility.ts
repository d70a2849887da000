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
  /** Of the request's body. */
  bytesMax: number
}

export interface Candidate {
  route: string
  requestBytes: number
  exchange: Exchange
}

/** Undefined: it may be copied. */
export const refusalOf = (
  { route, requestBytes, exchange }: Candidate,
  { routes, bytesMax }: EligibilityOptions,
): ForkRefusal | undefined => {
  if (!routes.has(route)) return 'route'
  if (exchange.stateful || exchange.identity.previousResponseId !== undefined) return 'stateful'
  if (exchange.identity.conversationId !== undefined) return 'stateful'
  if (requestBytes > bytesMax) return 'too_long'
  const { stop, text, refusal, toolCalls } = exchange.answer
  if (stop === 'error' || stop === undefined) return 'no_answer'
  return text === '' && refusal === '' && toolCalls.length === 0 ? 'no_answer' : undefined
}
