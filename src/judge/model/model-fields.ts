/** Reading of a parsed JSON value whose shape is not known yet. */

export const mapOf = (value: unknown): Map<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : new Map()

export const finiteIn = (fields: ReadonlyMap<string, unknown>, key: string): number | undefined => {
  const value = fields.get(key)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

export const textIn = (fields: ReadonlyMap<string, unknown>, key: string): string | undefined => {
  const value = fields.get(key)
  return typeof value === 'string' ? value : undefined
}

export const numbersIn = (
  fields: ReadonlyMap<string, unknown>,
  key: string,
): number[] | undefined => {
  const value = fields.get(key)
  if (!Array.isArray(value)) return undefined
  const numbers = value.filter((item): item is number => Number.isFinite(item))
  return numbers.length === value.length ? numbers : undefined
}
