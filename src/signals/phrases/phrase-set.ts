/**
 * The words by which turns of one language are read. Written by hand for this project. A phrase stands
 * between word ends; `^` in front: only where the turn begins; `*` behind: the word may go on. In
 * languages without spaces a phrase may stand anywhere. Case, apostrophes and marks are folded first.
 */
import type { CoreLanguage } from '../../exchange/stratum.ts'

export interface SpeechPhrases {
  readonly language: CoreLanguage
  /** Words are not set apart by spaces. */
  readonly unspaced?: true
  /** The user: that was not what I asked, this is wrong. */
  readonly repair: readonly string[]
  /** The same where the assistant has not just asked something: after a question, `no` is an answer. */
  readonly weakRepair: readonly string[]
  /** The user: what do you mean, I do not understand. */
  readonly clarification: readonly string[]
  /** The user: thanks, right, agreed. */
  readonly acknowledgement: readonly string[]
  /** The user goes on from what was said. */
  readonly followUp: readonly string[]
  /** The assistant asks for what it needs. */
  readonly asks: readonly string[]
  /** The assistant's set phrases at the end, which ask nothing. */
  readonly closings: readonly string[]
}
