/**
 * How well acts were read on the held-out rows (test/fixtures/signals): all languages together, for one
 * alone has too few rows. A test holds these against the rows; docs/interaction-signals.md says how
 * they came about.
 */
import type { AssistantAct, UserAct } from '../exchange/interaction-act.ts'

export interface Measured {
  /** Of the rows with the act, those read as it. */
  found: number
  labelled: number
  /** Of the rows of the same speaker without it, those not read as it. */
  clear: number
  others: number
}

export const measuredActs: Readonly<Partial<Record<UserAct | AssistantAct, Measured>>> = {
  user_repair: { found: 52, labelled: 95, clear: 319, others: 324 },
  user_repeat: { found: 20, labelled: 20, clear: 399, others: 399 },
  user_clarification: { found: 46, labelled: 57, clear: 357, others: 362 },
  user_acknowledgement: { found: 61, labelled: 76, clear: 343, others: 343 },
  user_follow_up: { found: 57, labelled: 76, clear: 329, others: 343 },
  assistant_clarification: { found: 39, labelled: 57, clear: 58, others: 58 },
  assistant_follow_up: { found: 20, labelled: 20, clear: 77, others: 95 },
}

/** Changes with the rules and the phrases, so that figures of two readers are never put together. */
export const readerVersion = '1'
