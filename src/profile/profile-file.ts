/**
 * The profile as a file: what `holdfast profile --json` and a stress test write, and what reports read.
 * Strict: a file with one row that is none is refused as a whole, with the row's place.
 */
import { Type } from 'typebox'
import { type ProfileRow, profileRowSchema, readRow } from './row.ts'

const format = 'holdfast-profile'
const version = 1

export const profileSchema = Type.Object(
  {
    format: Type.Literal(format),
    version: Type.Literal(version),
    rows: Type.Array(profileRowSchema),
  },
  { additionalProperties: false },
)

const rowsMax = 100_000

/** Asked of a running holdfast: rows of its live traffic of late, and of its scheduled runs. */
export interface ProfileRequest {
  kind: 'profile'
}

/** What `profileText` writes, as a value. */
export const profileJson = (
  rows: readonly ProfileRow[],
): { format: string; version: number; rows: ProfileRow[] } => ({
  format,
  version,
  rows: sortRows(rows),
})

/** One row a line, in the order of their ids: the same rows give the same bytes. */
export const profileText = (rows: readonly ProfileRow[]): string => {
  const lines = sortRows(rows).map((row) => JSON.stringify(row))
  return `{"format":"${format}","version":${version},"rows":[\n${lines.join(',\n')}\n]}\n`
}

export type ReadProfile = { ok: true; rows: ProfileRow[] } | { ok: false; reason: string }

export const readProfile = (text: string): ReadProfile => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'is not JSON' }
  }
  return readProfileJson(value)
}

export const readProfileJson = (value: unknown): ReadProfile => {
  if (typeof value !== 'object' || value === null) return { ok: false, reason: 'is no profile' }
  const fields = new Map<string, unknown>(Object.entries(value))
  const rows = fields.get('rows')
  // What a stress test prints holds its rows beside all else.
  const isStress = typeof fields.get('stress') === 'string'
  if ((fields.get('format') !== format && !isStress) || !Array.isArray(rows)) {
    return { ok: false, reason: 'is no profile' }
  }
  if (!isStress && fields.get('version') !== version) {
    return { ok: false, reason: `is of another version than ${version}` }
  }
  if (rows.length > rowsMax) return { ok: false, reason: `has more than ${rowsMax} rows` }
  const read: ProfileRow[] = []
  for (const [index, one] of rows.entries()) {
    const row = readRow(one)
    if (row === undefined) return { ok: false, reason: `row ${index + 1} is none, or was changed` }
    read.push(row)
  }
  return { ok: true, rows: read }
}

/** For readers: dimension by dimension, the nearest evidence last; ids break ties. */
export const sortRows = (rows: readonly ProfileRow[]): ProfileRow[] => {
  const place = ({ dimension, level, measure, condition, model, window, id }: ProfileRow): string =>
    [dimension, level, measure, condition, model ?? '', window?.from ?? '', id].join('\0')
  const placed = new Map(rows.map((row) => [row.id, { row, place: place(row) }]))
  return [...placed.values()].sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ row }) => row)
}
