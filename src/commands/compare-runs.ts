/**
 * Two runs of the same probes, before and after a change, paired by probe, language and condition:
 * the change of the failure rate in percentage points with its interval, and which categories are up
 * for review. A failure is an answer that is not what the probe expects.
 *
 * A probe asked in several languages or under several conditions gives pairs that are alike. The
 * interval of a row with such pairs is as wide as if each probe counted once, and its test takes each
 * probe once, by the direction most of its pairs have moved in. Where every probe stands once, both
 * are those of the pairs: Newcombe's method 10 and the exact McNemar test.
 */
import { mcnemarP, type PairedCounts, pairedDifference } from '../aggregate/mcnemar.ts'
import { reviewPoints } from '../aggregate/model-delta.ts'
import type { Interval } from '../aggregate/wilson.ts'
import type { Category } from '../probe/category.ts'
import type { RunAnswer, RunRecord } from '../probe/run-record.ts'
import type { ProbeSet } from '../probe/scoring.ts'

export const dimensions = ['category', 'language', 'condition'] as const
export type Dimension = (typeof dimensions)[number]

export interface CompareRow {
  by: Dimension
  category: Category
  set: ProbeSet
  /** Language or condition; undefined: the row is of a whole category. */
  value: string | undefined
  pairs: number
  probes: number
  failedBefore: number
  failedAfter: number
  /** Failed only after, failed only before. */
  worse: number
  better: number
  /** Failure rate after less before, in points. */
  points: Interval | undefined
  p: number | undefined
  review: boolean
  /** Pairs of which one answer or both could not be read, by the side that could not. */
  unscoredBefore: number
  unscoredAfter: number
  /** Answers without their like in the other run. */
  onlyBefore: number
  onlyAfter: number
}

class Tally {
  readonly counts: PairedCounts = { bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 }
  /** Probe -> pairs that got worse less pairs that got better. */
  readonly #moved = new Map<string, number>()
  unscoredBefore = 0
  unscoredAfter = 0
  onlyBefore = 0
  onlyAfter = 0

  pair(before: RunAnswer, after: RunAnswer): void {
    const first = failed(after)
    const second = failed(before)
    if (second === undefined) this.unscoredBefore++
    if (first === undefined) this.unscoredAfter++
    if (first === undefined || second === undefined) return
    const change = Number(first) - Number(second)
    this.#moved.set(after.probe, (this.#moved.get(after.probe) ?? 0) + change)
    if (first && second) this.counts.bothYes++
    else if (first) this.counts.firstOnly++
    else if (second) this.counts.secondOnly++
    else this.counts.bothNo++
  }

