/**
 * The rules people use, as a measure: the gap of two rates over a sliding window, looked at every
 * hour. They are simulated beside the detectors and used for nothing else.
 */
import { z95 } from '../../aggregate/wilson.ts'

export interface HourCounts {
  english: number
  englishRefused: number
  other: number
  otherRefused: number
}

export const emptyHour = (): HourCounts => ({
  english: 0,
  englishRefused: 0,
  other: 0,
  otherRefused: 0,
})

export interface NaiveRule {
  name: string
  windowHours: number
  fires: (sums: Readonly<HourCounts>) => boolean
}

const gapOf = ({ english, englishRefused, other, otherRefused }: Readonly<HourCounts>): number =>
  englishRefused / english - otherRefused / other

const overTenPoints = (sums: Readonly<HourCounts>): boolean => gapOf(sums) > 0.1

/** Two-sided z-test of two proportions at 5 %, on the side that matters. */
const significant = (sums: Readonly<HourCounts>): boolean => {
  const { english, englishRefused, other, otherRefused } = sums
  const pooled = (englishRefused + otherRefused) / (english + other)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / english + 1 / other))
  return error > 0 && gapOf(sums) / error > z95
}

export const naiveRules: readonly NaiveRule[] = [
  { name: 'gap over 1 h > 10 points', windowHours: 1, fires: overTenPoints },
  { name: 'gap over 24 h > 10 points', windowHours: 24, fires: overTenPoints },
  { name: 'z-test over 24 h, p < .05', windowHours: 24, fires: significant },
]

/** One rule on one stream. */
export class NaiveWatch {
  readonly #rule: NaiveRule
  readonly #hours: HourCounts[] = []
  readonly #sums = emptyHour()
  #firing = false
  episodes = 0
  firstAt: number | undefined

  constructor(rule: NaiveRule) {
    this.#rule = rule
  }

  /** Keeps the counts: they must not change any more. */
  close(hour: number, counts: HourCounts): void {
    this.#shift(counts, 1)
    this.#hours.push(counts)
    if (this.#hours.length > this.#rule.windowHours) {
      const oldest = this.#hours.shift()
      if (oldest !== undefined) this.#shift(oldest, -1)
    }
    const firing = this.#sums.english > 0 && this.#sums.other > 0 && this.#rule.fires(this.#sums)
    if (firing && !this.#firing) this.episodes++
    if (firing) this.firstAt ??= hour
    this.#firing = firing
  }

  #shift(by: HourCounts, sign: 1 | -1): void {
    this.#sums.english += sign * by.english
    this.#sums.englishRefused += sign * by.englishRefused
    this.#sums.other += sign * by.other
    this.#sums.otherRefused += sign * by.otherRefused
  }
}
