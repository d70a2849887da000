/** Retry-After (RFC 9110, 10.2.3): whole seconds or an HTTP date; anything else is no request to wait. */

/** @returns milliseconds from `now` (epoch), 0 for a date that has passed */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined
  const text = value.trim()
  if (/^[0-9]{1,6}$/.test(text)) return Number(text) * 1000
  // Date.parse takes much more than HTTP dates; all that the RFC allows begins with a day's name.
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? .{10,40}$/.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
