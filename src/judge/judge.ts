/**
 * The one interface of all judges. A judge reads a whole answer with the prompt in view and says
 * how the system behaved, or nothing at all, which leaves it to the next judge of the table.
 */
import type { Answer, ProviderRefusalReason, Turn } from '../exchange/exchange.ts'
import type { Verdict } from '../exchange/verdict.ts'

export interface JudgeInput {
  /** The last human text of the request, boilerplate removed; '' when there is none. */
  prompt: string
  /** The request's history, oldest first, the prompt's turn included. */
  turns: readonly Turn[]
  answer: Answer
  /** ISO 639-1 code, `other` or `und`. */
  promptLanguage: string
  answerLanguage: string
  providerRefusals: readonly ProviderRefusalReason[]
}

export interface Judge {
  /** Stable id; with `version` it names the instrument: a change of either starts a new series. */
  readonly id: string
  readonly version: string
  judge(input: JudgeInput): Verdict | undefined
}
