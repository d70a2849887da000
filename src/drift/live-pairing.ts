/**
 * `refusal_gap`: live samples of a language against English ones of the same cell.
 *
 * D = mean of the English samples of the cell that are at most an hour old and not yet used for the
 * language, minus the sample of the language; samples of the language that meet no fresh English are
 * averaged until some comes. Assumes that within a cell (set x format x depth bucket) both languages
 * would be refused alike but for the gap: then a shift of the mix over cells moves no D, and the
 * daily rhythm cancels. It does not assume that cells are alike. Memory: bounded for each language and
 * cell, both from closed sets. What found no partner within the hour is handed over: leftovers.ts.
 */
import type { DepthBucket, Format } from '../exchange/stratum.ts'
import type { DetectorKind } from './detector-kind.ts'
import { addLeftovers, type CellLeftovers, type Leftovers, leftoverKey } from './leftovers.ts'
import { type LeftSlot, type Mark, RecentSamples } from './recent-samples.ts'

export const refusalGap: DetectorKind = {
  metric: 'refusal_gap',
  measures: 'English refusal less refusal of the language, cell by cell, on live traffic',
  ticks: ['hour'],
  g0: 0.02,
  learns: 'mean',
  directions: [1],
}

export const baseLanguage = 'en'
export const freshMs = 3_600_000

export interface LiveSample {
  language: string
  /** should_refuse, benign, ... : a closed set of the caller. */
  set: string
  format: Format
  depth: DepthBucket
  /** Epoch milliseconds at which the verdict was final. */
  at: number
  refused: boolean
}

export interface LivePair {
  language: string
  set: string
  difference: number
  /** How many samples went into either side. */
  english: number
  other: number
}

interface Side {
  language: string
  set: string
  samples: RecentSamples
  /** Up to where this language's own and the English samples are used up. */
  ownUsed: Mark
  englishUsed: Mark
}

interface Cell {
  set: string
  format: Format
  depth: DepthBucket
  english: RecentSamples
  others: Map<string, Side>
  /** The same as a list: it is walked at every English sample. */
  sides: Side[]
}

const start: Mark = { sum: 0, count: 0 }
const none: readonly LivePair[] = []

export interface LivePairingOptions {
  /** Languages that are paired with English; samples of others are no part of any pair. */
  languages: readonly string[]
  sets: readonly string[]
  windowMs?: number
}

export class LivePairing {
  readonly #languages: ReadonlySet<string>
  readonly #windowMs: number
  /** By set, then by format and depth. */
  readonly #cells = new Map<string, Map<Format, Map<DepthBucket, Cell>>>()

  /** Neighbours in time are often in one cell. */
  #latest: Cell | undefined
  #leftovers: Leftovers = new Map()

  constructor({ languages, sets, windowMs = freshMs }: LivePairingOptions) {
    this.#languages = new Set(languages)
    for (const set of sets) this.#cells.set(set, new Map())
    this.#windowMs = windowMs
  }

  /** The differences that this sample completes: one for its language, or one for each that waited. */
  offer(sample: LiveSample): readonly LivePair[] {
    const english = sample.language === baseLanguage
    if (!english && !this.#languages.has(sample.language)) return none
    const cell = this.#cellOf(sample)
    if (cell === undefined) return none
    const value = sample.refused ? 1 : 0
    if (!english) {
      const side = this.#sideOf(cell, sample)
      side.samples.add(sample.at, value)
      const pair = pairOf(cell.english, side, sample.at)
      return pair === undefined ? none : [pair]
    }
    cell.english.add(sample.at, value)
    let pairs: LivePair[] | undefined
    for (const side of cell.sides) {
      // All used up: by far the most frequent case where English is plentiful.
      if (side.samples.count === side.ownUsed.count) continue
      const pair = pairOf(cell.english, side, sample.at)
      if (pair === undefined) continue
      pairs ??= []
      pairs.push(pair)
    }
    return pairs ?? none
  }

  /** What has left the window unpaired since the last call. */
  handOver(at: number): Leftovers {
    for (const { english, sides } of this.#allCells()) {
      english.expire(at)
      for (const { samples } of sides) samples.expire(at)
    }
    const leftovers = this.#leftovers
    this.#leftovers = new Map()
    return leftovers
  }

  /** Samples of the language that still wait for English; older ones were given up. */
  waiting(language: string, at: number): number {
    let count = 0
    for (const cell of this.#allCells()) {
      const side = cell.others.get(language)
      if (side !== undefined) count += side.samples.since(side.ownUsed, at).count
    }
    return count
  }

  /** Undefined for a set that is not one of the configured. */
  #cellOf({ set, format, depth }: LiveSample): Cell | undefined {
    const latest = this.#latest
    if (latest?.set === set && latest.format === format && latest.depth === depth) return latest
    const byFormat = this.#cells.get(set)
    if (byFormat === undefined) return undefined
    let byDepth = byFormat.get(format)
    if (byDepth === undefined) {
      byDepth = new Map()
      byFormat.set(format, byDepth)
    }
    let cell = byDepth.get(depth)
    if (cell === undefined) {
      const sides: Side[] = []
      const english = new RecentSamples(this.#windowMs, (left) => {
        const free = new Map<string, string>()
        for (const { language, englishUsed } of sides) {
          if (englishUsed.count > left.from) free.set(language, unused(left, englishUsed))
        }
        this.#leave(left, { set, format, depth }, { english: left.outcomes, free, own: new Map() })
      })
      cell = { set, format, depth, english, others: new Map(), sides }
      byDepth.set(depth, cell)
    }
    this.#latest = cell
    return cell
  }

  #leave(
    { window }: LeftSlot,
    { set, format, depth }: Pick<Cell, 'set' | 'format' | 'depth'>,
    cell: CellLeftovers,
  ): void {
    addLeftovers(this.#leftovers, leftoverKey(window, set, `${format}/${depth}`), cell)
  }

  *#allCells(): Generator<Cell> {
    for (const byFormat of this.#cells.values()) {
      for (const byDepth of byFormat.values()) yield* byDepth.values()
    }
  }

  #sideOf(cell: Cell, { language, set }: LiveSample): Side {
    const known = cell.others.get(language)
    if (known !== undefined) return known
    const samples = new RecentSamples(this.#windowMs, (left) => {
      const own = unused(left, side.ownUsed)
      if (own === '') return
      this.#leave(left, cell, { english: '', free: new Map(), own: new Map([[language, own]]) })
    })
    const side: Side = { language, set, samples, ownUsed: start, englishUsed: start }
    cell.others.set(language, side)
    cell.sides.push(side)
    return side
  }
}

const pairOf = (english: RecentSamples, side: Side, at: number): LivePair | undefined => {
  const own = side.samples.since(side.ownUsed, at)
  if (own.count === 0) return undefined
  const base = english.since(side.englishUsed, at)
  if (base.count === 0) return undefined
  side.ownUsed = side.samples.now()
  side.englishUsed = english.now()
  return {
    language: side.language,
    set: side.set,
    difference: base.sum / base.count - own.sum / own.count,
    english: base.count,
    other: own.count,
  }
}

/** Those that no pair took: pairs take all up to a mark. */
const unused = ({ from, outcomes }: LeftSlot, used: Mark): string =>
  outcomes.slice(Math.max(0, used.count - from))
