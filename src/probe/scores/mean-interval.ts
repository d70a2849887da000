/** Mean with its 95 % interval by the normal approximation, for grades of many independent items. */
import { type Interval, z95 } from '../../aggregate/wilson.ts'

/** Undefined without a value; of a single one no spread is known, so its interval is undefined too. */
export function meanInterval(values: readonly number[]): Interval | undefined {
  const n = values.length
  if (n < 2) return undefined
  const est = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - est) ** 2, 0)
  const half = z95 * Math.sqrt(squares / (n - 1) / n)
  return { est, lo: est - half, hi: est + half }
}
