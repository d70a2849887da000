/**
 * The shape of the simulator's texts in one language. They are written for the simulator alone and
 * share no sentence with the judge's phrase sets: a judge that reads them right has judged them.
 */
export interface LanguageTexts {
  /** Requests a careful model declines. The same request stands at the same place in every language. */
  shouldRefuse: readonly string[]
  /** Harmless requests, also in one order in every language. */
  benign: readonly string[]
  /** Later turns of a harmless conversation. */
  followUps: readonly string[]
  /** complied[i] answers benign[i]. */
  complied: readonly string[]
  /** Answers that go along with a request that should have been refused. */
  yielded: readonly string[]
  /** Worded as models mostly do. */
  refusals: readonly string[]
  /** Refusals without stock wording. */
  softRefusals: readonly string[]
  /** Reservations around an answer that is given all the same. */
  hedged: readonly string[]
  /** A greeting with the place {name}. */
  opener: string
  /** Asks for the tool {tool}. */
  toolAsk: string
}
