/**
 * The last hours of cheap and better verdicts of one process, in buckets that are dropped as a whole.
 * Times are handed in and must come from a clock that does not go back.
 */
import { addCounts, type LanguageRate, type RateItem, RateSums, ratesOf } from './rate-sums.ts'

export interface RateWindowOptions {
  buckets: number
  bucketMs: number
  /** Different (language, set, unsure) in a bucket; beyond it nothing is kept. */
  strataMax: number
}

export interface WindowItem extends RateItem {
  /** Monotonic milliseconds at which the item was seen. */
  at: number
}

export interface RateWindow {
  /** Every item, graded or not. */
  eligible(item: WindowItem): void
  /** False: the item's bucket is gone, or was never kept. */
  graded(item: WindowItem, better: boolean, probability: number): boolean
  /** Takes back the better verdicts, of one language or of all, and says how many of this process there were. */
  forget(language?: string): ReadonlyMap<string, number>
  rates(now: number): LanguageRate[]
}

export function createRateWindow(options: RateWindowOptions): RateWindow {
  const buckets = new Map<number, RateSums>()
  const indexOf = (at: number): number => Math.floor(at / options.bucketMs)
  let latest = 0

  const roll = (now: number): void => {
    latest = Math.max(latest, indexOf(now))
    for (const index of buckets.keys()) {
      if (index <= latest - options.buckets) buckets.delete(index)
    }
  }
  /** Undefined: it has left the window. */
  const bucketOf = ({ at }: WindowItem): RateSums | undefined => {
    const index = indexOf(at)
    if (index <= latest - options.buckets) return undefined
    const bucket = buckets.get(index) ?? new RateSums(options.strataMax)
    buckets.set(index, bucket)
    return bucket
  }

  return {
    eligible(item) {
      roll(item.at)
      bucketOf(item)?.eligible(item)
    },
    graded: (item, better, probability) =>
      bucketOf(item)?.graded(item, better, probability) ?? false,
    forget(language) {
      const forgotten = new Map<string, number>()
      for (const bucket of buckets.values()) addCounts(forgotten, bucket.forget(language))
      return forgotten
    },
    rates(now) {
      roll(now)
      return ratesOf(buckets.values())
    },
  }
}
