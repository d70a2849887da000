/**
 * Rows that the fleet keeps of its scheduled runs: of each figure and instrument the newest, so many and
 * for so long at most. What comes back from a store is read row by row: one that was changed is left out
 * and counted.
 */
import { fieldsOf, parseJson } from '../drift/stored-values.ts'
import { type ProfileRow, readRow, seriesOf } from './row.ts'

const version = 1
const dayMs = 86_400_000
/** Longer than the longest schedule leaves between two runs. */
export const keptRowsMs = 40 * dayMs
export const keptRowsMax = 1000
/** Well under what a store takes as one value. */
const keptBytesMax = 2_000_000

export interface KeptRows {
  rows: ProfileRow[]
  /** Entries that were there and are no rows. */
  unreadable: number
}

/** The newest take the place of others of the same figure, condition and instrument. */
const figureOf = (row: ProfileRow): string =>
  JSON.stringify([
    row.source.kind,
    row.dimension,
    row.measure,
    row.condition,
    row.baseline,
    row.level,
    seriesOf(row),
  ])

const endOf = ({ window }: ProfileRow): number => Date.parse(window?.to ?? '')

/**
 * @param made of a run that has just ended
 * @param now epoch milliseconds; rows of a wrong future would never be replaced
 */
export const keepRows = (
  kept: readonly ProfileRow[],
  made: readonly ProfileRow[],
  now: number,
): ProfileRow[] => {
  const newest = new Map<string, ProfileRow>()
  for (const row of [...kept, ...made]) {
    const end = endOf(row)
    if (!(end > now - keptRowsMs && end <= now + dayMs)) continue
    const figure = figureOf(row)
    const known = newest.get(figure)
    if (known === undefined || end >= endOf(known)) newest.set(figure, row)
  }
  return [...newest.values()].sort((a, b) => endOf(b) - endOf(a)).slice(0, keptRowsMax)
}

/** As many of them, from the first on, as the bound leaves room for. */
export const keptRowsText = (rows: readonly ProfileRow[]): string => {
  const texts: string[] = []
  let bytes = 0
  for (const row of rows) {
    const text = JSON.stringify(row)
    bytes += Buffer.byteLength(text) + 1
    if (bytes > keptBytesMax) break
    texts.push(text)
  }
  return `{"version":${version},"rows":[${texts.join(',')}]}`
}

export const readKeptRows = (text: string | undefined): KeptRows => {
  if (text === undefined) return { rows: [], unreadable: 0 }
  const fields = text.length > 2 * keptBytesMax ? undefined : fieldsOf(parseJson(text))
  const given = fields?.get('rows')
  if (fields?.get('version') !== version || !Array.isArray(given)) {
    return { rows: [], unreadable: 1 }
  }
  const few = given.slice(0, keptRowsMax)
  const rows = few.flatMap((one: unknown) => readRow(one) ?? [])
  return { rows, unreadable: given.length - rows.length }
}
