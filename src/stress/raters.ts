/**
 * Raters: models that grade by a rubric, and for refusals the judges on board. A rater that is
 * repeated is several raters, each in an order of its own. At least two grade every transcript.
 */

import type { GradedJudge } from '../judge/graded-judge.ts'
import { judgeNamed, type OnBoardJudge } from '../judge/judges.ts'
import type { Probe } from '../probe/probe.ts'
import { type Amounts, noSpend, type Prices, tokensFor, tokensUsed } from '../spend/limits.ts'
import type { Purse } from '../spend/purse.ts'
import type { Scored, StressDimension } from './stress-dimension.ts'

export type Rating = { spent: Amounts } & (
  | { kind: 'graded'; scored: Scored }
  | { kind: 'error'; reason: string }
)

export interface Rater {
  /** With a repeat's number where there are several of one. */
  readonly name: string
  /** Names the instrument with the judge: API, model and every word of the prompt. */
  readonly judge: string
  readonly version: string
  rate(task: Probe, answer: string): Promise<Rating>
}

export interface ModelRater {
  name: string
  repeats: number
  graded: Pick<GradedJudge, 'grade' | 'version'>
  prices: Prices | undefined
  /** Of one call, its repetitions left out. */
  outputTokensMax: number
  retriesMax: number
}

/** Bytes of the frame and the rubric around the material, at most; a token is at least a byte. */
const frameBytesMax = 8192
const materialBytesMax = 4096

export function modelRaters(
  dimension: StressDimension,
  { name, repeats, graded, prices, outputTokensMax, retriesMax }: ModelRater,
  purse: Purse,
): Rater[] {
  const version = graded.version(dimension.rubric)
  const rate = async (task: Probe, answer: string): Promise<Rating> => {
    const attempts = 1 + retriesMax
    const one = {
      inputTokens: frameBytesMax + materialBytesMax,
      outputTokens: outputTokensMax,
    }
    const charge = purse.reserve(attempts, tokensFor(one, attempts), prices)
    if (charge === undefined) return { kind: 'error', reason: 'budget_exhausted', spent: noSpend }
    let spent: Amounts = noSpend
    const told = await graded.grade(dimension.rubric, dimension.material(task, answer), (used) => {
      spent = charge.settle(used.attempts, tokensUsed(one, used.attempts, used.usage))
    })
    return told.kind === 'graded'
      ? { kind: 'graded', scored: dimension.score(told.grade, task), spent }
      : { kind: 'error', reason: told.reason, spent }
  }
  return Array.from({ length: repeats }, (_, i) => ({
    name: repeats === 1 ? name : `${name}#${i + 1}`,
    judge: name,
    version,
    rate,
  }))
}

export function onBoardRater(
  id: OnBoardJudge,
  dimension: StressDimension,
  detectLanguage: (text: string) => string,
): Rater {
  const judge = judgeNamed(id)
  return {
    name: id,
    judge: id,
    version: judge.version,
    async rate(task, answer) {
      const verdict = judge.judge({
        prompt: task.request,
        turns: [{ role: 'user', parts: [{ kind: 'text', text: task.request }] }],
        answer: {
          text: answer,
          refusal: '',
          reasoning: '',
          toolCalls: [],
          stop: 'stop',
          choices: 1,
        },
        promptLanguage: task.language,
        answerLanguage: detectLanguage(answer),
        providerRefusals: [],
      })
      return verdict === undefined
        ? { kind: 'error', reason: 'no_opinion', spent: noSpend }
        : { kind: 'graded', scored: dimension.score(verdict.verdict, task), spent: noSpend }
    },
  }
}
