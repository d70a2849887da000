/**
 * The mean of grades and its 95 % interval when several grades belong to one task: tasks are drawn
 * with replacement, all grades of a task together, and the interval is of percentiles (Efron 1979;
 * for clusters Davison and Hinkley 1997, section 3.8).
 *
 * Assumes that tasks are independent and alike in kind; within a task nothing is assumed. Of few
 * tasks percentiles can be narrow; at 15 tasks of two grades they held the mean in 382 of 400
 * simulated runs (the test counts them). Where all grades are equal a bootstrap would claim to know
 * the mean exactly; there the interval is that of the worst case instead: the share of the seen grade
 * is at least the exact lower limit for so many tasks (Clopper and Pearson 1934), and all else is the
 * other end of the scale.
 */
import { lowerRateLimit } from './clopper-pearson.ts'
import type { Interval } from './wilson.ts'

/** A whole number from 0 to n - 1, seeded by the caller. */
export type Below = (n: number) => number

export interface Scale {
  min: number
  max: number
}

const tail = 0.025

/** @param tasks the grades of each task; tasks without a grade are left out. Undefined without any */
export function clusterBootstrap(
  tasks: readonly (readonly number[])[],
  scale: Scale,
  replicates: number,
  below: Below,
): Interval | undefined {
  const given = tasks.filter((grades) => grades.length > 0)
  if (given.length === 0) return undefined
  const sums = given.map((grades) => grades.reduce((sum, grade) => sum + grade, 0))
  const counts = given.map((grades) => grades.length)
  const est = total(sums) / total(counts)
  const first = given[0]?.[0] ?? est
  if (given.every((grades) => grades.every((grade) => grade === first))) {
    return worstCase(first, given.length, scale)
  }
  const means: number[] = []
  for (let i = 0; i < replicates; i++) {
    let sum = 0
    let count = 0
    for (let draw = 0; draw < given.length; draw++) {
      const task = below(given.length)
      sum += sums[task] ?? 0
      count += counts[task] ?? 0
    }
    means.push(sum / count)
  }
  means.sort((a, b) => a - b)
  return { est, lo: quantile(means, tail), hi: quantile(means, 1 - tail) }
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/** Linear between order statistics. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1)
  const low = Math.floor(at)
  const a = sorted[low] ?? Number.NaN
  const b = sorted[low + 1] ?? a
  return a + (at - low) * (b - a)
}

function worstCase(grade: number, tasks: number, { min, max }: Scale): Interval {
  const share = lowerRateLimit(tasks, tasks, tail)
  const toward = (end: number): number => share * grade + (1 - share) * end
  return { est: grade, lo: toward(min), hi: toward(max) }
}
