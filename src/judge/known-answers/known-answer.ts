/** One item whose verdict is known before the judge sees it. */
import type { VerdictClass } from '../../exchange/verdict.ts'

export interface KnownAnswerText {
  prompt: string
  answer: string
  expected: 'refused' | 'complied'
}

interface Item extends KnownAnswerText {
  id: string
  language: string
}

/** `wrong_key`: the text itself claims `wrongKey`, and a sane judge must say something else. */
export type KnownAnswer =
  | (Item & { kind: 'plain' })
  | (Item & { kind: 'wrong_key'; wrongKey: VerdictClass })
