/** Options of a judge against a scripted endpoint: the defaults, and a budget that never ends. */
import { type GradedJudgeOptions, gradedJudgeDefaults } from '../../../src/judge/graded-judge.ts'

export const gradedOptions = (
  baseUrl: URL,
  changes: Partial<GradedJudgeOptions> = {},
): GradedJudgeOptions => ({
  ...gradedJudgeDefaults,
  api: 'openai',
  baseUrl,
  model: 'scripted-model',
  key: () => 'sk-scripted-key-0123456789',
  budget: {
    limits: { hour: { calls: 1_000_000 }, day: { calls: 1_000_000 } },
    prices: undefined,
  },
  ...changes,
})
