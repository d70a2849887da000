/**
 * Exact one-sided limits of a rate (Clopper and Pearson 1934): the rate at which a count as extreme
 * as the one seen would have probability alpha.
 *
 * Assumes independent trials of one rate. Sums the binomial tail itself, so no special function and
 * no approximation is in it.
 */

/** ln C(n, k) by sums of logarithms; O(min(k, n - k)). */
const logChoose = (n: number, k: number): number => {
  const fewer = Math.min(k, n - k)
  let log = 0
  for (let i = 1; i <= fewer; i++) log += Math.log((n - fewer + i) / i)
  return log
}

/** P(X <= k) for n trials, from the largest term outwards. */
const lowerTail = (n: number, k: number, logAll: number, p: number): number => {
  let term = Math.exp(logAll + k * Math.log(p) + (n - k) * Math.log1p(-p))
  let sum = 0
  const odds = (1 - p) / p
  for (let i = k; i >= 0; i--) {
    sum += term
    term *= (i / (n - i + 1)) * odds
    if (term < sum * Number.EPSILON) break
  }
  return Math.min(1, sum)
}

/** The rate p at which P(X <= successes) = alpha: with confidence 1 - alpha the rate is not above. */
export const upperRateLimit = (successes: number, trials: number, alpha: number): number => {
  const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(trials)
  if (!(whole && successes >= 0 && successes <= trials && trials > 0)) {
    throw new RangeError(`upperRateLimit: ${successes} of ${trials}`)
  }
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`upperRateLimit: alpha ${alpha}`)
  if (successes === trials) return 1
  const logAll = logChoose(trials, successes)
  let low = successes / trials
  let high = 1
  for (let step = 0; step < 60 && high - low > 1e-15; step++) {
    const middle = (low + high) / 2
    // Above the observed rate the terms fall from k downwards, so the tail's largest is at k.
    if (lowerTail(trials, successes, logAll, middle) > alpha) low = middle
    else high = middle
  }
  return high
}

/** With confidence 1 - alpha the rate is not below. */
export const lowerRateLimit = (successes: number, trials: number, alpha: number): number =>
  1 - upperRateLimit(trials - successes, trials, alpha)
