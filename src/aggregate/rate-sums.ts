/**
 * Cheap and better verdicts as sums, by language, set and stratum: all that a rectified rate needs, so
 * that memory and what is stored are bounded by languages x sets, whatever passes.
 */
import {
  type RectifiedRate,
  rectifiedRate,
  type StratumSums,
  type WeightSums,
} from './rectified-rate.ts'

export interface RateItem {
  language: string
  set: string
  /** The stratum within language and set: the cheap judge was unsure. */
  unsure: boolean
  /** What the cheap judge said. */
  refused: boolean
}

export interface RateStratum extends StratumSums {
  language: string
  set: string
  unsure: boolean
  eligible: [number, number]
  graded: [[WeightSums, WeightSums], [WeightSums, WeightSums]]
  /** Better verdicts, unweighted. */
  verdicts: number
}

export interface LanguageRate {
  language: string
  set: string
  rate: RectifiedRate
}

const noWeights = (): WeightSums => ({ weights: 0, squares: 0 })
const noGrades = (): RateStratum['graded'] => [
  [noWeights(), noWeights()],
  [noWeights(), noWeights()],
]

type StratumName = Pick<RateStratum, 'language' | 'set' | 'unsure'>

const keyOf = ({ language, set, unsure }: StratumName): string => `${language}\0${set}\0${unsure}`

export class RateSums {
  readonly #strata = new Map<string, RateStratum>()
  readonly #strataMax: number

  /** @param strataMax different (language, set, unsure); beyond it nothing is kept */
  constructor(strataMax: number) {
    this.#strataMax = strataMax
  }

  get strata(): readonly RateStratum[] {
    return [...this.#strata.values()]
  }

  eligible(item: RateItem): void {
    const stratum = this.#stratumOf(item)
    if (stratum !== undefined) stratum.eligible[item.refused ? 1 : 0]++
  }

  /** False: its stratum is not kept. */
  graded(item: RateItem, better: boolean, probability: number): boolean {
    if (!(probability > 0 && probability <= 1)) {
      throw new RangeError(`an inclusion probability of ${probability}`)
    }
    const stratum = this.#stratumOf(item)
    if (stratum === undefined) return false
    const cell = stratum.graded[item.refused ? 1 : 0][better ? 1 : 0]
    cell.weights += 1 / probability
    cell.squares += 1 / probability ** 2
    stratum.verdicts++
    return true
  }

  add(more: Iterable<RateStratum>): void {
    for (const one of more) {
      const sum = this.#stratumOf(one)
      if (sum !== undefined) addTo(sum, one)
    }
  }

  /** Takes back the better verdicts, of one language or of all; how many there were, by language. */
  forget(language?: string): Map<string, number> {
    const forgotten = new Map<string, number>()
    for (const stratum of this.#strata.values()) {
      if (language !== undefined && stratum.language !== language) continue
      if (stratum.verdicts === 0) continue
      forgotten.set(stratum.language, (forgotten.get(stratum.language) ?? 0) + stratum.verdicts)
      stratum.graded = noGrades()
      stratum.verdicts = 0
    }
    return forgotten
  }

  #stratumOf(name: StratumName): RateStratum | undefined {
    const key = keyOf(name)
    const known = this.#strata.get(key)
    if (known !== undefined) return known
    if (this.#strata.size >= this.#strataMax) return undefined
    const { language, set, unsure } = name
    const made: RateStratum = {
      language,
      set,
      unsure,
      eligible: [0, 0],
      graded: noGrades(),
      verdicts: 0,
    }
    this.#strata.set(key, made)
    return made
  }
}

/** The rates of all of these sums together; what has no better verdict has no rate. */
export function ratesOf(sums: Iterable<RateSums>): LanguageRate[] {
  const total = new RateSums(Number.POSITIVE_INFINITY)
  for (const one of sums) total.add(one.strata)
  const groups = new Map<string, RateStratum[]>()
  for (const stratum of total.strata) {
    const key = `${stratum.language}\0${stratum.set}`
    groups.set(key, [...(groups.get(key) ?? []), stratum])
  }
  return [...groups.values()].flatMap((strata) => {
    const [first] = strata
    const rate = rectifiedRate(strata)
    if (first === undefined || rate === undefined) return []
    return [{ language: first.language, set: first.set, rate }]
  })
}

/** How many verdicts of each language. */
export function addCounts(sum: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [language, count] of more) sum.set(language, (sum.get(language) ?? 0) + count)
}

function addTo(sum: RateStratum, more: RateStratum): void {
  for (const cheap of [0, 1] as const) {
    sum.eligible[cheap] += more.eligible[cheap]
    for (const better of [0, 1] as const) {
      sum.graded[cheap][better].weights += more.graded[cheap][better].weights
      sum.graded[cheap][better].squares += more.graded[cheap][better].squares
    }
  }
  sum.verdicts += more.verdicts
}
