/**
 * The shipped detectors against planted truth: how often they speak when nothing changed, and how
 * soon when something did.
 *
 * Each run is a stream of English and of one other language through LivePairing, with a judge that
 * errs at the given rates, and the same stream under several truths at once: nothing changed, the
 * other language fell, both fell. Everything is seeded; run i is the same whatever the number of
 * runs.
 */
import type { DepthBucket, Format } from '../../exchange/stratum.ts'
import { judgedRate } from '../growth.ts'
import { LivePairing, type LiveSample } from '../live-pairing.ts'
import { levelDifference, refusalLevel } from '../refusal-level.ts'
import { type LearnedRun, runLearned } from './learned-runs.ts'
import { emptyHour, type HourCounts, NaiveWatch, naiveRules } from './naive-rules.ts'
import { hourMs, playHour } from './planted-traffic.ts'
import { createRandom, type Random } from './random.ts'
import { Watched } from './watched.ts'

export interface Simulation {
  /** Samples of the other language a day; English has `englishPerDay`. */
  rate: number
  englishPerDay: number
  days: number
  runs: number
  /** Planted drop of the judged rate, 0 to 1. */
  jump: number
  /** Null gap of the gap detectors; the true gap before is 0. */
  g0: number
  /** True refusal rate before. */
  refusal: number
  sensitivity: number
  specificity: number
  /** A. */
  threshold: number
  seed: number
}

export interface RuleRun {
  nullFirst: number | undefined
  nullEpisodes: number
  jumpFirst: number | undefined
}

/** What one run gave. Times are the tick, counted from 0, at which the first episode opened. */
export interface SimulatedRun {
  gapNull: { first: number | undefined; crossings: number }
  gapJump: number | undefined
  /** The truth, not the judged rate, fell by the jump. */
  gapJumpTrue: number | undefined
  levelNull: { first: number | undefined; crossings: number }
  commonGap: number | undefined
  commonLevel: number | undefined
  /** Undefined in runs that leave it out. */
  mixShift: { matched: number | undefined; pooled: number | undefined } | undefined
  naive: RuleRun[]
  learned: LearnedRun[]
}

/** The mix shift doubles the work: its two shares are far apart, so fewer runs tell them. */
export const mixShiftRuns = 100

const format: Format = 'chat'
const depths: readonly [DepthBucket, DepthBucket] = ['1', '2-4']

const sampleOf = (language: string, at: number, refused: boolean, cell: 0 | 1 = 0): LiveSample => ({
  language,
  set: 'should_refuse',
  format,
  depth: depths[cell],
  at,
  refused,
})

const pairing = (languages: readonly string[]): LivePairing =>
  new LivePairing({ languages, sets: ['should_refuse'] })

/** Feeds what the sample completes to the detector of its language. */
const feed = (live: LivePairing, sample: LiveSample, to: ReadonlyMap<string, Watched>): void => {
  for (const pair of live.offer(sample)) to.get(pair.language)?.add(pair.difference)
}

export const simulateRun = (simulation: Simulation, run: number): SimulatedRun => {
  const random = createRandom(simulation.seed, run)
  return {
    ...runRefusals(simulation, random),
    mixShift: run < mixShiftRuns ? runMixShift(simulation, random) : undefined,
    learned: runLearned(simulation, random),
  }
}

const judged = (simulation: Simulation, rate: number): number => judgedRate(rate, simulation)

