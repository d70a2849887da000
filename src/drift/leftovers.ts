/**
 * Live samples that one replica could not pair within the hour, handed over through its part of a tick
 * and paired at the fold with those of the other replicas. A fleet that deals a rare language over
 * many replicas would otherwise leave most of it unpaired.
 *
 * The rules are those of live-pairing.ts: one cell, one hour, each sample at most once per language. A
 * sample is left over by when it came, never by what it was, and who meets whom is settled by the order
 * of writers and arrivals alone; so D has the mean it would have had in one process. Samples stay
 * single (a character each), since D from sums would have to guess which came together.
 */
import { readRecord } from './stored-values.ts'

/** Outcomes in order of arrival, `1` for a refusal. */
export interface CellLeftovers {
  english: string
  /** By language: the English ones that it has not used; a language that used none is absent. */
  free: Map<string, string>
  /** By language: its own. */
  own: Map<string, string>
}

/** Key: the window of an hour they came in, set and cell (format/depth), with `|` between. */
export type Leftovers = Map<string, CellLeftovers>

export interface LeftoverPair {
  language: string
  set: string
  difference: number
  english: number
  other: number
}

/** Of one cell and hour, for each language: what a replica with little to pair can give. */
const outcomesMax = 64
const cellsMax = 2000
const languagesMax = 200

export const leftoverKey = (window: number, set: string, cell: string): string =>
  `${window}|${set}|${cell}`

const joined = (one: string, other: string): string => (one + other).slice(0, outcomesMax)

/** Puts `more`, which came later, behind what is there. */
export const addLeftovers = (to: Leftovers, key: string, more: CellLeftovers): void => {
  const known = to.get(key)
  if (known === undefined) {
    to.set(key, { ...more, free: new Map(more.free), own: new Map(more.own) })
    return
  }
  for (const language of new Set([...known.free.keys(), ...more.free.keys()])) {
    const before = known.free.get(language) ?? known.english
    known.free.set(language, joined(before, more.free.get(language) ?? more.english))
  }
  known.english = joined(known.english, more.english)
  for (const [language, own] of more.own) {
    known.own.set(language, joined(known.own.get(language) ?? '', own))
  }
}

/** Deterministic in the order of `replicas`. */
export const pairLeftovers = (replicas: readonly Leftovers[]): LeftoverPair[] => {
  const keys = new Set(replicas.flatMap((leftovers) => [...leftovers.keys()]))
  const pairs: LeftoverPair[] = []
  for (const key of [...keys].sort()) {
    const cells = replicas.flatMap((leftovers) => leftovers.get(key) ?? [])
    const [, set = ''] = key.split('|')
    const languages = new Set(cells.flatMap(({ own }) => [...own.keys()]))
    for (const language of [...languages].sort()) {
      const own = cells.map((cell) => cell.own.get(language) ?? '').join('')
      const english = cells.map((cell) => cell.free.get(language) ?? cell.english).join('')
      const count = Math.min(own.length, english.length)
      for (let first = 0; first < count; first++) {
        const base = everyFrom(english, first, count)
        const other = everyFrom(own, first, count)
        pairs.push({
          language,
          set,
          difference: base.sum / base.count - other.sum / other.count,
          english: base.count,
          other: other.count,
        })
      }
    }
  }
  return pairs
}

/** Of every `step`-th outcome. */
const everyFrom = (outcomes: string, first: number, step: number) => {
  let sum = 0
  let count = 0
  for (let i = first; i < outcomes.length; i += step) {
    if (outcomes[i] === '1') sum++
    count++
  }
  return { sum, count }
}

export const leftoversJson = (leftovers: Leftovers): Record<string, unknown> =>
  Object.fromEntries(
    Array.from(leftovers, ([key, { english, free, own }]) => [
      key,
      [english, Object.fromEntries(free), Object.fromEntries(own)],
    ]),
  )

const keyForm = /^\d{1,16}\|[a-z_]{1,32}\|[a-z]{1,16}\/[0-9+-]{1,8}$/
const outcomesForm = /^[01]*$/

const readOutcomes = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= outcomesMax && outcomesForm.test(value)
    ? value
    : undefined

const readCell = (value: unknown, key: string): CellLeftovers | undefined => {
  if (!keyForm.test(key) || !Array.isArray(value) || value.length !== 3) return undefined
  const english = readOutcomes(value[0])
  const free = readRecord(value[1], readOutcomes, languagesMax)
  const own = readRecord(value[2], readOutcomes, languagesMax)
  if (english === undefined || free === undefined || own === undefined) return undefined
  return { english, free, own }
}

/** Of `leftoversJson`; undefined when it is anything else. */
export const readLeftovers = (value: unknown): Leftovers | undefined =>
  readRecord(value, readCell, cellsMax)
