/** The cascade as plain settings, for the thread that runs it; what is heavy stays there. */
import type { Config } from '../config/schema.ts'
import type { MetricDelta } from '../metrics/delta.ts'
import type { BudgetState } from '../spend/budget.ts'

export type GradedConfig = Config['judge']['graded']

/** Plain data: it crosses to the thread, and is given again when the thread is started again. */
export interface CascadeSettings {
  graded: GradedConfig & { url: string; model: string }
  /** Read by whoever starts the thread; undefined: the endpoint takes none. */
  key: string | undefined
  ca: readonly string[] | undefined
  /** Served. */
  languages: readonly string[]
  /** Of the thread before, so that a restart does not begin the budget anew. */
  budgetState?: BudgetState
}

/** Undefined: no judge is configured. */
export function cascadeSettings(
  { judge: { graded }, languages }: Pick<Config, 'judge' | 'languages'>,
  key: string | undefined,
  ca?: readonly string[],
): CascadeSettings | undefined {
  const { url, model } = graded
  if (url === undefined || model === undefined) return undefined
  return { graded: { ...graded, url, model }, key, ca, languages: languages.served }
}

/** What the traffic thread applies when the monitor is gone: nobody knows these any more. */
export const cascadeGone: MetricDelta = {
  counts: [],
  observations: [],
  lost: [],
  gauges: [
    'holdfast_refusal_rate_cascade' as const,
    'holdfast_cascade_effective_samples' as const,
    'holdfast_judge_known_answer_accuracy' as const,
    'holdfast_judge_quarantined' as const,
    'holdfast_judge_last_success_timestamp_seconds' as const,
    'holdfast_judge_breaker_open' as const,
    'holdfast_judge_queue' as const,
    'holdfast_judge_budget_left' as const,
  ].map((name) => ({ name, rows: [] })),
}