  row(head: Pick<CompareRow, 'by' | 'category' | 'set' | 'value'>): CompareRow {
    const { bothYes, firstOnly, secondOnly, bothNo } = this.counts
    const pairs = bothYes + firstOnly + secondOnly + bothNo
    const probes = this.#moved.size
    const points =
      pairs === 0 ? undefined : inPoints(pairedDifference(scaled(this.counts, probes / pairs)))
    // In whole numbers: 45 % less 30 % is more than 15 points in doubles.
    const above = 100 * (firstOnly - secondOnly) > reviewPoints * pairs
    const moved = [...this.#moved.values()]
    return {
      ...head,
      pairs,
      probes,
      failedBefore: bothYes + secondOnly,
      failedAfter: bothYes + firstOnly,
      worse: firstOnly,
      better: secondOnly,
      points,
      p:
        pairs === 0
          ? undefined
          : mcnemarP(moved.filter((by) => by > 0).length, moved.filter((by) => by < 0).length),
      review: above && points !== undefined && points.lo > 0,
      unscoredBefore: this.unscoredBefore,
      unscoredAfter: this.unscoredAfter,
      onlyBefore: this.onlyBefore,
      onlyAfter: this.onlyAfter,
    }
  }
}

const scaled = (counts: PairedCounts, by: number): PairedCounts => ({
  bothYes: counts.bothYes * by,
  firstOnly: counts.firstOnly * by,
  secondOnly: counts.secondOnly * by,
  bothNo: counts.bothNo * by,
})

const inPoints = (difference: Interval | undefined): Interval | undefined =>
  difference === undefined
    ? undefined
    : { est: 100 * difference.est, lo: 100 * difference.lo, hi: 100 * difference.hi }

/** Undefined: the answer could not be read. */
const failed = ({ score }: RunAnswer): boolean | undefined =>
  score === 'pass' || score === 'fail' ? score === 'fail' : undefined

export interface Comparison {
  rows: readonly CompareRow[]
  /** What is different and yet comparable, in words. */
  notes: readonly string[]
}

export type CompareRuns = { ok: true; comparison: Comparison } | { ok: false; reasons: string[] }

export function compareRuns(before: RunRecord, after: RunRecord): CompareRuns {
  const instruments = compareInstruments(before, after)
  if (instruments.reasons.length > 0) return { ok: false, reasons: instruments.reasons }
  const tallies = new Map<string, { head: Parameters<Tally['row']>[0]; tally: Tally }>()
  const each = (answer: RunAnswer, add: (tally: Tally) => void): void => {
    for (const by of dimensions) {
      const { category, set } = answer
      const value = by === 'category' ? undefined : answer[by]
      const key = JSON.stringify([by, category, set, value])
      const found = tallies.get(key) ?? { head: { by, category, set, value }, tally: new Tally() }
      tallies.set(key, found)
      add(found.tally)
    }
  }
  let pairs = 0
  for (const [key, first] of before.answers) {
    const second = after.answers.get(key)
    if (second === undefined) each(first, (tally) => tally.onlyBefore++)
    else {
      pairs++
      each(first, (tally) => tally.pair(first, second))
    }
  }
  for (const [key, second] of after.answers) {
    if (!before.answers.has(key)) each(second, (tally) => tally.onlyAfter++)
  }
  if (pairs === 0) return { ok: false, reasons: ['no probe was asked in both runs alike'] }
  const rows = [...tallies.values()].map(({ head, tally }) => tally.row(head))
  return { ok: true, comparison: { rows: rows.sort(byPlace), notes: instruments.notes } }
}

const byPlace = (a: CompareRow, b: CompareRow): number => {
  const place = ({ by, category, set, value }: CompareRow): string =>
    JSON.stringify([dimensions.indexOf(by), category, set, value ?? ''])
  return place(a) < place(b) ? -1 : 1
}

/** The provider's own signal speaks only where there is one: it may be in one run and not the other. */
const providerSignal = 'provider_signal'

interface Instruments {
  reasons: string[]
  notes: string[]
}

/** Results compare at equal suites, judges and scaffolds only. */
function compareInstruments(before: RunRecord, after: RunRecord): Instruments {
  const reasons: string[] = []
  const notes: string[] = []
  const first = instrumentsOf(before)
  const second = instrumentsOf(after)
  for (const [name, hashes] of first.fixed) {
    const others = second.fixed.get(name)
    if (others === undefined) continue
    const all = new Set([...hashes, ...others])
    if (all.size > 1)
      reasons.push(`${name} differs: ${shown(hashes)} before, ${shown(others)} after`)
  }
  for (const [category, judges] of first.judges) {
    const others = second.judges.get(category)
    if (others === undefined || judges.size === 0 || others.size === 0) continue
    const common = [...judges].filter((judge) => others.has(judge))
    const told = `judges of ${category}: ${[...judges].join(', ')} before, ${[...others].join(', ')} after`
    if (common.length === 0) reasons.push(`${told}: none in common`)
    else if (common.length < Math.max(judges.size, others.size)) notes.push(told)
  }
  return { reasons, notes }
}

interface FoundInstruments {
  /** What has one value: `suite of factual`, `version of judge lexical`. */
  fixed: Map<string, Set<string>>
  /** By category, those that gave a verdict. */
  judges: Map<string, Set<string>>
}

function instrumentsOf({ answers }: RunRecord): FoundInstruments {
  const fixed = new Map<string, Set<string>>()
  const judges = new Map<string, Set<string>>()
  const put = (into: Map<string, Set<string>>, name: string, value: string): void => {
    const values = into.get(name) ?? new Set<string>()
    into.set(name, values.add(value))
  }
  for (const {
    category,
    condition,
    suite,
    scaffold,
    score,
    judge,
    judgeVersion,
  } of answers.values()) {
    put(fixed, `suite of ${category}`, suite)
    put(fixed, `scaffold of ${category} under ${condition}`, scaffold ?? 'none')
    if (score !== 'pass' && score !== 'fail') continue
    put(fixed, `version of judge ${judge}`, judgeVersion)
    if (judge !== providerSignal) put(judges, category, judge)
  }
  return { fixed, judges }
}

const shown = (hashes: ReadonlySet<string>): string =>
  [...hashes].map((hash) => hash.slice(0, 12)).join(', ')

/**
 * What the 15-point rule puts up for review. A category is up for review also when it is so in one
 * language or under one condition alone: in the whole, a rise there is thinned by all the others.
 */
export const reviewsOf = (rows: readonly CompareRow[]): CompareRow[] =>
  rows.filter(({ review }) => review)
