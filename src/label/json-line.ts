/** One line of a JSON Lines file as fields, or why it is none; fields named like an object's own are data. */

export const fieldsOf = (line: string): Map<string, unknown> | string => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'not JSON'
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : 'not a JSON object'
}
