/**
 * Which exchanges a paid judge gets to see. Each exchange's chance is fixed before its draw, from
 * what passed before it, never from what a judge will say of it, and never 0: so every verdict can
 * be weighted by one over its chance. The draw is a keyed hash of the exchange: nobody without the
 * secret can foresee it, and the same exchange is drawn alike.
 *
 * Strata are language x (the cheap judge was unsure or not). Per period each stratum wants what the
 * policy names, but at least enough for an interval of its own; when the wants exceed what can be
 * paid, they are cut in proportion to their square roots, which costs frequent languages most.
 */
import { createHmac } from 'node:crypto'

/** In [0, 1), the same for the same words under the same secret. */
export type KeyedDraw = (purpose: string, key: string) => number

export function createKeyedDraw(secret: Uint8Array): KeyedDraw {
  return (purpose, key) =>
    createHmac('sha256', secret)
      .update(purpose)
      .update('\0')
      .update(key)
      .digest()
      .readUIntBE(0, 6) /
    2 ** 48
}

export interface StratifiedOptions {
  draw: KeyedDraw
  /** Share that is wanted of what the cheap judge is sure of; of the rest all is wanted. */
  sliceRate: number
  /** Wanted of each stratum in a period, as far as it has them. */
  stratumMin: number
  /** Languages x 2; more strata share one. */
  strataMax: number
}

export interface Decision {
  selected: boolean
  /** Of inclusion, in (0, 1]. */
  probability: number
}

export interface StratifiedSelector {
  decide(stratum: { language: string; unsure: boolean }, key: string): Decision
  /** Ends a period, and plans the next one: so many exchanges can be paid in it. */
  plan(affordable: number): void
}

interface Stratum {
  unsure: boolean
  /** Exchanges expected in a period: a mean over past periods. */
  volume: number
  periods: number
  seen: number
  rate: number
  /** Chances given in this period, and how many it may give before they shrink. */
  given: number
  allotted: number
}

/** The mean of the volume reaches back about so many periods. */
const memoryPeriods = 72
/** No stratum's chance falls below this, unless so little can be paid that all of it would go here. */
const floorMax = 0.001
const floorShare = 0.1
const overflowKey = ''

export function createStratifiedSelector(options: StratifiedOptions): StratifiedSelector {
  const strata = new Map<string, Stratum>()
  let payable = 0
  let floor = floorMax

  const stratumOf = (language: string, unsure: boolean): Stratum => {
    const key = `${language}\0${unsure}`
    const known = strata.get(key)
    if (known !== undefined) return known
    if (strata.size >= options.strataMax - 1) {
      const shared = strata.get(overflowKey) ?? newcomer()
      strata.set(overflowKey, shared)
      return shared
    }
    const made = { ...newcomer(), unsure }
    strata.set(key, made)
    return made
  }
  /** Nothing is known of it: all of it is taken until its part is used up. */
  const newcomer = (): Stratum => ({
    unsure: false,
    volume: 0,
    periods: 0,
    seen: 0,
    rate: 1,
    given: 0,
    allotted: payable / options.strataMax,
  })

  return {
    decide({ language, unsure }, key) {
      const stratum = stratumOf(language, unsure)
      stratum.seen++
      const probability = chanceOf(stratum, floor)
      stratum.given += probability
      return { selected: options.draw('cascade', key) < probability, probability }
    },
    plan(affordable) {
      payable = Math.max(0, affordable)
      const known = [...strata.values()]
      for (const stratum of known) {
        stratum.periods = Math.min(stratum.periods + 1, memoryPeriods)
        stratum.volume += (stratum.seen - stratum.volume) / stratum.periods
        stratum.seen = 0
        stratum.given = 0
      }
      const volume = known.reduce((sum, stratum) => sum + stratum.volume, 0)
      floor = Math.min(floorMax, (floorShare * payable) / Math.max(1, volume))
      floor = Math.max(floor, 1e-9)
      const wanted = known.map(({ unsure, volume: own }) =>
        Math.min(own, Math.max(unsure ? own : own * options.sliceRate, options.stratumMin)),
      )
      const allotted = allot(wanted, payable)
      for (const [i, stratum] of known.entries()) {
        stratum.allotted = allotted[i] ?? 0
        stratum.rate = stratum.volume === 0 ? 1 : Math.min(1, stratum.allotted / stratum.volume)
      }
    },
  }
}

/**
 * The planned rate, halved each time the stratum has given out its part: a sudden flood grows the
 * bill by its logarithm only, and depends on nothing but how much came before.
 */
function chanceOf({ rate, given, allotted }: Stratum, floor: number): number {
  const used = allotted > 0 ? Math.floor(given / Math.max(1, 2 * allotted)) : Math.floor(given)
  return Math.min(1, Math.max(floor, rate / 2 ** Math.min(used, 60)))
}

/** Everything that is wanted, or else parts in proportion to square roots, none above its want. */
export function allot(wanted: readonly number[], payable: number): number[] {
  const sum = wanted.reduce((all, want) => all + want, 0)
  if (sum <= payable) return [...wanted]
  // The smallest want is the first to be met in full as the common factor grows.
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  const result = wanted.map(() => 0)
  let left = payable
  let roots = wanted.reduce((all, want) => all + Math.sqrt(want), 0)
  for (const i of order) {
    const want = wanted[i] ?? 0
    const part = roots === 0 ? 0 : Math.min(want, (left * Math.sqrt(want)) / roots)
    result[i] = part
    left -= part
    roots -= Math.sqrt(want)
  }
  return result
}
