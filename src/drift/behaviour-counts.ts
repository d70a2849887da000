/**
 * What a tick saw, as counts that add up over replicas and over ticks: verdicts by language, set and
 * cell, the differences of every live pair, flips, and the mix of all traffic. From these a
 * baseline is pinned, nulls are learned and shifts of the mix are told from shifts of behaviour. No
 * text and no identity is in them, and every key is from a closed or bounded set.
 */
import { BigramCounts, readBigramCounts } from '../aggregate/bigram-counts.ts'
import { readScoreHistogram, ScoreHistogram } from '../aggregate/score-histogram.ts'
import type { Format } from '../exchange/stratum.ts'
import { DifferenceCounts } from './learned-null.ts'
import { fieldsOf, isCount, readCounts, readRecord } from './stored-values.ts'

/** Verdicts of samples that may feed detectors. `refused` is of the `judged`, `unclear` beside them. */
export interface CellCounts {
  judged: number
  refused: number
  unclear: number
}

export interface RateCounts {
  n: number
  hits: number
}

export interface BehaviourCounts {
  /** Key: language, set and cell (format/depth) with `|` between. */
  cells: Map<string, CellCounts>
  /** Key: metric, language and set. */
  differences: Map<string, DifferenceCounts>
  /** Near-duplicate prompts of one user: hits are changed verdicts. */
  flips: RateCounts
  /** All judged exchanges, sampled for a detector or not. */
  languages: Map<string, number>
  depths: Map<string, number>
  /** Models that answered; the rarest beyond the bound are one. */
  models: Map<string, number>
  /** Steps from tool to tool. */
  tools: BigramCounts
  /** Surprisal of sampled tool sequences to what had been counted before them. */
  surprisal: ScoreHistogram
  /** Exchanges that the monitor took and did not judge, by stage and reason with `:` between. */
  dropped: Map<string, number>
}

export const modelsMax = 32
export const furtherModels = 'other'
const entriesMax = 10_000

export const emptyBehaviour = (): BehaviourCounts => ({
  cells: new Map(),
  differences: new Map(),
  flips: { n: 0, hits: 0 },
  languages: new Map(),
  depths: new Map(),
  models: new Map(),
  tools: new BigramCounts(),
  surprisal: new ScoreHistogram(),
  dropped: new Map(),
})

export const cellKey = (language: string, set: string, cell: string): string =>
  `${language}|${set}|${cell}`
export const differenceKey = (metric: string, language: string, set: string): string =>
  `${metric}|${language}|${set}`

export interface CellName {
  language: string
  set: string
  format: Format | (string & {})
  cell: string
}

/** The parts of a cell's key. */
export const cellName = (key: string): CellName => {
  const [language = '', set = '', cell = ''] = key.split('|')
  return { language, set, cell, format: cell.split('/')[0] ?? '' }
}

const bump = (counts: Map<string, number>, key: string, by: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

export const countVerdict = (
  counts: BehaviourCounts,
  key: string,
  verdict: 'refused' | 'answered' | 'unclear',
): void => {
  let cell = counts.cells.get(key)
  if (cell === undefined) {
    cell = { judged: 0, refused: 0, unclear: 0 }
    counts.cells.set(key, cell)
  }
  if (verdict === 'unclear') cell.unclear++
  else cell.judged++
  if (verdict === 'refused') cell.refused++
}

export const countDifference = (
  counts: BehaviourCounts,
  key: string,
  difference: number,
  times = 1,
): void => {
  const known = counts.differences.get(key) ?? new DifferenceCounts()
  counts.differences.set(key, known)
  known.add(difference, times)
}

export const countFlip = (counts: BehaviourCounts, flipped: boolean): void => {
  counts.flips.n++
  if (flipped) counts.flips.hits++
}

export const countDropped = (counts: BehaviourCounts, stage: string, reason: string): void =>
  bump(counts.dropped, `${stage}:${reason}`, 1)

export const countModel = (counts: BehaviourCounts, model: string, by = 1): void => {
  const isKnown = counts.models.has(model) || counts.models.size < modelsMax
  bump(counts.models, isKnown ? model : furtherModels, by)
}

export const countMix = (counts: BehaviourCounts, language: string, depth: string): void => {
  bump(counts.languages, language, 1)
  bump(counts.depths, depth, 1)
}

/** Adds `more` into `sum`. */
export const addBehaviour = (sum: BehaviourCounts, more: BehaviourCounts): void => {
  for (const [key, { judged, refused, unclear }] of more.cells) {
    const cell = sum.cells.get(key) ?? { judged: 0, refused: 0, unclear: 0 }
    sum.cells.set(key, {
      judged: cell.judged + judged,
      refused: cell.refused + refused,
      unclear: cell.unclear + unclear,
    })
  }
  for (const [key, differences] of more.differences) {
    for (const [difference, times] of differences.entries()) {
      countDifference(sum, key, difference, times)
    }
  }
  sum.flips.n += more.flips.n
  sum.flips.hits += more.flips.hits
  for (const [language, n] of more.languages) bump(sum.languages, language, n)
  for (const [depth, n] of more.depths) bump(sum.depths, depth, n)
  for (const [model, n] of more.models) countModel(sum, model, n)
  sum.tools.merge(more.tools)
  sum.surprisal.merge(more.surprisal)
  for (const [reason, n] of more.dropped) bump(sum.dropped, reason, n)
}

/** Judged, refused and unclear over all cells that pass. */
export const sumCells = (
  counts: BehaviourCounts,
  fits: (name: CellName) => boolean,
): CellCounts => {
  const sum = { judged: 0, refused: 0, unclear: 0 }
  for (const [key, { judged, refused, unclear }] of counts.cells) {
    if (!fits(cellName(key))) continue
    sum.judged += judged
    sum.refused += refused
    sum.unclear += unclear
  }
  return sum
}

const sorted = <Value>(entries: ReadonlyMap<string, Value>): [string, Value][] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1))

