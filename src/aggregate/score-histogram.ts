/**
 * Surprisal scores, counted in bins of 0.05 bits up to 24, each under its upper edge: whatever is read
 * from it can only be too high, by less than 0.05. Mergeable, at most 482 bins.
 *
 * 24 bits are one step in sixteen million: no mean of a baseline with fewer steps comes near. What
 * lies above is counted, without an edge.
 */

export const binsPerBit = 20
export const scoreBitsMax = 24
/** The bin of all scores above `scoreBitsMax`. */
const beyondBin = scoreBitsMax * binsPerBit + 1

export type CountedBin = readonly [bin: number, times: number]

/** Plain JSON, sorted by bin: equal counts give equal text. */
export interface ScoreHistogramJson {
  bins: CountedBin[]
}

const edgeOf = (bin: number): number =>
  bin === beyondBin ? Number.POSITIVE_INFINITY : bin / binsPerBit

/** The lowest bin whose edge is not below the score. */
const binOf = (score: number): number => {
  if (score > scoreBitsMax) return beyondBin
  let bin = Math.max(0, Math.ceil(score * binsPerBit) - 1)
  // A product may round either way; the edge decides.
  while (edgeOf(bin) < score) bin++
  return bin
}

export class ScoreHistogram {
  readonly #counts = new Map<number, number>()
  #total = 0

  add(score: number, times = 1): void {
    if (!(score >= 0)) throw new RangeError(`ScoreHistogram: a score of ${score}`)
    if (!(Number.isSafeInteger(times) && times >= 0)) {
      throw new RangeError(`ScoreHistogram: ${times} times`)
    }
    if (times > 0) this.#count(binOf(score), times)
  }

  merge(more: ScoreHistogram): void {
    for (const [bin, times] of more.bins()) this.#count(bin, times)
  }

  get total(): number {
    return this.#total
  }

  /** Upper edge and count of each bin that holds something, lowest first; the last edge may be Infinity. */
  edges(): [edge: number, times: number][] {
    return this.bins().map(([bin, times]) => [edgeOf(bin), times])
  }

  bins(): CountedBin[] {
    return [...this.#counts].sort(([a], [b]) => a - b)
  }

  toJSON(): ScoreHistogramJson {
    return { bins: this.bins() }
  }

  #count(bin: number, times: number): void {
    this.#counts.set(bin, (this.#counts.get(bin) ?? 0) + times)
    this.#total += times
  }
}

const isWhole = (value: unknown, from: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= from

/** What `toJSON` wrote and another process may have changed; undefined when it is anything else. */
export const readScoreHistogram = (value: unknown): ScoreHistogram | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const fields = new Map<string, unknown>(Object.entries(value))
  const bins = fields.get('bins')
  if (fields.size !== 1 || !Array.isArray(bins) || bins.length > beyondBin + 1) return undefined
  const histogram = new ScoreHistogram()
  let last = -1
  for (const item of bins) {
    if (!Array.isArray(item) || item.length !== 2) return undefined
    const [bin, times]: unknown[] = item
    if (!isWhole(bin, last + 1) || bin > beyondBin || !isWhole(times, 1)) return undefined
    histogram.add(edgeOf(bin), times)
    last = bin
  }
  return Number.isSafeInteger(histogram.total) ? histogram : undefined
}
