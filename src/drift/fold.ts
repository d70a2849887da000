/**
 * Folds one tick of the whole fleet: adds the parts up, closes the tick in every detector that had
 * data, and says whether another model answers now. Pure: who folds, and that it happens once, is
 * for the store to see to.
 *
 * Assumes that a part is whole and that no part is given twice. Detectors that were not in use for
 * `forgetTicks` are dropped: their identity will not come back.
 */
import {
  type BehaviourCounts,
  countDifference,
  differenceKey,
  furtherModels,
  sumCells,
} from './behaviour-counts.ts'
import type { DetectorSpec } from './detector-spec.ts'
import type { DetectorState } from './e-detector.ts'
import {
  type CategoryCounts,
  type FleetState,
  type ModelSeries,
  modelLengthMax,
  receiptsMax,
} from './fleet-state.ts'
import { foldDetectors } from './fold-detectors.ts'
import { type LeftoverPair, type Leftovers, pairLeftovers } from './leftovers.ts'
import { refusalGap } from './live-pairing.ts'
import { addToDetector, mergeParts, type TickPart } from './tick-part.ts'

export interface FoldFleetOptions {
  /** A of hourly ticks. */
  threshold: number
  quietTicks: number
  forgetTicks: number
  /** The detector of pairs that are made here; undefined when none runs. */
  gapDetector: (language: string, set: string) => DetectorSpec | undefined
}

export interface FoldedFleet {
  fleet: FleetState
  /** What the whole fleet saw in this tick. */
  behaviour: BehaviourCounts
  opened: readonly string[]
  closed: readonly string[]
  /** M that opened an episode, by identity. */
  reached: ReadonlyMap<string, number>
  /** Made here, of samples that the replicas had left over. */
  paired: readonly LeftoverPair[]
  /** Another model answers since this tick. */
  modelChanged: boolean
}

/** A version is taken for the one that runs when it answers more than this share of a tick ... */
const modelShareMin = 0.6
/** ... of at least so many exchanges. */
const modelExchangesMin = 20

/** Categories of live traffic in the pre/post delta; each is the set of the same name. */
export const liveCategories = ['should_refuse', 'benign', 'unclassified'] as const

export const foldFleet = (
  fleet: FleetState,
  tick: number,
  parts: ReadonlyMap<string, TickPart>,
  options: FoldFleetOptions,
): FoldedFleet | undefined =>
  foldParts(
    fleet,
    tick,
    [...parts].sort(([a], [b]) => (a < b ? -1 : 1)),
    options,
  )

/** @param parts in the order of their writers; each is looked at once, and may be read only then */
export const foldParts = (
  fleet: FleetState,
  tick: number,
  parts: Iterable<readonly [writer: string, part: TickPart]>,
  options: FoldFleetOptions,
): FoldedFleet | undefined => {
  if (fleet.foldedTick !== undefined && tick <= fleet.foldedTick) return undefined
  const writers = new Map<string, number>()
  const leftovers: Leftovers[] = []
  const noted = function* (): Iterable<TickPart> {
    for (const [writer, part] of parts) {
      writers.set(writer, part.samples)
      leftovers.push(part.leftovers)
      yield part
    }
  }
  const merged = mergeParts(noted())
  const paired = pairLeftovers(leftovers)
  for (const pair of paired) addPair(merged, pair, options)
  const { behaviour, detectors: sums } = merged
  const states = afterPause(fleet, tick, options.forgetTicks)
  const folded = foldDetectors(states, tick, sums, options)
  const counted = { ...fleet.series, after: addCategories(fleet.series.after, behaviour) }
  const model = runningModel(behaviour) ?? counted.model
  const modelChanged = counted.model !== '' && model !== counted.model
  return {
    fleet: {
      foldedTick: tick,
      detectors: folded.states,
      series: modelChanged
        ? nextSeries(counted, { model, since: tick + 1 })
        : named(counted, model),
      receipts: [...fleet.receipts, { tick, writers }].slice(-receiptsMax),
    },
    behaviour,
    opened: folded.opened,
    closed: folded.closed,
    reached: folded.reached,
    paired,
    modelChanged,
  }
}

const addPair = (
  merged: TickPart,
  { language, set, difference }: LeftoverPair,
  { gapDetector }: FoldFleetOptions,
): void => {
  countDifference(merged.behaviour, differenceKey(refusalGap.metric, language, set), difference)
  const spec = gapDetector(language, set)
  if (spec !== undefined) addToDetector(merged, spec, difference)
}

/**
 * A time in which nothing was folded at all, or that a wrong clock has made up, is no time in which a
 * detector was out of use.
 */
const afterPause = (
  { foldedTick = 0, detectors }: FleetState,
  tick: number,
  forgetTicks: number,
): ReadonlyMap<string, DetectorState> => {
  const pause = tick - foldedTick - 1
  if (pause <= forgetTicks) return detectors
  return new Map(
    Array.from(detectors, ([id, state]) => {
      const { lastTick } = state
      return [id, lastTick === undefined ? state : { ...state, lastTick: lastTick + pause }]
    }),
  )
}

/** The version that answers most; undefined when none does clearly. */
export const runningModel = ({ models }: BehaviourCounts): string | undefined => {
  let total = 0
  let top: [string, number] = ['', 0]
  for (const [name, n] of models) {
    total += n
    if (name !== furtherModels && n > top[1]) top = [name, n]
  }
  const [name, n] = top
  if (total < modelExchangesMin || n <= modelShareMin * total) return undefined
  return name.slice(0, modelLengthMax)
}

/** A new series: what came since the last change becomes what was before this one. */
export const nextSeries = (
  { number, after }: ModelSeries,
  { model, since, label = '' }: { model: string; since: number; label?: string },
): ModelSeries => ({
  number: number + 1,
  model,
  label,
  since,
  before: after,
  after: new Map(),
})

/** The first version that is clear names the series that runs; that is no change. */
const named = (series: ModelSeries, model: string): ModelSeries =>
  series.model === model ? series : { ...series, number: Math.max(1, series.number), model }

const addCategories = (
  counts: ReadonlyMap<string, CategoryCounts>,
  behaviour: BehaviourCounts,
): Map<string, CategoryCounts> => {
  const sum = new Map(counts)
  for (const category of liveCategories) {
    const { judged, refused } = sumCells(behaviour, ({ set }) => set === category)
    if (judged === 0) continue
    const known = sum.get(category) ?? { n: 0, refused: 0 }
    sum.set(category, { n: known.n + judged, refused: known.refused + refused })
  }
  return sum
}