/** Plain JSON with sorted keys: equal counts give equal text, in whatever order they came. */
export const behaviourJson = (counts: BehaviourCounts): Record<string, unknown> => ({
  cells: Object.fromEntries(
    sorted(counts.cells).map(([key, { judged, refused, unclear }]) => [
      key,
      [judged, refused, unclear],
    ]),
  ),
  differences: Object.fromEntries(
    sorted(counts.differences).map(([key, differences]) => [
      key,
      [...differences.entries()].sort(([a], [b]) => a - b),
    ]),
  ),
  flips: [counts.flips.n, counts.flips.hits],
  languages: Object.fromEntries(sorted(counts.languages)),
  depths: Object.fromEntries(sorted(counts.depths)),
  models: Object.fromEntries(sorted(counts.models)),
  tools: counts.tools.toJSON(),
  surprisal: counts.surprisal.toJSON(),
  // Absent when empty: baselines of before this was counted keep their hash.
  ...(counts.dropped.size === 0 ? {} : { dropped: Object.fromEntries(sorted(counts.dropped)) }),
})

const readCell = (value: unknown): CellCounts | undefined => {
  const [judged, refused, unclear] = readCounts(value, 3) ?? []
  if (judged === undefined || refused === undefined || unclear === undefined) return undefined
  return refused > judged ? undefined : { judged, refused, unclear }
}

const readDifferences = (value: unknown): DifferenceCounts | undefined => {
  if (!Array.isArray(value) || value.length > 2001) return undefined
  const counts = new DifferenceCounts()
  for (const entry of value) {
    const [difference, times]: unknown[] = Array.isArray(entry) ? entry : []
    const fits = typeof difference === 'number' && difference >= -1 && difference <= 1
    if (!fits || !isCount(times)) return undefined
    counts.add(difference, times)
  }
  // A difference may stand twice: a sum that is no count could not be read again.
  return isCount(counts.total) ? counts : undefined
}

const readCount = (value: unknown): number | undefined => (isCount(value) ? value : undefined)

/** Of `behaviourJson`; undefined when it is anything else. */
export const readBehaviour = (value: unknown): BehaviourCounts | undefined => {
  const fields = fieldsOf(value)
  const cells = readRecord(fields?.get('cells'), readCell, entriesMax)
  const differences = readRecord(fields?.get('differences'), readDifferences, entriesMax)
  const [n, hits] = readCounts(fields?.get('flips'), 2) ?? []
  const languages = readRecord(fields?.get('languages'), readCount, entriesMax)
  const depths = readRecord(fields?.get('depths'), readCount, entriesMax)
  const models = readRecord(fields?.get('models'), readCount, modelsMax + 1)
  if (cells === undefined || differences === undefined || n === undefined || hits === undefined) {
    return undefined
  }
  if (languages === undefined || depths === undefined || models === undefined || hits > n) {
    return undefined
  }
  const dropped = readRecord(fields?.get('dropped') ?? {}, readCount, entriesMax)
  const tools = readBigramCounts(fields?.get('tools'))
  const surprisal = readScoreHistogram(fields?.get('surprisal'))
  if (tools === undefined || surprisal === undefined || dropped === undefined) return undefined
  const flips = { n, hits }
  return { cells, differences, flips, languages, depths, models, tools, surprisal, dropped }
}
