/**
 * How many samples a single comparison of two rates needs, two-sided 5 %, power 80 %.
 *
 * Two independent arms: the normal approximation with pooled variance under the null (Fleiss 1981).
 * Pairs: the exact power of the exact test of McNemar over the random number of discordant pairs;
 * it rises in a saw-tooth, and the answer is the least n from which it no longer falls below.
 */
import { z95 } from '../aggregate/wilson.ts'

export const targetPower = 0.8
const zPower = 0.8416212335729143

/** Fractional; round up. */
export const samplesPerArm = (first: number, second: number): number => {
  const pooled = (first + second) / 2
  const underNull = Math.sqrt(2 * pooled * (1 - pooled))
  const underChange = Math.sqrt(first * (1 - first) + second * (1 - second))
  return ((z95 * underNull + zPower * underChange) / (first - second)) ** 2
}

/** Pairs by the normal approximation of Connor (1987), from discordance and difference. */
export const approximatePairs = (discordance: number, difference: number): number => {
  const underChange = Math.sqrt(discordance - difference ** 2)
  return ((z95 * Math.sqrt(discordance) + zPower * underChange) / difference) ** 2
}

const pairsMax = 20_000

/** ln n!, for whole n up to `pairsMax`. */
const logFactorials = (): Float64Array => {
  const table = new Float64Array(pairsMax + 1)
  for (let n = 1; n <= pairsMax; n++) table[n] = (table[n - 1] ?? 0) + Math.log(n)
  return table
}
let logFactorial: Float64Array | undefined

/** P(X = k) of n trials; p in (0, 1). */
const binomial = (n: number, k: number, p: number): number => {
  logFactorial ??= logFactorials()
  const at = (i: number): number => logFactorial?.[i] ?? 0
  return Math.exp(at(n) - at(k) - at(n - k) + k * Math.log(p) + (n - k) * Math.log1p(-p))
}

/** Largest count of the rarer kind among m discordant pairs with a two-sided exact p <= 5 %. */
const criticalCount = (m: number): number => {
  let tail = 0
  for (let k = 0; k <= m; k++) {
    tail += binomial(m, k, 0.5)
    if (2 * tail > 0.05) return k - 1
  }
  return m
}

/** Power among exactly m discordant pairs. */
const powerAt = (m: number, upShare: number): number => {
  const critical = criticalCount(m)
  let power = 0
  for (let k = 0; k <= critical; k++) {
    power += binomial(m, k, upShare) + binomial(m, k, 1 - upShare)
  }
  return power
}

/**
 * Pairs for which the exact test has the power, with `up` and `down` the shares of pairs that are
 * discordant either way. Undefined: more than `pairsMax`, or no difference to find.
 */
export const exactPairs = (up: number, down: number): number | undefined => {
  const discordance = up + down
  if (!(up > 0 && down > 0 && discordance < 1)) {
    throw new RangeError(`exactPairs: ${up} and ${down}`)
  }
  if (up === down) return undefined
  const near = approximatePairs(discordance, Math.abs(up - down))
  if (near * 1.4 + 60 > pairsMax) return undefined
  const known: number[] = []
  const powerOf = (n: number): number => {
    const centre = n * discordance
    const reach = 8 * Math.sqrt(centre * (1 - discordance)) + 8
    let power = 0
    const last = Math.min(n, Math.ceil(centre + reach))
    for (let m = Math.max(0, Math.floor(centre - reach)); m <= last; m++) {
      known[m] ??= powerAt(m, up / discordance)
      power += binomial(n, m, discordance) * (known[m] ?? 0)
    }
    return power
  }
  // Downwards from where the power surely stands: the first n that lacks it ends the search.
  let n = Math.ceil(near * 1.4 + 60)
  if (powerOf(n) < targetPower) return undefined
  while (n > 1 && powerOf(n - 1) >= targetPower) n--
  return n
}
