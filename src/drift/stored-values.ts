/**
 * Readers of plain JSON that comes back from a store: another process wrote it, or nobody knows who.
 * What is not exactly of the form is undefined as a whole; the caller counts it.
 */

export const fieldsOf = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : undefined

export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0

/** A tick is a millisecond at least, so its number is one that a date can have. */
const tickMax = 8_640_000_000_000_000

export const isTick = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Math.abs(Number(value)) <= tickMax

/** A list of exactly `length` counts. */
export const readCounts = (value: unknown, length: number): number[] | undefined =>
  Array.isArray(value) && value.length === length && value.every(isCount) ? value : undefined

/** A list whose items all pass `read`; at most `lengthMax` of them. */
export const readList = <Value>(
  value: unknown,
  read: (item: unknown) => Value | undefined,
  lengthMax: number,
): Value[] | undefined => {
  if (!Array.isArray(value) || value.length > lengthMax) return undefined
  const items = value.map(read).filter((item) => item !== undefined)
  return items.length < value.length ? undefined : items
}

/** An object whose values all pass `read`; at most `entriesMax` of them. */
export const readRecord = <Value>(
  value: unknown,
  read: (value: unknown, key: string) => Value | undefined,
  entriesMax: number,
): Map<string, Value> | undefined => {
  const fields = fieldsOf(value)
  if (fields === undefined || fields.size > entriesMax) return undefined
  const entries = new Map<string, Value>()
  for (const [key, item] of fields) {
    const one = read(item, key)
    if (one === undefined) return undefined
    entries.set(key, one)
  }
  return entries
}

/** The value of a JSON text; undefined when it is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
