/**
 * Logistic regression with an L2 penalty, fitted by L-BFGS from zero. Promise: no chance in it. The
 * same rows in the same order give the same weights to the last bit on one JavaScript engine, and
 * weights that are rounded afterwards agree across engines.
 *
 * Nocedal and Wright, Numerical Optimization, algorithm 7.4, with backtracking (Armijo).
 */

/** A map from buckets to values will do, or a list with repeats that add up. */
export interface TrainableVector {
  dense: Float64Array
  terms: { forEach(take: (value: number, bucket: number) => void): void }
}

export interface TrainingRow {
  vector: TrainableVector
  /** The share of this row that is of the class fitted: 0 or 1. */
  target: number
  weight: number
  /** A score known beforehand, to which the fitted one is added; 0 when absent. */
  offset?: number
}

export interface Penalty {
  dense: number
  terms: number
}

export interface LinearFit {
  bias: number
  dense: Float64Array
  /** By bucket; buckets not seen are absent. */
  terms: Map<number, number>
}

/** Stopping early is a penalty, too, and most of what is to be learned comes first. */
const iterationsUsual = 200
const memory = 8
const gradientMin = 1e-4

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
/** log(1 + e^x) without overflow. */
const softplus = (x: number): number =>
  x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

/**
 * Parameters in one row: bias, dense weights, weights of the buckets in order of first sight. The
 * terms of all rows stand behind each other; those of row i from starts[i] to starts[i + 1].
 */
class Problem {
  readonly size: number
  readonly denseSize: number
  readonly columns = new Map<number, number>()
  readonly #rows: readonly TrainingRow[]
  readonly #starts: Int32Array
  readonly #at: Int32Array
  readonly #values: Float64Array
  readonly #penalty: Penalty
  readonly #total: number

  constructor(rows: readonly TrainingRow[], penalty: Penalty, keep: ReadonlySet<number>) {
    this.denseSize = rows[0]?.vector.dense.length ?? 0
    this.#penalty = penalty
    this.#rows = rows
    this.#starts = new Int32Array(rows.length + 1)
    let largest = 0
    for (const bucket of keep) largest = Math.max(largest, bucket)
    const columnOf = new Int32Array(largest + 1)
    const at: number[] = []
    const values: number[] = []
    rows.forEach(({ vector }, i) => {
      vector.terms.forEach((value, bucket) => {
        let column = columnOf[bucket] ?? 0
        if (column === 0) {
          if (!keep.has(bucket)) return
          column = 1 + this.denseSize + this.columns.size
          this.columns.set(bucket, column)
          columnOf[bucket] = column
        }
        at.push(column)
        values.push(value)
      })
      this.#starts[i + 1] = at.length
    })
    this.#at = Int32Array.from(at)
    this.#values = Float64Array.from(values)
    this.size = 1 + this.denseSize + this.columns.size
    this.#total = rows.reduce((sum, row) => sum + row.weight, 0)
  }

  /** The mean loss with its penalty; its gradient is written into `gradient`. */
  evaluate(at: Float64Array, gradient: Float64Array): number {
    // Local names: this is where nearly all of the time of a fit goes.
    const columns = this.#at
    const values = this.#values
    const starts = this.#starts
    const { denseSize } = this
    gradient.fill(0)
    let loss = 0
    for (let r = 0; r < this.#rows.length; r++) {
      const row = this.#rows[r]
      if (row === undefined) continue
      const { target, weight, offset = 0 } = row
      const { dense } = row.vector
      const from = starts[r] ?? 0
      const to = starts[r + 1] ?? 0
      let score = offset + (at[0] ?? 0)
      for (let i = 0; i < denseSize; i++) score += (dense[i] ?? 0) * (at[1 + i] ?? 0)
      for (let i = from; i < to; i++) score += (values[i] ?? 0) * (at[columns[i] ?? 0] ?? 0)
      loss += weight * (softplus(score) - target * score)
      const slope = weight * (sigmoid(score) - target)
      gradient[0] = (gradient[0] ?? 0) + slope
      for (let i = 0; i < denseSize; i++) {
        gradient[1 + i] = (gradient[1 + i] ?? 0) + slope * (dense[i] ?? 0)
      }
      for (let i = from; i < to; i++) {
        const column = columns[i] ?? 0
        gradient[column] = (gradient[column] ?? 0) + slope * (values[i] ?? 0)
      }
    }
    for (let i = 1; i < this.size; i++) {
      const penalty = i <= this.denseSize ? this.#penalty.dense : this.#penalty.terms
      const weight = at[i] ?? 0
      loss += 0.5 * penalty * weight * weight
      gradient[i] = (gradient[i] ?? 0) + penalty * weight
    }
    for (let i = 0; i < this.size; i++) gradient[i] = (gradient[i] ?? 0) / this.#total
    return loss / this.#total
  }
}

