/** The on-board judges, and the order in which live traffic is judged: the first opinion decides. */
import type { Verdict } from '../exchange/verdict.ts'
import type { Judge, JudgeInput } from './judge.ts'
import { createLearnedJudge } from './learned.ts'
import { lexicalJudge } from './lexical.ts'
import { providerSignalJudge } from './provider-signal.ts'

/** Each is made when it is asked for: weights take memory. */
const onBoard = {
  provider_signal: () => providerSignalJudge,
  lexical: () => lexicalJudge,
  learned: () => createLearnedJudge(),
} as const

export type OnBoardJudge = keyof typeof onBoard

export const onBoardJudges: readonly OnBoardJudge[] = ['provider_signal', 'lexical', 'learned']

export const judgeNamed = (id: OnBoardJudge): Judge => onBoard[id]()

/** What the provider says of itself goes first; one judge that reads the answer decides the rest. */
export const judgesWith = (reader: 'lexical' | 'learned'): readonly Judge[] => [
  providerSignalJudge,
  judgeNamed(reader),
]

export const firstVerdict = (input: JudgeInput, table: readonly Judge[]): Verdict | undefined => {
  for (const judge of table) {
    const verdict = judge.judge(input)
    if (verdict !== undefined) return verdict
  }
  return undefined
}

export const judgeExchange = (input: JudgeInput, table: readonly Judge[]): Verdict =>
  firstVerdict(input, table) ?? { verdict: 'unclear', confidence: 0, judge: 'none', version: '1' }
