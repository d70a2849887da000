/**
 * The JSON schema of an offered tool, as it was sent: a reference into the parsed request, read as
 * data only. A schema of more than 64 Ki characters is left out, for checking arguments against it
 * would cost more than it tells; measuring stops there too.
 */
import { isJsonObject } from './untrusted-json.ts'

export const schemaTextMax = 65_536

/** Characters left of `left` after the value's JSON text, without escapes; negative: too long. */
const leftAfter = (value: unknown, left: number): number => {
  if (left < 0) return left
  if (typeof value === 'string') return left - value.length - 2
  if (Array.isArray(value)) {
    let rest = left - 2
    for (const item of value) {
      rest = leftAfter(item, rest - 1)
      if (rest < 0) break
    }
    return rest
  }
  if (!isJsonObject(value)) return left - String(value).length
  let rest = left - 2
  for (const key of Object.keys(value)) {
    rest = leftAfter(value[key], rest - key.length - 4)
    if (rest < 0) break
  }
  return rest
}

/** Undefined: none was sent, or it is too large. Nesting is bounded where the request is parsed. */
export const offeredSchema = (sent: unknown): unknown =>
  sent === undefined || sent === null || leftAfter(sent, schemaTextMax) < 0 ? undefined : sent