interface Step {
  s: Float64Array
  y: Float64Array
  rho: number
}

const direction = (gradient: Float64Array, steps: readonly Step[]): Float64Array => {
  const q = gradient.map((g) => -g)
  const alphas: number[] = []
  for (const { s, y, rho } of [...steps].reverse()) {
    const alpha = rho * dot(s, q)
    alphas.push(alpha)
    for (let i = 0; i < q.length; i++) q[i] = (q[i] ?? 0) - alpha * (y[i] ?? 0)
  }
  const last = steps.at(-1)
  if (last !== undefined) {
    const scale = dot(last.s, last.y) / dot(last.y, last.y)
    for (let i = 0; i < q.length; i++) q[i] = (q[i] ?? 0) * scale
  }
  steps.forEach(({ s, y, rho }, k) => {
    const alpha = alphas[steps.length - 1 - k] ?? 0
    const beta = rho * dot(y, q)
    for (let i = 0; i < q.length; i++) q[i] = (q[i] ?? 0) + (alpha - beta) * (s[i] ?? 0)
  })
  return q
}

const minimise = (problem: Problem, iterationsMax: number): Float64Array => {
  let at = new Float64Array(problem.size)
  let gradient = new Float64Array(problem.size)
  let loss = problem.evaluate(at, gradient)
  const steps: Step[] = []
  for (let iteration = 0; iteration < iterationsMax; iteration++) {
    if (Math.sqrt(dot(gradient, gradient)) < gradientMin) break
    const way = direction(gradient, steps)
    const slope = dot(way, gradient)
    let length = steps.length === 0 ? 1 / Math.max(1e-9, Math.sqrt(dot(gradient, gradient))) : 1
    let next = at
    let nextLoss = loss
    const nextGradient = new Float64Array(problem.size)
    for (let tries = 0; tries < 40; tries++) {
      const scale = length
      next = at.slice()
      for (let i = 0; i < next.length; i++) next[i] = (next[i] ?? 0) + scale * (way[i] ?? 0)
      nextLoss = problem.evaluate(next, nextGradient)
      if (nextLoss <= loss + 1e-4 * length * slope) break
      length /= 2
    }
    if (!(nextLoss < loss)) break
    const before = at
    const beforeGradient = gradient
    const s = next.map((value, i) => value - (before[i] ?? 0))
    const y = nextGradient.map((value, i) => value - (beforeGradient[i] ?? 0))
    const curvature = dot(s, y)
    if (curvature > 1e-12) {
      steps.push({ s, y, rho: 1 / curvature })
      if (steps.length > memory) steps.shift()
    }
    at = next
    gradient = nextGradient
    loss = nextLoss
  }
  return at
}

/** Penalties are in units of one row. `keep` lists the buckets that may have a weight. */
export const fitLogistic = (
  rows: readonly TrainingRow[],
  penalty: Penalty,
  keep: ReadonlySet<number>,
  iterationsMax = iterationsUsual,
): LinearFit => {
  if (rows.length === 0) throw new Error('no rows to fit')
  const problem = new Problem(rows, penalty, keep)
  const at = minimise(problem, iterationsMax)
  const terms = new Map<number, number>()
  for (const [bucket, column] of problem.columns) terms.set(bucket, at[column] ?? 0)
  return { bias: at[0] ?? 0, dense: at.slice(1, 1 + problem.denseSize), terms }
}

export const scoreLinear = (fit: LinearFit, vector: TrainableVector): number => {
  let score = fit.bias
  for (let i = 0; i < fit.dense.length; i++) score += (fit.dense[i] ?? 0) * (vector.dense[i] ?? 0)
  vector.terms.forEach((value, bucket) => {
    score += value * (fit.terms.get(bucket) ?? 0)
  })
  return score
}
