/**
 * The detectors of live traffic run again over the history: which episodes opened, when, and on how much
 * evidence. W of a tick is a sum over its differences, so the counts of a tick are all that is needed.
 *
 * Two things are as exact as the history is: differences of gaps are kept in steps of 0.001, rounded up
 * (learned-null.ts), and a baseline is taken to be in force from the tick after its pin until the next
 * pin. `agrees` holds the replay against the counts of the detectors that run. `tool_surprisal` is not
 * replayed: bits to the baseline are not in the history.
 */
import type { Baseline } from '../drift/baseline.ts'
import { type BehaviourCounts, differenceKey, sumCells } from '../drift/behaviour-counts.ts'
import { learnedNullAlpha, thresholdFor } from '../drift/budget.ts'
import type { DetectorSpec } from '../drift/detector-spec.ts'
import {
  addDifference,
  type DetectorState,
  emptyTick,
  evidenceRatio,
  type TickSum,
} from '../drift/e-detector.ts'
import { foldDetectors } from '../drift/fold-detectors.ts'
import { liveDetectors } from '../drift/nulls.ts'
import { overRefusalDifference } from '../drift/over-refusal.ts'
import { levelDifference } from '../drift/refusal-level.ts'
import { flipDifference } from '../drift/repeat-flip.ts'
import type { TickRecord } from '../drift/tick-record.ts'
import { unclearDifference } from '../drift/unclear-rate.ts'
import type { DetectorMetric } from '../exchange/detector-metric.ts'
import type { History } from '../watch/history.ts'
import { ticksPerHorizon } from '../watch/settings.ts'

export interface ReplayedEpisode {
  spec: DetectorSpec
  /** The baseline that the null was learned from; undefined: configured. */
  baseline: Baseline | undefined
  series: number
  judgeVersion: string
  /** The tick from which on the wealth of one bet has grown most: about when it began. */
  beganTick: number
  openedTick: number
  /** Undefined: still open at the end of the history. */
  closedTick: number | undefined
  closedBy: 'quiet' | 'another_instrument' | undefined
  /** Times that M reached A. */
  crossings: number
}

export interface EvidencePoint {
  tick: number
  /** max(0, ln M) / ln A; at least 1 while an episode is open. */
  ratio: number
}

export interface ReplayedDetector {
  spec: DetectorSpec
  points: EvidencePoint[]
}

export interface Replay {
  /** A. */
  threshold: number
  detectors: readonly ReplayedDetector[]
  episodes: readonly ReplayedEpisode[]
  /** Detectors that run now and were replayed; of those, with the same counts as the fleet's. */
  checked: number
  agrees: number
}

/** Kinds that the history does not hold enough for. */
export const notReplayed: readonly DetectorMetric[] = ['tool_surprisal']

export const replay = (history: History): Replay => {
  const { settings, records, fleet } = history
  const budget = {
    detectors: settings.detectorsMax,
    ticks: ticksPerHorizon(settings.tickMs),
    falsePages: settings.falsePages,
  }
  const threshold = thresholdFor(budget)
  const alpha = learnedNullAlpha(budget)
  const fold = {
    threshold,
    quietTicks: settings.episodeQuietTicks,
    forgetTicks: Math.ceil(ticksPerHorizon(settings.tickMs)),
  }
  const detectors = new Map<string, ReplayedDetector & { gains: Gain[] }>()
  const episodes: ReplayedEpisode[] = []
  const open = new Map<string, ReplayedEpisode>()
  let states: ReadonlyMap<string, DetectorState> = new Map()
  const specsOf = specsByInstrument(history, alpha)
  let before: TickRecord | undefined
  for (const record of records) {
    // A change shows in the fold of its tick: the detectors of that tick were still the ones before.
    const series = before?.series ?? record.series
    const { baseline, specs } = specsOf({ ...record, series })
    before = record
    const running = new Set(specs.map(({ id }) => id))
    for (const [id, episode] of open) {
      if (running.has(id)) continue
      Object.assign(episode, { closedTick: record.tick, closedBy: 'another_instrument' })
      open.delete(id)
    }
    const sums = new Map(specs.map((spec) => [spec.id, sumFor(spec, record.behaviour)]))
    const folded = foldDetectors(states, record.tick, sums, fold)
    states = folded.states
    for (const spec of specs) {
      const state = states.get(spec.id)
      if (state === undefined || (sums.get(spec.id)?.count ?? 0) === 0) continue
      const detector = detectors.get(spec.id) ?? { spec, points: [], gains: [] }
      detectors.set(spec.id, detector)
      detector.gains.push({ tick: record.tick, logWealth: sums.get(spec.id)?.logWealth ?? [] })
      const ratio = evidenceRatio(state, threshold)
      detector.points.push({ tick: record.tick, ratio })
      if (folded.opened.includes(spec.id)) {
        const episode: ReplayedEpisode = {
          spec,
          baseline: spec.source === 'learned' ? baseline : undefined,
          series,
          judgeVersion: record.judgeVersion,
          beganTick: onsetOf(detector.gains),
          openedTick: record.tick,
          closedTick: undefined,
          closedBy: undefined,
          crossings: 1,
        }
        episodes.push(episode)
        open.set(spec.id, episode)
      }
      const running = open.get(spec.id)
      if (running === undefined) continue
      running.crossings = state.crossings
      if (!folded.closed.includes(spec.id)) continue
      Object.assign(running, { closedTick: record.tick, closedBy: 'quiet' })
      open.delete(spec.id)
    }
  }
  // A period that ends before the state does cannot have its counts.
  const isWhole = records.at(-1)?.tick === fleet.foldedTick
  const both = [...(isWhole ? fleet.detectors : [])].flatMap(([id, state]) => {
    const again = states.get(id)
    return again === undefined ? [] : [{ state, again }]
  })
  return {
    threshold,
    detectors: [...detectors.values()].map(({ spec, points }) => ({ spec, points })),
    episodes,
    checked: both.length,
    agrees: both.filter(
      ({ state, again }) =>
        state.differences === again.differences &&
        state.activeTicks === again.activeTicks &&
        state.episodes === again.episodes,
    ).length,
  }
}

