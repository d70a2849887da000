/**
 * Whether scaffolds change models differently: a permutation test of the scaffold-by-model
 * interaction, for tasks that every model answered under every scaffold.
 *
 * y[t][m][s] is the grade of task t, model m, scaffold s. Each profile y[t][m] is centred on its own
 * mean over scaffolds: c[t][m][s]. The statistic is the interaction sum of squares
 *
 *   T = n * sum over m, s of (mean over t of c[t][m][s] - mean over t and m of c[t][m][s])^2
 *
 * and a permutation deals the models of each task anew, whole centred profiles at a time. Main effects
 * of model, task, scaffold and of scaffold within task cancel in c, so none of them can make T large.
 *
 * Assumes: without an interaction the centred profiles of a task are exchangeable between models. That
 * holds when grades are effects plus errors of one law; the p-value is then exact, however errors of
 * a profile hang together (Pesarin and Salmaso 2010, chapter on two-way layouts; p of Phipson and
 * Smyth 2010). Models that scatter differently bend it a little; the test measures how little.
 */
import type { Below } from './cluster-bootstrap.ts'

export interface InteractionTest {
  /** T, in squared grades. */
  statistic: number
  /** (1 + permutations with a T at least as large) / (1 + permutations). */
  p: number
  permutations: number
  /** Tasks with every grade. */
  tasks: number
  /** By model, then scaffold: how far a mean is from what model and scaffold alone would make it. */
  residuals: readonly (readonly number[])[]
}

/** By model, then scaffold; undefined: no grade. */
export type TaskGrades = readonly (readonly (number | undefined)[])[]

/** Undefined: no task has every grade, or there are fewer than two models or scaffolds. */
export function interactionTest(
  tasks: readonly TaskGrades[],
  permutations: number,
  below: Below,
): InteractionTest | undefined {
  const models = tasks[0]?.length ?? 0
  const scaffolds = tasks[0]?.[0]?.length ?? 0
  if (models < 2 || scaffolds < 2) return undefined
  const profiles = tasks.flatMap((task) => {
    const whole = task.length === models && task.every((row) => isWhole(row, scaffolds))
    return whole ? [Float64Array.from(task.flatMap((row) => centred(row)))] : []
  })
  if (profiles.length === 0) return undefined
  const identity = Array.from({ length: models }, (_, m) => m)
  const sums = new Float64Array(models * scaffolds)
  const statisticOf = (dealt: () => readonly number[]): number => {
    sums.fill(0)
    for (const profile of profiles) addProfile(sums, profile, dealt(), scaffolds)
    return sumOfSquares(sums, models, scaffolds, profiles.length)
  }
  const statistic = statisticOf(() => identity)
  const residuals = residualsOf(sums, models, scaffolds, profiles.length)
  const order = [...identity]
  let atLeast = 0
  for (let i = 0; i < permutations; i++) {
    // Equal deals may differ by rounding.
    if (statisticOf(() => shuffled(order, below)) >= statistic - 1e-9) atLeast++
  }
  const p = (1 + atLeast) / (1 + permutations)
  return { statistic, p, permutations, tasks: profiles.length, residuals }
}

const isWhole = (row: readonly (number | undefined)[], scaffolds: number): boolean =>
  row.length === scaffolds && row.every((grade) => grade !== undefined)

function centred(row: readonly (number | undefined)[]): number[] {
  const mean = row.reduce<number>((sum, grade) => sum + (grade ?? 0), 0) / row.length
  return row.map((grade) => (grade ?? 0) - mean)
}

function addProfile(
  sums: Float64Array,
  profile: Float64Array,
  order: readonly number[],
  scaffolds: number,
): void {
  for (const [to, from] of order.entries()) {
    for (let s = 0; s < scaffolds; s++) {
      const at = to * scaffolds + s
      sums[at] = (sums[at] ?? 0) + (profile[from * scaffolds + s] ?? 0)
    }
  }
}

const scaffoldMeans = (sums: Float64Array, models: number, scaffolds: number): number[] =>
  Array.from({ length: scaffolds }, (_, s) => {
    let sum = 0
    for (let m = 0; m < models; m++) sum += sums[m * scaffolds + s] ?? 0
    return sum / models
  })

function residualsOf(sums: Float64Array, models: number, scaffolds: number, n: number) {
  const means = scaffoldMeans(sums, models, scaffolds)
  return Array.from({ length: models }, (_, m) =>
    means.map((mean, s) => ((sums[m * scaffolds + s] ?? 0) - mean) / n),
  )
}

function sumOfSquares(sums: Float64Array, models: number, scaffolds: number, n: number): number {
  const means = scaffoldMeans(sums, models, scaffolds)
  let squares = 0
  for (let m = 0; m < models; m++) {
    for (let s = 0; s < scaffolds; s++) {
      squares += ((sums[m * scaffolds + s] ?? 0) - (means[s] ?? 0)) ** 2
    }
  }
  return squares / n
}

/** Fisher and Yates, in place: each call deals the last order anew. */
function shuffled(order: number[], below: Below): readonly number[] {
  for (let i = order.length - 1; i > 0; i--) {
    const j = below(i + 1)
    const held = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = held
  }
  return order
}
