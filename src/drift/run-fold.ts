/**
 * Folds one complete run of the probe set: a tick of its own, closed in every detector that had a
 * difference. Once for each run, and in the order of the times they were due. Pure: who folds, and that
 * the state is written under a valid lease, is for the store to see to.
 *
 * Assumes that the run is complete: a run that was cut by its answers would choose its pairs.
 */
import { readDetectorState } from './detector-state.ts'
import { type DetectorState, defaultBets, type TickSum } from './e-detector.ts'
import { foldDetectors } from './fold-detectors.ts'
import { fieldsOf, isCount, isTick, parseJson, readRecord } from './stored-values.ts'
import { detectorsMax } from './tick-part.ts'

export interface RunState {
  /** Runs folded so far: the number of the last tick. */
  runs: number
  /** Epoch milliseconds at which the last folded run was due. */
  dueAt: number | undefined
  /** Ids of the last folded runs, newest last. */
  folded: readonly string[]
  /** By the detector's identity. */
  detectors: ReadonlyMap<string, DetectorState>
  /** First verdicts of the fixed transcripts, refused or not, by judge, then by transcript. */
  reference: ReadonlyMap<string, ReadonlyMap<string, boolean>>
}

export interface FoldedRunInput {
  id: string
  dueAt: number
  sums: ReadonlyMap<string, TickSum>
}

export interface FoldRunOptions {
  /** A of ticks that are runs. */
  threshold: number
  quietTicks: number
  /** A detector that had no difference in so many runs is dropped. */
  forgetTicks: number
}

export interface FoldedRun {
  state: RunState
  opened: readonly string[]
  closed: readonly string[]
}

const version = 1
const foldedMax = 64
const judgesMax = 8
const transcriptsMax = 2000

export const emptyRunState: RunState = {
  runs: 0,
  dueAt: undefined,
  folded: [],
  detectors: new Map(),
  reference: new Map(),
}

/** Undefined: it was folded already, or a later one was. */
export const foldRun = (
  state: RunState,
  { id, dueAt, sums }: FoldedRunInput,
  { threshold, quietTicks, forgetTicks }: FoldRunOptions,
): FoldedRun | undefined => {
  if (state.folded.includes(id)) return undefined
  if (state.dueAt !== undefined && dueAt <= state.dueAt) return undefined
  const tick = state.runs + 1
  const options = { threshold, quietTicks, forgetTicks }
  const { states, opened, closed } = foldDetectors(state.detectors, tick, sums, options)
  const folded = [...state.folded, id].slice(-foldedMax)
  return { state: { ...state, runs: tick, dueAt, folded, detectors: states }, opened, closed }
}

/** The reference of a judge is what it said first, and never changes; another judge has another. */
export const withReference = (
  state: RunState,
  judge: string,
  verdicts: ReadonlyMap<string, boolean>,
): RunState => {
  const known = state.reference.get(judge) ?? new Map<string, boolean>()
  const others = [...state.reference].filter(([name]) => name !== judge)
  const kept = new Map([
    ...others.slice(-(judgesMax - 1)),
    [judge, new Map([...verdicts, ...known])],
  ])
  return { ...state, reference: kept }
}

export const runStateText = ({ reference, detectors, ...rest }: RunState): string =>
  JSON.stringify({
    version,
    ...rest,
    detectors: Object.fromEntries(detectors),
    reference: Object.fromEntries(
      Array.from(reference, ([judge, verdicts]) => [judge, Object.fromEntries(verdicts)]),
    ),
  })

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 64

/** Of `runStateText`; undefined when it is anything else. */
export const readRunState = (text: string): RunState | undefined => {
  const fields = fieldsOf(parseJson(text))
  if (fields?.get('version') !== version) return undefined
  const runs = fields.get('runs')
  const dueAt = fields.get('dueAt')
  const folded = fields.get('folded')
  const detectors = readRecord(
    fields.get('detectors'),
    (value) => readDetectorState(value, defaultBets.length),
    detectorsMax,
  )
  const reference = readRecord(fields.get('reference'), readVerdicts, judgesMax)
  if (!isCount(runs) || (dueAt !== undefined && !isTick(dueAt))) return undefined
  if (!Array.isArray(folded) || folded.length > foldedMax || !folded.every(isId)) return undefined
  if (detectors === undefined || reference === undefined) return undefined
  // No detector is ahead of the runs: its ticks are their numbers.
  for (const { lastTick } of detectors.values()) if ((lastTick ?? 0) > runs) return undefined
  return { runs, dueAt, folded, detectors, reference }
}

const readVerdicts = (value: unknown): Map<string, boolean> | undefined =>
  readRecord(value, (one) => (typeof one === 'boolean' ? one : undefined), transcriptsMax)
