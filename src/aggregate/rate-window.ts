/**
 * The last hours of cheap and better verdicts as sums, in buckets that are dropped as a whole:
 * memory is bounded by buckets x languages x sets, whatever passes. Times are handed in and must
 * come from a clock that does not go back.
 */
import {
  type RectifiedRate,
  rectifiedRate,
  type StratumSums,
  type WeightSums,
} from './rectified-rate.ts'

export interface RateWindowOptions {
  buckets: number
  bucketMs: number
  /** Different (language, set, unsure) in a bucket; beyond it nothing is kept. */
  strataMax: number
}

export interface WindowItem {
  language: string
  set: string
  /** The stratum within language and set: the cheap judge was unsure. */
  unsure: boolean
  /** What the cheap judge said. */
  refused: boolean
  /** Monotonic milliseconds at which the item was seen. */
  at: number
}

export interface RateWindow {
  /** Every item, graded or not. */
  eligible(item: WindowItem): void
  /** False: the item's bucket is gone, or was never kept. */
  graded(item: WindowItem, better: boolean, probability: number): boolean
  /** Takes back the better verdicts, of one language or of all, and says how many there were. */
  forget(language?: string): { language: string; verdicts: number }[]
  rates(now: number): { language: string; set: string; rate: RectifiedRate }[]
}

interface Stratum extends StratumSums {
  language: string
  set: string
  unsure: boolean
  eligible: [number, number]
  graded: [[WeightSums, WeightSums], [WeightSums, WeightSums]]
  verdicts: number
}

const noWeights = (): WeightSums => ({ weights: 0, squares: 0 })
const noGrades = (): Stratum['graded'] => [
  [noWeights(), noWeights()],
  [noWeights(), noWeights()],
]

export function createRateWindow(options: RateWindowOptions): RateWindow {
  const buckets = new Map<number, Map<string, Stratum>>()
  const indexOf = (at: number): number => Math.floor(at / options.bucketMs)
  let latest = 0

  const roll = (now: number): void => {
    latest = Math.max(latest, indexOf(now))
    for (const index of buckets.keys()) {
      if (index <= latest - options.buckets) buckets.delete(index)
    }
  }
  const stratumOf = ({ language, set, unsure, at }: WindowItem): Stratum | undefined => {
    const index = indexOf(at)
    if (index <= latest - options.buckets) return undefined
    const bucket = buckets.get(index) ?? new Map<string, Stratum>()
    buckets.set(index, bucket)
    const key = `${language}\0${set}\0${unsure}`
    const known = bucket.get(key)
    if (known !== undefined) return known
    if (bucket.size >= options.strataMax) return undefined
    const made: Stratum = {
      language,
      set,
      unsure,
      eligible: [0, 0],
      graded: noGrades(),
      verdicts: 0,
    }
    bucket.set(key, made)
    return made
  }

  return {
    eligible(item) {
      roll(item.at)
      const stratum = stratumOf(item)
      if (stratum !== undefined) stratum.eligible[item.refused ? 1 : 0]++
    },
    graded(item, better, probability) {
      if (!(probability > 0 && probability <= 1)) {
        throw new RangeError(`rate window: an inclusion probability of ${probability}`)
      }
      const stratum = stratumOf(item)
      if (stratum === undefined) return false
      const cell = stratum.graded[item.refused ? 1 : 0][better ? 1 : 0]
      cell.weights += 1 / probability
      cell.squares += 1 / probability ** 2
      stratum.verdicts++
      return true
    },
    forget(language) {
      const forgotten = new Map<string, number>()
      for (const bucket of buckets.values()) {
        for (const stratum of bucket.values()) {
          if (language !== undefined && stratum.language !== language) continue
          if (stratum.verdicts === 0) continue
          forgotten.set(stratum.language, (forgotten.get(stratum.language) ?? 0) + stratum.verdicts)
          stratum.graded = noGrades()
          stratum.verdicts = 0
        }
      }
      return Array.from(forgotten, ([name, verdicts]) => ({ language: name, verdicts }))
    },
    rates(now) {
      roll(now)
      return groupsOf(buckets.values()).flatMap(({ language, set, strata }) => {
        const rate = rectifiedRate([...strata.values()])
        return rate === undefined ? [] : [{ language, set, rate }]
      })
    },
  }
}

interface Group {
  language: string
  set: string
  /** By `unsure`, summed over the buckets. */
  strata: Map<boolean, Stratum>
}

function groupsOf(buckets: Iterable<ReadonlyMap<string, Stratum>>): Group[] {
  const groups = new Map<string, Group>()
  for (const bucket of buckets) {
    for (const stratum of bucket.values()) {
      const { language, set, unsure } = stratum
      const key = `${language}\0${set}`
      const group = groups.get(key) ?? { language, set, strata: new Map<boolean, Stratum>() }
      groups.set(key, group)
      const sum = group.strata.get(unsure)
      if (sum === undefined) group.strata.set(unsure, structuredClone(stratum))
      else addTo(sum, stratum)
    }
  }
  return [...groups.values()]
}

function addTo(sum: Stratum, more: Stratum): void {
  for (const cheap of [0, 1] as const) {
    sum.eligible[cheap] += more.eligible[cheap]
    for (const better of [0, 1] as const) {
      sum.graded[cheap][better].weights += more.graded[cheap][better].weights
      sum.graded[cheap][better].squares += more.graded[cheap][better].squares
    }
  }
  sum.verdicts += more.verdicts
}