interface Gain {
  tick: number
  /** W of each bet. */
  logWealth: readonly number[]
}

/** Where the sum of W from there to the end is largest, over all bets. */
const onsetOf = (gains: readonly Gain[]): number => {
  const sums: number[] = []
  let most = Number.NEGATIVE_INFINITY
  let onset = gains.at(-1)?.tick ?? 0
  for (const { tick, logWealth } of gains.toReversed()) {
    for (const [k, w] of logWealth.entries()) {
      const sum = (sums[k] ?? 0) + w
      sums[k] = sum
      if (sum <= most) continue
      most = sum
      onset = tick
    }
  }
  return onset
}

/** The detectors that ran at a tick: by its baseline, its series and its judge. */
const specsByInstrument = ({ settings, baselines }: History, alpha: number) => {
  const known = new Map<string, { baseline: Baseline | undefined; specs: DetectorSpec[] }>()
  const pinnedInOrder = [...baselines].sort((a, b) => a.pinnedAt - b.pinnedAt)
  return ({ tick, series, judgeVersion }: TickRecord) => {
    const baseline = pinnedInOrder.findLast(
      ({ pinnedAt }) => Math.floor(pinnedAt / settings.tickMs) < tick,
    )
    const key = JSON.stringify([baseline?.name, series, judgeVersion])
    const found = known.get(key)
    if (found !== undefined) return found
    const specs = liveDetectors({
      languages: settings.languages,
      requestSets: settings.requestSets,
      configured: settings.nulls,
      baseline,
      alpha,
      series: {
        model: `series ${Math.max(1, series)}`,
        suiteVersion: 'live',
        judgeVersion,
      },
    })
    const made = { baseline, specs }
    known.set(key, made)
    return made
  }
}

const sumFor = (spec: DetectorSpec, behaviour: BehaviourCounts): TickSum => {
  const sum = emptyTick(spec.wager)
  const add = (difference: number, times: number): void => {
    for (let i = 0; i < times; i++) addDifference(sum, spec.wager, difference)
  }
  const { metric, language, set, reference = 0 } = spec
  switch (metric) {
    case 'refusal_gap': {
      const seen = behaviour.differences.get(differenceKey(metric, language, set))
      for (const [difference, times] of seen?.entries() ?? []) add(difference, times)
      break
    }
    case 'refusal_level': {
      const { judged, refused } = cellsOf(behaviour, language, set)
      add(levelDifference(reference, true), refused)
      add(levelDifference(reference, false), judged - refused)
      break
    }
    case 'over_refusal': {
      const { judged, refused } = cellsOf(behaviour, language, set)
      add(overRefusalDifference(true, reference), refused)
      add(overRefusalDifference(false, reference), judged - refused)
      break
    }
    case 'unclear_rate': {
      const { judged, unclear } = sumCells(behaviour, (name) => name.language === language)
      add(unclearDifference(true, reference), unclear)
      add(unclearDifference(false, reference), judged)
      break
    }
    case 'repeat_flip': {
      const { n, hits } = behaviour.flips
      add(flipDifference(true, reference), hits)
      add(flipDifference(false, reference), n - hits)
      break
    }
    case 'probe_gap':
    case 'format_gap':
    case 'depth_gap':
    case 'fork_gap':
    case 'judge_control':
    case 'tool_surprisal':
      break
  }
  return sum
}

const cellsOf = (behaviour: BehaviourCounts, language: string, set: string) =>
  sumCells(behaviour, (name) => name.language === language && name.set === set)
