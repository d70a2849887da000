/**
 * Gradient boosting of shallow trees for two classes (Friedman 2001; second-order steps as in Chen
 * and Guestrin 2016), on features cut into at most 32 parts. No chance but a counted one: which
 * features a tree may ask is drawn by a generator that starts from a fixed number, so the same rows
 * in the same order give the same trees.
 */
import type { TreesFile } from '../judge/model/trees.ts'

export interface TreeRow {
  dense: Float64Array
  positive: boolean
  weight: number
}

export interface TreeOptions {
  /** Sets of trees whose mean is taken; each draws other features. */
  sets: number
  trees: number
  depth: number
  /** Share of each step that is taken. */
  rate: number
  /** Share of the features a tree may ask. */
  features: number
  /** Drawn towards 0 as by so many rows. */
  penalty: number
  /** Least weight (second derivative) of a leaf. */
  leafMin: number
}

const partsMax = 32

interface Parts {
  /** Lower bounds of all parts but the first, between values that occur. */
  bounds: number[]
  /** Part of each row. */
  of: Uint8Array
}

const partsOf = (rows: readonly TreeRow[], feature: number): Parts => {
  const values = Float64Array.from(rows, ({ dense }) => dense[feature] ?? 0)
  const sorted = values.slice().sort()
  const bounds: number[] = []
  for (let part = 1; part < partsMax; part++) {
    let at = Math.floor((part * sorted.length) / partsMax)
    const value = sorted[at] ?? 0
    while (at > 0 && sorted[at - 1] === value) at--
    if (at === 0) continue
    // Half-way to the value before, so that rounding the bound moves no row.
    const bound = Math.round(((value + (sorted[at - 1] ?? 0)) / 2) * 1e6) / 1e6
    if (bounds.length === 0 || bound > (bounds.at(-1) ?? 0)) bounds.push(bound)
  }
  const of = Uint8Array.from(values, (value) => {
    let low = 0
    let high = bounds.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (value >= (bounds[middle] ?? 0)) low = middle + 1
      else high = middle
    }
    return low
  })
  return { bounds, of }
}

interface Split {
  feature: number
  part: number
}

/** The rows' derivatives of the loss, and the trees grown from them so far. */
class Boosting {
  readonly #parts: Parts[]
  readonly #options: TreeOptions
  readonly #scores: Float64Array
  readonly #slopes: Float64Array
  readonly #curves: Float64Array
  readonly #slopeSums = new Float64Array(partsMax)
  readonly #curveSums = new Float64Array(partsMax)
  readonly file = {
    bias: 0,
    roots: [] as number[],
    features: [] as number[],
    values: [] as number[],
    rights: [] as number[],
  }
  #allowed: number[] = []

  constructor(rows: readonly TreeRow[], options: TreeOptions, bias: number) {
    const count = rows[0]?.dense.length ?? 0
    this.#parts = Array.from({ length: count }, (_, feature) => partsOf(rows, feature))
    this.#options = options
    this.#scores = new Float64Array(rows.length).fill(bias)
    this.#slopes = new Float64Array(rows.length)
    this.#curves = new Float64Array(rows.length)
    this.file.bias = bias
  }

  addTree(rows: readonly TreeRow[], allowed: number[]): void {
    rows.forEach(({ positive, weight }, i) => {
      const p = 1 / (1 + Math.exp(-(this.#scores[i] ?? 0)))
      this.#slopes[i] = weight * ((positive ? 1 : 0) - p)
      this.#curves[i] = weight * Math.max(p * (1 - p), 1e-6)
    })
    this.#allowed = allowed
    this.file.roots.push(this.file.features.length)
    this.#grow(
      Int32Array.from(rows, (_, i) => i),
      this.#options.depth,
    )
  }

  #leaf(rows: Int32Array, slope: number, curve: number): void {
    const { rate, penalty } = this.#options
    const value = Math.round(((rate * slope) / (curve + penalty)) * 1e5) / 1e5 || 0
    for (const row of rows) this.#scores[row] = (this.#scores[row] ?? 0) + value
    this.#node(-1, value)
  }

  #node(feature: number, value: number): number {
    this.file.features.push(feature)
    this.file.values.push(value)
    this.file.rights.push(0)
    return this.file.features.length - 1
  }

