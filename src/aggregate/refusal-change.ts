/**
 * Why the refusal rate of a language and set moved since the reference: by its mix over cells
 * (format x depth) or by how the same cells are answered; and what the rate would be under the mix of
 * the reference.
 *
 * A cell of one period only has no rate in the other. Its rate is taken to be the same in both, so all
 * of it counts as mix; `unmatched` says how much of the samples that is, and above 20 % nothing is
 * said at all. The parts always add up to the whole change. Describes; tests nothing.
 */
import { type CellChange, kitagawa } from './kitagawa.ts'
import { weightedSumOf } from './newcombe.ts'
import { type Interval, wilson } from './wilson.ts'

/** Below this many samples on either side a change is not split. */
export const changeSamplesMin = 100
/** Most that may lie in cells of one period only, as a share of that period. */
export const unmatchedMax = 0.2
/** Least share of the reference mix for which recent samples are there. */
export const coverageMin = 0.8

export interface CellRefusals {
  language: string
  set: string
  cell: string
  refused: number
  n: number
}

type Rates = ReadonlyMap<string, { refused: number; n: number }>

export interface ChangeParts {
  /** In points: hundredths of the refusal rate; positive when more is refused. */
  mix: number
  behaviour: number
  /** The larger of the two periods' shares in cells that the other does not have. */
  unmatched: number
}

const rateOf = ({ refused, n }: { refused: number; n: number }): number => refused / n

const samplesOf = (rates: Rates): number => {
  let sum = 0
  for (const { refused, n } of rates.values()) {
    if (!(refused >= 0 && refused <= n && Number.isFinite(n))) {
      throw new RangeError(`refusal change: ${refused} of ${n}`)
    }
    sum += n
  }
  return sum
}

/** Undefined when a period has no sample. */
export const splitChange = (reference: Rates, recent: Rates): ChangeParts | undefined => {
  const before = samplesOf(reference)
  const after = samplesOf(recent)
  if (before === 0 || after === 0) return undefined
  const cells: CellChange[] = []
  let onlyBefore = 0
  let onlyAfter = 0
  for (const name of new Set([...reference.keys(), ...recent.keys()])) {
    const old = reference.get(name) ?? { refused: 0, n: 0 }
    const now = recent.get(name) ?? { refused: 0, n: 0 }
    if (old.n === 0) onlyAfter += now.n
    if (now.n === 0) onlyBefore += old.n
    if (old.n === 0 && now.n === 0) continue
    cells.push({
      before: { weight: old.n / before, rate: rateOf(old.n > 0 ? old : now) },
      after: { weight: now.n / after, rate: rateOf(now.n > 0 ? now : old) },
    })
  }
  const { mix, behaviour } = kitagawa(cells)
  const unmatched = Math.max(onlyBefore / before, onlyAfter / after)
  return { mix: 100 * mix, behaviour: 100 * behaviour, unmatched }
}

export interface StandardisedRate {
  /** Wilson limits of the cells, joined by square-and-add. */
  rate: Interval
  /** Share of the mix that the recent samples cover; the rest is left out of the rate. */
  coverage: number
}

/** Undefined when the recent samples cover less than `coverageMin` of the mix. */
export const standardisedRate = (
  recent: Rates,
  mix: ReadonlyMap<string, number>,
): StandardisedRate | undefined => {
  const parts: { weight: number; interval: Interval }[] = []
  let whole = 0
  let covered = 0
  for (const [cell, weight] of mix) {
    whole += weight
    const counts = recent.get(cell)
    const interval = counts === undefined ? undefined : wilson(counts.refused, counts.n)
    if (interval === undefined) continue
    covered += weight
    parts.push({ weight, interval })
  }
  const coverage = covered / whole
  // Also false for a mix without any weight.
  if (!(covered > 0 && coverage >= coverageMin)) return undefined
  const rate = weightedSumOf(
    parts.map(({ weight, interval }) => ({ weight: weight / covered, interval })),
  )
  if (rate === undefined) return undefined
  const clipped = { est: rate.est, lo: Math.max(0, rate.lo), hi: Math.min(1, rate.hi) }
  return { rate: clipped, coverage }
}

/** Share of each cell in its set, over all languages: the weights of standardised rates. */
export const referenceMix = (
  reference: Iterable<CellRefusals>,
): Map<string, Map<string, number>> => {
  const sets = new Map<string, Map<string, number>>()
  const totals = new Map<string, number>()
  for (const { set, cell, n } of reference) {
    if (n === 0) continue
    const cells = sets.get(set) ?? new Map<string, number>()
    sets.set(set, cells)
    cells.set(cell, (cells.get(cell) ?? 0) + n)
    totals.set(set, (totals.get(set) ?? 0) + n)
  }
  for (const [set, cells] of sets) {
    for (const [cell, n] of cells) cells.set(cell, n / (totals.get(set) ?? n))
  }
  return sets
}

export interface RefusalChange {
  language: string
  set: string
  referenceSamples: number
  recentSamples: number
  /** Undefined: too few samples on a side, or too many of them in cells of one period only. */
  change: ChangeParts | undefined
  /** Undefined: the reference has no such set, or recent samples cover too little of its mix. */
  standardised: StandardisedRate | undefined
}

interface Group {
  language: string
  set: string
  rates: Map<string, { refused: number; n: number }>
}

const groupsOf = (rows: Iterable<CellRefusals>): Map<string, Group> => {
  const groups = new Map<string, Group>()
  for (const { language, set, cell, refused, n } of rows) {
    const key = JSON.stringify([language, set])
    const group: Group = groups.get(key) ?? { language, set, rates: new Map() }
    groups.set(key, group)
    const sum = group.rates.get(cell) ?? { refused: 0, n: 0 }
    group.rates.set(cell, { refused: sum.refused + refused, n: sum.n + n })
  }
  return groups
}

/** One row for each language and set with recent samples; counts of a cell may come in parts. */
export const refusalChanges = (
  reference: readonly CellRefusals[],
  recent: readonly CellRefusals[],
): RefusalChange[] => {
  const mixes = referenceMix(reference)
  const before = groupsOf(reference)
  const rows: RefusalChange[] = []
  for (const [key, { language, set, rates }] of groupsOf(recent)) {
    const old: Rates = before.get(key)?.rates ?? new Map()
    const referenceSamples = samplesOf(old)
    const recentSamples = samplesOf(rates)
    if (recentSamples === 0) continue
    const enough = Math.min(referenceSamples, recentSamples) >= changeSamplesMin
    const change = enough ? splitChange(old, rates) : undefined
    rows.push({
      language,
      set,
      referenceSamples,
      recentSamples,
      change: change !== undefined && change.unmatched <= unmatchedMax ? change : undefined,
      standardised: standardisedRate(rates, mixes.get(set) ?? new Map()),
    })
  }
  return rows
}
