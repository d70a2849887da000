/**
 * The window of the cascade's rates, which all replicas that share a store fill together: how its sums
 * are written and read, and whose verdicts are taken back when the judge is found unsound.
 */
import {
  addCounts,
  type LanguageRate,
  type RateItem,
  type RateStratum,
  RateSums,
  ratesOf,
} from '../aggregate/rate-sums.ts'
import type { WeightSums } from '../aggregate/rectified-rate.ts'
import { isCount, readList } from '../drift/stored-values.ts'
import type { CascadeWindow } from '../judge/cascade.ts'
import {
  createSharedHours,
  type HourlySums,
  hourMs,
  type SharedHoursOptions,
} from './shared-hours.ts'

export interface SharedRatesOptions extends Omit<SharedHoursOptions<RateSums>, 'sums'> {
  /** What is reported: replicas that are configured otherwise may know more. */
  languages: ReadonlySet<string>
}

export interface SharedRates extends CascadeWindow {
  /** To be called again and again; looks at the store now and then. */
  step(): Promise<void>
}

/** Different (language, set, unsure) in an hour, of all replicas; beyond it nothing is kept. */
const strataMax = 2048

export function createSharedRates(options: SharedRatesOptions): SharedRates {
  const { languages, clock } = options
  const window = createSharedHours({ ...options, sums: rateSums })
  /** Verdicts of this replica that are in the window, by hour and language. */
  const own = new Map<number, Map<string, number>>()

  const epochOf = (at: number): number => clock.now() - (clock.monotonic() - at)
  const hourOf = (at: number): number => Math.floor(epochOf(at) / hourMs)
  const count = (hour: number, language: string): void => {
    const oldest = Math.floor(clock.now() / hourMs) - options.hours
    for (const known of own.keys()) if (known <= oldest) own.delete(known)
    const counts = own.get(hour) ?? new Map<string, number>()
    addCounts(counts, new Map([[language, 1]]))
    own.set(hour, counts)
  }

  return {
    eligible(item: RateItem & { at: number }) {
      window.own(epochOf(item.at))?.eligible(item)
    },
    graded(item: RateItem & { at: number }, better, probability) {
      const sums = window.own(epochOf(item.at))
      if (sums?.graded(item, better, probability) !== true) return false
      count(hourOf(item.at), item.language)
      return true
    },
    forget(language) {
      window.amend(language === undefined ? 'all' : `language ${language}`, (sums) =>
        sums.forget(language),
      )
      const forgotten = new Map<string, number>()
      for (const counts of own.values()) addCounts(forgotten, takenFrom(counts, language))
      return forgotten
    },
    rates: (): LanguageRate[] =>
      ratesOf(window.all()).filter(({ language }) => languages.has(language)),
    step: () => window.step(),
  }
}

/** Removes the counts of one language, or all of them, and says which they were. */
function takenFrom(counts: Map<string, number>, language: string | undefined): Map<string, number> {
  const taken = new Map([...counts].filter(([name]) => language === undefined || name === language))
  for (const name of taken.keys()) counts.delete(name)
  return taken
}

/** One row a stratum: its names, then eligible, weights and their squares by cell, verdicts. */
const rowOf = ({ language, set, unsure, eligible, graded, verdicts }: RateStratum): unknown[] => [
  language,
  set,
  unsure ? 1 : 0,
  ...eligible,
  ...graded.flat().flatMap(({ weights, squares }) => [weights, squares]),
  verdicts,
]

const numbersOfRow = 11
/** More than any traffic makes; its square is a number still. */
const sumMax = 1e30

const isSum = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= sumMax

/** Each weight is 1 at least, so their squares are no less than they are. */
const isCell = ({ weights, squares }: WeightSums): boolean =>
  (weights === 0 && squares === 0) || (weights >= 1 && squares >= weights)

function readRow(row: unknown): RateStratum | undefined {
  if (!Array.isArray(row)) return undefined
  const [language, set, unsure, ...numbers] = row as unknown[]
  if (typeof language !== 'string' || typeof set !== 'string') return undefined
  if (unsure !== 0 && unsure !== 1) return undefined
  if (numbers.length !== numbersOfRow || !numbers.every(isSum)) return undefined
  const [no = 0, yes = 0] = numbers
  const verdicts = numbers[10] ?? 0
  const cell = (index: number): WeightSums => ({
    weights: numbers[2 + 2 * index] ?? 0,
    squares: numbers[3 + 2 * index] ?? 0,
  })
  const graded: RateStratum['graded'] = [
    [cell(0), cell(1)],
    [cell(2), cell(3)],
  ]
  if (![no, yes, verdicts].every(isCount) || !graded.flat().every(isCell)) return undefined
  return { language, set, unsure: unsure === 1, eligible: [no, yes], graded, verdicts }
}

const rateSums: HourlySums<RateSums> = {
  empty: () => new RateSums(strataMax),
  add: (to, more) => to.add(more.strata),
  rowsOf: ({ strata }) => strata.map(rowOf),
  read(rows) {
    const strata = readList(rows, readRow, strataMax)
    if (strata === undefined) return undefined
    const sums = new RateSums(strataMax)
    sums.add(strata)
    return sums
  },
}