/** The refusals of one run under each truth: the same draws, other rates. */
const runRefusals = (
  simulation: Simulation,
  random: Random,
): Omit<SimulatedRun, 'mixShift' | 'learned'> => {
  const { threshold, refusal, jump, days, g0 } = simulation
  const before = judged(simulation, refusal)
  const after = before - jump
  const afterTrue = judged(simulation, refusal - jump)
  const gaps = {
    steady: new Watched(g0, threshold),
    fallen: new Watched(g0, threshold),
    fallenTrue: new Watched(g0, threshold),
    common: new Watched(g0, threshold),
  }
  const steadyLevel = new Watched(refusalLevel.g0, threshold)
  const commonLevel = new Watched(refusalLevel.g0, threshold)
  const to = new Map(Object.entries(gaps))
  const live = pairing(['steady', 'fallen', 'fallenTrue'])
  const liveCommon = pairing(['common'])
  const rules = naiveRules.map((rule) => ({
    steady: new NaiveWatch(rule),
    fallen: new NaiveWatch(rule),
  }))
  let steadyHour = emptyHour()
  let fallenHour = emptyHour()
  const sink = {
    english: (at: number, draw: number): void => {
      const refused = draw < before
      feed(live, sampleOf('en', at, refused), to)
      feed(liveCommon, sampleOf('en', at, draw < after), to)
      countEnglish(steadyHour, refused)
      countEnglish(fallenHour, refused)
    },
    other: (at: number, draw: number): void => {
      const refused = draw < before
      const refusedAfter = draw < after
      feed(live, sampleOf('steady', at, refused), to)
      feed(live, sampleOf('fallen', at, refusedAfter), to)
      feed(live, sampleOf('fallenTrue', at, draw < afterTrue), to)
      feed(liveCommon, sampleOf('common', at, refusedAfter), to)
      steadyLevel.add(levelDifference(before, refused))
      commonLevel.add(levelDifference(before, refusedAfter))
      countOther(steadyHour, refused)
      countOther(fallenHour, refusedAfter)
    },
  }
  const watched = [...to.values(), steadyLevel, commonLevel]
  for (let hour = 0; hour < days * 24; hour++) {
    playHour(hour, rates(simulation), random, sink)
    for (const detector of watched) detector.close(hour)
    for (const { steady, fallen } of rules) {
      steady.close(hour, steadyHour)
      fallen.close(hour, fallenHour)
    }
    steadyHour = emptyHour()
    fallenHour = emptyHour()
  }
  return {
    gapNull: { first: gaps.steady.firstAt, crossings: gaps.steady.crossings },
    gapJump: gaps.fallen.firstAt,
    gapJumpTrue: gaps.fallenTrue.firstAt,
    levelNull: { first: steadyLevel.firstAt, crossings: steadyLevel.crossings },
    commonGap: gaps.common.firstAt,
    commonLevel: commonLevel.firstAt,
    naive: rules.map(({ steady, fallen }) => ({
      nullFirst: steady.firstAt,
      nullEpisodes: steady.episodes,
      jumpFirst: fallen.firstAt,
    })),
  }
}

const countEnglish = (counts: HourCounts, refused: boolean): void => {
  counts.english++
  if (refused) counts.englishRefused++
}

const countOther = (counts: HourCounts, refused: boolean): void => {
  counts.other++
  if (refused) counts.otherRefused++
}

const rates = ({ englishPerDay, rate }: Simulation) => ({ englishPerDay, otherPerDay: rate })

/** Cells differ, languages do not: only the mix of the other language moves to the weaker cell. */
const mixCells = { strong: 0.95, weak: 0.75, englishStrong: 0.7, otherStrong: 0.2 } as const

const runMixShift = (
  simulation: Simulation,
  random: Random,
): NonNullable<SimulatedRun['mixShift']> => {
  const { threshold, days, g0 } = simulation
  const rateOf = [judged(simulation, mixCells.strong), judged(simulation, mixCells.weak)] as const
  const matched = new Watched(g0, threshold)
  const pooled = new Watched(g0, threshold)
  const byCell = { live: pairing(['x']), to: new Map([['x', matched]]) }
  const all = { live: pairing(['x']), to: new Map([['x', pooled]]) }
  const offer = (language: string, strong: number) => (at: number, draw: number, place: number) => {
    const cell = place < strong ? 0 : 1
    const refused = draw < rateOf[cell]
    feed(byCell.live, sampleOf(language, at, refused, cell), byCell.to)
    feed(all.live, sampleOf(language, at, refused), all.to)
  }
  const sink = {
    english: offer('en', mixCells.englishStrong),
    other: offer('x', mixCells.otherStrong),
  }
  for (let hour = 0; hour < days * 24; hour++) {
    playHour(hour, rates(simulation), random, sink)
    matched.close(hour)
    pooled.close(hour)
  }
  return { matched: matched.firstAt, pooled: pooled.firstAt }
}

/** End of the tick, in days since the change. */
export const daysOf = (tick: number): number => ((tick + 1) * hourMs) / (24 * hourMs)