  #grow(rows: Int32Array, depth: number): void {
    let slope = 0
    let curve = 0
    for (const row of rows) {
      slope += this.#slopes[row] ?? 0
      curve += this.#curves[row] ?? 0
    }
    const split = depth === 0 ? undefined : this.#best(rows, slope, curve)
    const parts = split === undefined ? undefined : this.#parts[split.feature]
    if (split === undefined || parts === undefined) {
      this.#leaf(rows, slope, curve)
      return
    }
    const node = this.#node(split.feature, parts.bounds[split.part] ?? 0)
    this.#grow(
      rows.filter((row) => (parts.of[row] ?? 0) <= split.part),
      depth - 1,
    )
    this.file.rights[node] = this.file.features.length - node
    this.#grow(
      rows.filter((row) => (parts.of[row] ?? 0) > split.part),
      depth - 1,
    )
  }

  #best(rows: Int32Array, slope: number, curve: number): Split | undefined {
    const { penalty, leafMin } = this.#options
    if (curve < 2 * leafMin) return undefined
    const whole = (slope * slope) / (curve + penalty)
    let best = 1e-9
    let found: Split | undefined
    for (const feature of this.#allowed) {
      const parts = this.#parts[feature]
      if (parts === undefined) continue
      this.#sum(rows, parts.of)
      let leftSlope = 0
      let leftCurve = 0
      for (let part = 0; part < parts.bounds.length; part++) {
        leftSlope += this.#slopeSums[part] ?? 0
        leftCurve += this.#curveSums[part] ?? 0
        if (leftCurve < leafMin) continue
        if (curve - leftCurve < leafMin) break
        const gain =
          (leftSlope * leftSlope) / (leftCurve + penalty) +
          ((slope - leftSlope) * (slope - leftSlope)) / (curve - leftCurve + penalty) -
          whole
        if (gain <= best) continue
        best = gain
        found = { feature, part }
      }
    }
    return found
  }

  #sum(rows: Int32Array, parts: Uint8Array): void {
    const slopes = this.#slopeSums
    const curves = this.#curveSums
    slopes.fill(0)
    curves.fill(0)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0
      const part = parts[row] ?? 0
      slopes[part] = (slopes[part] ?? 0) + (this.#slopes[row] ?? 0)
      curves[part] = (curves[part] ?? 0) + (this.#curves[row] ?? 0)
    }
  }

  /** Features that tell rows apart at all. */
  get usable(): number[] {
    return this.#parts.flatMap(({ bounds }, feature) => (bounds.length > 0 ? [feature] : []))
  }
}

const logOdds = (rows: readonly TreeRow[]): number => {
  let positive = 0
  let all = 0
  for (const row of rows) {
    all += row.weight
    if (row.positive) positive += row.weight
  }
  return Math.round(Math.log(positive / (all - positive)) * 1e5) / 1e5
}

/** Joins sets of trees into one whose score is the mean of theirs. */
const meanOf = (sets: readonly TreesFile[]): TreesFile => {
  const joined: { [Key in keyof TreesFile]: TreesFile[Key] extends number ? number : number[] } = {
    bias: sets[0]?.bias ?? 0,
    roots: [],
    features: [],
    values: [],
    rights: [],
  }
  for (const { roots, features, values, rights } of sets) {
    const from = joined.features.length
    joined.roots.push(...roots.map((root) => root + from))
    joined.features.push(...features)
    joined.rights.push(...rights)
    joined.values.push(
      ...values.map((value, node) =>
        features[node] === -1 ? Math.round((value / sets.length) * 1e5) / 1e5 || 0 : value,
      ),
    )
  }
  return joined
}

const fitSet = (rows: readonly TreeRow[], options: TreeOptions, start: number): TreesFile => {
  const boosting = new Boosting(rows, options, logOdds(rows))
  const usable = boosting.usable
  // Numerical Recipes' linear congruential generator.
  let state = start
  const draw = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  for (let tree = 0; tree < options.trees; tree++) {
    boosting.addTree(
      rows,
      usable.filter(() => draw() < options.features),
    )
  }
  return boosting.file
}

/** Which features are drawn decides on close answers; the mean of several sets does so less. */
export const fitTrees = (rows: readonly TreeRow[], options: TreeOptions): TreesFile =>
  meanOf(Array.from({ length: options.sets }, (_, set) => fitSet(rows, options, set + 1)))
