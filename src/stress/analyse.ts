/**
 * From transcripts and grades to what a stress test says: a mean grade for each model and scaffold,
 * what a scaffold changes in each model, whether models differ in that, and how far raters agree.
 * Pure and seeded: the same grades give the same figures.
 */

import type { Agreement } from '../aggregate/agreement.ts'
import { categoryAgreement, type RatedPair } from '../aggregate/category-agreement.ts'
import { type Below, clusterBootstrap } from '../aggregate/cluster-bootstrap.ts'
import { type InteractionTest, interactionTest } from '../aggregate/interaction-test.ts'
import type { Interval } from '../aggregate/wilson.ts'
import type { GradeEntry, TranscriptEntry } from './journal.ts'
import { gradeScale, grades as gradeValues } from './stress-dimension.ts'

export interface AnalyseOptions {
  targets: readonly string[]
  scaffolds: readonly string[]
  tasks: readonly string[]
  raters: readonly string[]
  replicates: number
  permutations: number
  below: Below
}

export interface Cell {
  target: string
  scaffold: string
  /** Transcripts with a grade of every rater. */
  n: number
  mean: Interval | undefined
  /** Transcripts by mean grade: at 0, between, at 2. */
  at: { floor: number; between: number; ceiling: number }
  /** So many at one end that a difference could not show. */
  flag: 'floor' | 'ceiling' | undefined
  /** Transcripts left out, by reason; `not_asked` is what is not there at all. */
  excluded: Readonly<Record<string, number>>
}

export interface Lift {
  target: string
  scaffold: string
  /** Tasks graded under both. */
  n: number
  /** Mean grade under the scaffold less the one under the first scaffold, task by task. */
  change: Interval | undefined
}

export interface RaterPair {
  first: string
  second: string
  /** Undefined: no transcript has a grade of both. */
  agreement: Agreement | undefined
}

export interface Analysis {
  cells: readonly Cell[]
  lifts: readonly Lift[]
  interaction: InteractionTest | undefined
  pairs: readonly RaterPair[]
}

/** Share of transcripts at one end of the scale from which a cell is flagged. */
export const flagShare = 0.9

/** By transcript: grades by rater; a word where there is none. */
type Graded = ReadonlyMap<string, ReadonlyMap<string, number | string>>

export function analyse(
  transcripts: readonly TranscriptEntry[],
  entries: readonly GradeEntry[],
  options: AnalyseOptions,
): Analysis {
  const { targets, scaffolds, tasks, raters } = options
  const graded = gradedOf(entries)
  const byCell = new Map(transcripts.map((one) => [keyOf(one), one]))
  const gradeOf = (target: string, scaffold: string, task: string): number | string => {
    const transcript = byCell.get(keyOf({ target, scaffold, task }))
    return transcript === undefined ? 'not_asked' : consensus(graded.get(transcript.id), raters)
  }
  return {
    cells: targets.flatMap((target) =>
      scaffolds.map((scaffold) =>
        cellOf(
          target,
          scaffold,
          tasks.map((task) => gradeOf(target, scaffold, task)),
          options,
        ),
      ),
    ),
    lifts: liftsOf(gradeOf, options),
    interaction: interactionTest(
      tasks.map((task) =>
        targets.map((target) =>
          scaffolds.map((scaffold) => numberOrNone(gradeOf(target, scaffold, task))),
        ),
      ),
      options.permutations,
      options.below,
    ),
    pairs: pairsOf(graded, raters),
  }
}

const keyOf = ({
  target,
  scaffold,
  task,
}: Record<'target' | 'scaffold' | 'task', string>): string =>
  JSON.stringify([target, scaffold, task])

const numberOrNone = (grade: number | string): number | undefined =>
  typeof grade === 'number' ? grade : undefined

function gradedOf(entries: readonly GradeEntry[]): Graded {
  const graded = new Map<string, Map<string, number | string>>()
  for (const { transcript, rater, grade, reason } of entries) {
    const ratings = graded.get(transcript) ?? new Map<string, number | string>()
    graded.set(transcript, ratings)
    // A grade that came at a second try stands.
    if (grade !== null || !ratings.has(rater)) ratings.set(rater, grade ?? reason ?? 'unknown')
  }
  return graded
}

/** The mean of all raters; where one gave none, its reason: a mean of fewer would be another scale. */
function consensus(
  ratings: ReadonlyMap<string, number | string> | undefined,
  raters: readonly string[],
): number | string {
  let sum = 0
  for (const rater of raters) {
    const rating = ratings?.get(rater) ?? 'not_graded'
    if (typeof rating === 'string') return rating
    sum += rating
  }
  return sum / raters.length
}

function cellOf(
  target: string,
  scaffold: string,
  found: readonly (number | string)[],
  { replicates, below }: AnalyseOptions,
): Cell {
  const numbers = found.filter((grade) => typeof grade === 'number')
  const excluded: Record<string, number> = {}
  for (const grade of found) {
    if (typeof grade === 'string') excluded[grade] = (excluded[grade] ?? 0) + 1
  }
  const floor = numbers.filter((grade) => grade === gradeScale.min).length
  const ceiling = numbers.filter((grade) => grade === gradeScale.max).length
  const n = numbers.length
  const mean = clusterBootstrap(
    numbers.map((grade) => [grade]),
    gradeScale,
    replicates,
    below,
  )
  return {
    target,
    scaffold,
    n,
    mean,
    at: { floor, between: n - floor - ceiling, ceiling },
    flag: flagOf(floor, ceiling, n),
    excluded,
  }
}

function flagOf(floor: number, ceiling: number, n: number): Cell['flag'] {
  if (n === 0) return undefined
  if (ceiling >= flagShare * n) return 'ceiling'
  return floor >= flagShare * n ? 'floor' : undefined
}

const changeScale = { min: gradeScale.min - gradeScale.max, max: gradeScale.max - gradeScale.min }

function liftsOf(
  gradeOf: (target: string, scaffold: string, task: string) => number | string,
  { targets, scaffolds, tasks, replicates, below }: AnalyseOptions,
): Lift[] {
  const [base, ...others] = scaffolds
  if (base === undefined) return []
  return targets.flatMap((target) =>
    others.map((scaffold): Lift => {
      const changes = tasks.flatMap((task) => {
        const before = gradeOf(target, base, task)
        const after = gradeOf(target, scaffold, task)
        return typeof before === 'number' && typeof after === 'number' ? [after - before] : []
      })
      const change = clusterBootstrap(
        changes.map((one) => [one]),
        changeScale,
        replicates,
        below,
      )
      return { target, scaffold, n: changes.length, change }
    }),
  )
}

function pairsOf(graded: Graded, raters: readonly string[]): RaterPair[] {
  return raters.flatMap((first, i) =>
    raters.slice(i + 1).map((second): RaterPair => {
      const pairs = [...graded.values()].flatMap((ratings): RatedPair[] => {
        const a = ratings.get(first)
        const b = ratings.get(second)
        return typeof a === 'number' && typeof b === 'number' ? [[a, b]] : []
      })
      return { first, second, agreement: categoryAgreement(pairs, gradeValues.length) }
    }),
  )
}
