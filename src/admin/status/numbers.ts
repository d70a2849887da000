/** Numbers as the page writes them. What is not known is said so, and is never 0. */
import type { Interval } from '../../aggregate/wilson.ts'

export const unknown = 'not known'

export const count = (value: number | undefined): string =>
  value === undefined ? unknown : Math.round(value).toLocaleString('en-GB')

export const percent = (rate: number | undefined, digits = 1): string =>
  rate === undefined ? unknown : `${(100 * rate).toFixed(digits)} %`

/** `91.9 % (90.2 to 93.4)` */
export const rateWithLimits = ({ est, lo, hi }: Interval): string =>
  `${percent(est)} (${(100 * lo).toFixed(1)} to ${(100 * hi).toFixed(1)})`

/** A true minus, as it is read out; no sign in front of what rounds to 0. */
export const signed = (value: number, digits = 1): string => {
  const text = Math.abs(value).toFixed(digits)
  if (Number(text) === 0) return text
  return value > 0 ? `+${text}` : `\u2212${text}`
}

/** Points of a difference of two rates: `+12.0 (8.1 to 16.0)` */
export const pointsWithLimits = ({ est, lo, hi }: Interval): string =>
  `${signed(100 * est)} (${signed(100 * lo)} to ${signed(100 * hi)})`

export const decimal = (value: number | undefined, digits = 2): string =>
  value === undefined ? unknown : value.toFixed(digits)

const units = [
  { ms: 86_400_000, name: 'd' },
  { ms: 3_600_000, name: 'h' },
  { ms: 60_000, name: 'min' },
  { ms: 1000, name: 's' },
] as const

/** In the two largest units that matter: `3 d 4 h`, `12 s`. */
export const duration = (ms: number): string => {
  let left = Math.max(0, Math.round(ms / 1000)) * 1000
  const parts: string[] = []
  for (const { ms: size, name } of units) {
    if (parts.length === 0 && left < size) continue
    const n = Math.floor(left / size)
    left -= n * size
    if (n > 0) parts.push(`${n} ${name}`)
    if (parts.length === 2) break
  }
  return parts.length === 0 ? '0 s' : parts.join(' ')
}

/** In UTC, without the fraction: `2026-03-02 14:05:00 UTC` */
export const instant = (at: number | undefined): string =>
  at === undefined || Math.abs(at) > 8.64e15
    ? unknown
    : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`

export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`
