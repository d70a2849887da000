/**
 * Refusal rates and gaps of languages, corrected for the judge's errors. A language whose judge is
 * not known, or no better than chance, has a status and no number.
 *
 * Model families with labels of their own are corrected apart and put together by their share of the
 * verdicts; the shares are those of the window and taken as known.
 */

import type { JudgeStatus } from './judge-standing.ts'
import { type Basis, type KnownJudge, type StandingReason, standingOf } from './judge-standing.ts'
import { differenceOf, weightedSumOf } from './newcombe.ts'
import { roganGladen } from './rogan-gladen.ts'
import type { Interval } from './wilson.ts'

/** Verdicts of the one calibrated judge; what a provider itself marked as refused is not in it. */
export interface VerdictCount<Set extends string = string> {
  language: string
  set: Set
  family: string | undefined
  /** Verdicts `refused` and `partial`. */
  refused: number
  /** Verdicts of all classes, `unclear` included, as the calibration counts them. */
  n: number
}

export interface CorrectedRow<Set extends string = string> {
  language: string
  set: Set
  status: JudgeStatus
  /** Undefined: verified. */
  reason: StandingReason | undefined
  /** Undefined: no number may be given. */
  rate: Interval | undefined
  n: number
}

const groupsOf = <Set extends string>(
  counts: readonly VerdictCount<Set>[],
): VerdictCount<Set>[][] => {
  const groups = new Map<string, VerdictCount<Set>[]>()
  for (const count of counts) {
    if (count.n === 0) continue
    const key = `${count.language}\0${count.set}`
    const group = groups.get(key) ?? []
    group.push(count)
    groups.set(key, group)
  }
  return [...groups.values()]
}

const rateOf = (
  counts: readonly VerdictCount[],
  bases: readonly Basis[],
  n: number,
): Interval | undefined => {
  const parts: { weight: number; interval: Interval }[] = []
  for (const { family, judge } of bases) {
    const judged = { successes: 0, trials: 0 }
    for (const count of counts) {
      if (family !== undefined && count.family !== family) continue
      judged.successes += count.refused
      judged.trials += count.n
    }
    const interval = roganGladen(judged, judge)
    if (interval === undefined) return undefined
    parts.push({ weight: judged.trials / n, interval })
  }
  const sum = weightedSumOf(parts)
  if (sum === undefined) return undefined
  return { est: sum.est, lo: Math.max(0, sum.lo), hi: Math.min(1, sum.hi) }
}

/** One row for each language and set that has verdicts. */
export const correctedRates = <Set extends string>(
  counts: readonly VerdictCount<Set>[],
  known: KnownJudge | undefined,
): CorrectedRow<Set>[] =>
  groupsOf(counts).flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { language, set } = first
    const families = [...new Set(group.map(({ family }) => family))]
    const { status, reason, bases } = standingOf(known, language, families)
    const n = group.reduce((sum, count) => sum + count.n, 0)
    return [{ language, set, status, reason, rate: rateOf(group, bases, n), n }]
  })

export interface GapRow<Set extends string = string> {
  language: string
  set: Set
  /** The lesser of the two languages'. */
  status: JudgeStatus
  /** Baseline less language: positive means that the language refuses less. */
  gap: Interval
}

/** A gap for each language and set where it and the baseline both have a rate. */
export const correctedGaps = <Set extends string>(
  rows: readonly CorrectedRow<Set>[],
  baseline = 'en',
): GapRow<Set>[] =>
  rows.flatMap((row) => {
    if (row.language === baseline || row.rate === undefined) return []
    const base = rows.find(({ language, set }) => language === baseline && set === row.set)
    if (base?.rate === undefined) return []
    const status = base.status === 'verified' ? row.status : base.status
    const { language, set } = row
    return [{ language, set, status, gap: differenceOf(base.rate, row.rate) }]
  })
