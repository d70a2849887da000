/** The runs of a simulation, summed up: shares with their numbers, and delays as quantiles. */
import { upperRateLimit } from '../../aggregate/clopper-pearson.ts'
import { falseAlarmBound, ticksPer30Days } from '../budget.ts'
import { budgetOf, referenceSizes } from './learned-runs.ts'
import { naiveRules } from './naive-rules.ts'
import { daysOf, type SimulatedRun, type Simulation } from './simulate-drift.ts'

/** null: that share of the runs never got there within the days simulated. */
export interface Delay {
  median: number | null
  p90: number | null
}

export interface DriftFigures {
  false_alarm_share: number
  /** Upper 95 % limit of the share, from the number of runs. */
  false_alarm_share_hi: number
  /** H / A: what the share may be. */
  bound: number
  delay_days: Delay
  /** The truth fell by the jump; behind the judge that is less. */
  delay_days_true_drop: Delay
  level: { false_alarm_share: number }
  common_mode: { gap: number; level: number; level_delay_days: Delay }
  mix_shift: { runs: number; cell_matched: number; pooled: number }
  episodes: { per_run: number; bound: number }
  learned_nulls: {
    metric: string
    reference: number
    false_alarm_share: number
    bound: number
    taken_as_exact: number
  }[]
  naive: {
    rule: string
    false_alarm_share: number
    false_episodes_per_30_days: number
    delay_days: Delay
  }[]
}

type Tick = number | undefined

const shareOf = (ticks: readonly Tick[]): number =>
  ticks.filter((tick) => tick !== undefined).length / ticks.length

const delayOf = (ticks: readonly Tick[]): Delay => {
  const sorted = ticks.map((tick) => tick ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
  const at = (share: number): number | null => {
    const tick = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
    return tick === undefined || tick === Number.POSITIVE_INFINITY ? null : daysOf(tick)
  }
  return { median: at(0.5), p90: at(0.9) }
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

export const driftFigures = (
  simulation: Simulation,
  runs: readonly SimulatedRun[],
): DriftFigures => {
  const { threshold, days } = simulation
  const ticks = days * 24
  const alarms = runs.map((run) => run.gapNull.first)
  const count = alarms.filter((tick) => tick !== undefined).length
  const mixed = runs.flatMap((run) => (run.mixShift === undefined ? [] : [run.mixShift]))
  return {
    false_alarm_share: shareOf(alarms),
    false_alarm_share_hi: upperRateLimit(count, runs.length, 0.05),
    bound: ticks / threshold,
    delay_days: delayOf(runs.map((run) => run.gapJump)),
    delay_days_true_drop: delayOf(runs.map((run) => run.gapJumpTrue)),
    level: { false_alarm_share: shareOf(runs.map((run) => run.levelNull.first)) },
    common_mode: {
      gap: shareOf(runs.map((run) => run.commonGap)),
      level: shareOf(runs.map((run) => run.commonLevel)),
      level_delay_days: delayOf(runs.map((run) => run.commonLevel)),
    },
    mix_shift: {
      runs: mixed.length,
      cell_matched: shareOf(mixed.map(({ matched }) => matched)),
      pooled: shareOf(mixed.map(({ pooled }) => pooled)),
    },
    episodes: {
      per_run: meanOf(runs.map((run) => run.gapNull.crossings)),
      bound: ticks / threshold,
    },
    learned_nulls: learnedFigures(simulation, runs),
    naive: naiveFigures(simulation, runs),
  }
}

const learnedFigures = (
  { threshold, days }: Simulation,
  runs: readonly SimulatedRun[],
): DriftFigures['learned_nulls'] => {
  const budget = { ...budgetOf(threshold), ticks: days * 24 }
  // The part of K alpha does not grow with time: an error of the null is made once.
  const learnedPart = falseAlarmBound(budgetOf(threshold), threshold, 1)
  const bound =
    falseAlarmBound(budget, threshold, 0) + learnedPart - ticksPer30Days.hour / threshold
  return referenceSizes.flatMap((reference) =>
    (['refusal_level', 'probe_gap'] as const).map((metric) => {
      const of = runs.flatMap(({ learned }) =>
        learned.filter((run) => run.metric === metric && run.reference === reference),
      )
      return {
        metric,
        reference,
        false_alarm_share: shareOf(of.map(({ first }) => first)),
        bound,
        taken_as_exact: shareOf(of.map(({ exactFirst }) => exactFirst)),
      }
    }),
  )
}

const naiveFigures = ({ days }: Simulation, runs: readonly SimulatedRun[]): DriftFigures['naive'] =>
  naiveRules.map((rule, i) => {
    const of = runs.flatMap(({ naive }) => naive[i] ?? [])
    return {
      rule: rule.name,
      false_alarm_share: shareOf(of.map(({ nullFirst }) => nullFirst)),
      false_episodes_per_30_days: (meanOf(of.map(({ nullEpisodes }) => nullEpisodes)) * 30) / days,
      delay_days: delayOf(of.map(({ jumpFirst }) => jumpFirst)),
    }
  })
