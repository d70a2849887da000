/** The judges in their order; the first that has an opinion decides. */
import type { Verdict } from '../exchange/verdict.ts'
import type { Judge, JudgeInput } from './judge.ts'
import { lexicalJudge } from './lexical.ts'
import { providerSignalJudge } from './provider-signal.ts'

export const judges: readonly Judge[] = [providerSignalJudge, lexicalJudge]

/** Judges an exchange with every judge of the table, or with one of them. */
export const judgeExchange = (input: JudgeInput, table: readonly Judge[] = judges): Verdict => {
  for (const judge of table) {
    const verdict = judge.judge(input)
    if (verdict !== undefined) return verdict
  }
  return { verdict: 'unclear', confidence: 0, judge: 'none', version: '1' }
}
