/**
 * JSON from peers: parsed only below a size and a nesting limit, and read only through accessors
 * that see own properties, so that keys such as `__proto__` and `constructor` are plain data.
 * Nothing here copies a parsed object's keys onto another object.
 */

export const jsonBytesMax = 4 * 1024 * 1024
/** JSON.parse itself takes any depth; what later walks the value recursively does not. */
export const jsonDepthMax = 64

export type JsonObject = Readonly<Record<string, unknown>>

export type ParsedJson =
  | { ok: true; value: unknown }
  | { ok: false; reason: 'not_json' | 'too_deep' | 'output_cap' }

const quote = 0x22
const backslash = 0x5c

/** Whether brackets nest deeper than the limit; brackets inside strings do not count. */
export const nestsDeeperThan = (text: string, limit: number): boolean => {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      at = endOfString(text, at + 1)
    } else if (code === 0x5b || code === 0x7b) {
      depth++
      if (depth > limit) return true
    } else if (code === 0x5d || code === 0x7d) {
      depth--
    }
  }
  return false
}

const endOfString = (text: string, from: number): number => {
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === quote) return at
    at += code === backslash ? 2 : 1
  }
  return at
}

export const parseJsonText = (text: string): ParsedJson => {
  if (text.length > jsonBytesMax) return { ok: false, reason: 'output_cap' }
  if (nestsDeeperThan(text, jsonDepthMax)) return { ok: false, reason: 'too_deep' }
  try {
    const value: unknown = JSON.parse(text)
    return { ok: true, value }
  } catch {
    return { ok: false, reason: 'not_json' }
  }
}

/** A leading byte order mark is dropped; invalid UTF-8 becomes U+FFFD, as in every client. */
export const parseJsonBytes = (bytes: Uint8Array): ParsedJson =>
  bytes.byteLength > jsonBytesMax
    ? { ok: false, reason: 'output_cap' }
    : parseJsonText(new TextDecoder().decode(bytes))

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The own property `key` of an object; undefined for everything else. */
export const valueAt = (value: unknown, key: string): unknown =>
  isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined

export const stringAt = (value: unknown, key: string): string | undefined => {
  const found = valueAt(value, key)
  return typeof found === 'string' ? found : undefined
}

export const objectAt = (value: unknown, key: string): JsonObject | undefined => {
  const found = valueAt(value, key)
  return isJsonObject(found) ? found : undefined
}

export const arrayAt = (value: unknown, key: string): readonly unknown[] | undefined => {
  const found = valueAt(value, key)
  return Array.isArray(found) ? found : undefined
}

/** Counts of tokens and the like: whole numbers from 0; anything else is unknown. */
export const countAt = (value: unknown, key: string): number | undefined => {
  const found = valueAt(value, key)
  return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : undefined
}

/** A position sent by a peer; undefined unless it is a whole number from 0 to `max`. */
export const indexAt = (value: unknown, key: string, max: number): number | undefined => {
  const found = countAt(value, key)
  return found !== undefined && found <= max ? found : undefined
}
