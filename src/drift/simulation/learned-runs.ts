/**
 * Detectors whose null is learned from a reference of the same truth, beside ones that take the
 * reference's rate as exact. Nothing changes in these runs: every alarm is false.
 */
import { learnedNullAlpha, ticksPer30Days } from '../budget.ts'
import { breachNullDefault } from '../detector-kind.ts'
import { judgedRate } from '../growth.ts'
import { DifferenceCounts, learnGap, learnLowerRate } from '../learned-null.ts'
import { probeDifference } from '../probe-pairs.ts'
import { levelDifference } from '../refusal-level.ts'
import { playHour } from './planted-traffic.ts'
import type { Random } from './random.ts'
import { Watched } from './watched.ts'

export interface LearnedPlan {
  rate: number
  days: number
  refusal: number
  sensitivity: number
  specificity: number
  threshold: number
}

export interface LearnedRun {
  metric: 'refusal_level' | 'probe_gap'
  reference: number
  first: number | undefined
  exactFirst: number | undefined
}

export const referenceSizes: readonly number[] = [1000, 10_000]

/** One detector, hourly: the budget that its threshold stands for. */
export const budgetOf = (threshold: number) => ({
  detectors: 1,
  ticks: ticksPer30Days.hour,
  falsePages: ticksPer30Days.hour / threshold,
})

interface Contest {
  metric: LearnedRun['metric']
  reference: number
  limited: Watched
  exact: Watched
  /** r0 of either; a gap has none. */
  limitedRate: number
  exactRate: number
}

const valueOf = (learned: ReturnType<typeof learnGap>): number => {
  if (!learned.ok) throw new Error(learned.reason)
  return learned.value
}

const levelContest = (plan: LearnedPlan, reference: number, random: Random): Contest => {
  const { threshold } = plan
  const rate = judgedRate(plan.refusal, plan)
  let refused = 0
  for (let i = 0; i < reference; i++) if (random.uniform() < rate) refused++
  const alpha = learnedNullAlpha(budgetOf(threshold))
  return {
    metric: 'refusal_level',
    reference,
    limited: new Watched(0, threshold),
    exact: new Watched(0, threshold),
    limitedRate: valueOf(learnLowerRate(refused, reference, alpha)),
    exactRate: refused / reference,
  }
}

const gapContest = (plan: LearnedPlan, reference: number, random: Random): Contest => {
  const { threshold } = plan
  const rate = judgedRate(plan.refusal, plan)
  const counts = new DifferenceCounts()
  let sum = 0
  for (let i = 0; i < reference; i++) {
    const difference = probeDifference(random.uniform() < rate, random.uniform() < rate)
    counts.add(difference)
    sum += difference
  }
  const alpha = learnedNullAlpha(budgetOf(threshold))
  return {
    metric: 'probe_gap',
    reference,
    limited: new Watched(valueOf(learnGap(counts, alpha, breachNullDefault)), threshold),
    exact: new Watched(sum / reference, threshold),
    limitedRate: 0,
    exactRate: 0,
  }
}

export const runLearned = (plan: LearnedPlan, random: Random): LearnedRun[] => {
  const contests = referenceSizes.flatMap((reference) => [
    levelContest(plan, reference, random),
    gapContest(plan, reference, random),
  ])
  const rate = judgedRate(plan.refusal, plan)
  const sink = {
    english: (): void => undefined,
    other: (_at: number, draw: number, place: number): void => {
      const refused = draw < rate
      const gap = probeDifference(place < rate, refused)
      for (const contest of contests) {
        const isLevel = contest.metric === 'refusal_level'
        contest.limited.add(isLevel ? levelDifference(contest.limitedRate, refused) : gap)
        contest.exact.add(isLevel ? levelDifference(contest.exactRate, refused) : gap)
      }
    },
  }
  for (let hour = 0; hour < plan.days * 24; hour++) {
    playHour(hour, { englishPerDay: 0, otherPerDay: plan.rate }, random, sink)
    for (const { limited, exact } of contests) {
      limited.close(hour)
      exact.close(hour)
    }
  }
  return contests.map(({ metric, reference, limited, exact }) => ({
    metric,
    reference,
    first: limited.firstAt,
    exactFirst: exact.firstAt,
  }))
}
