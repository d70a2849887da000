/**
 * Rates of rare strata, pulled towards their common mean by as much as the strata are alike:
 * beta-binomial empirical Bayes, the intra-class correlation by moments (Kleinman 1973, with the
 * analysis-of-variance weights).
 *
 * Assumes exchangeable strata. For display only: a shrunk rate is biased on purpose and is never
 * tested, paged on or given limits.
 */
export interface Shrinkage {
  /** Rate over all strata. */
  mu: number
  /** Intra-class correlation: 0 all alike, 1 nothing in common. */
  rho: number
  /** Trials that the common mean is worth. */
  kappa: number
  shrunk: number[]
}

const rhoMin = 1e-6
const rhoMax = 0.999

/** Undefined below two strata with trials: there is nothing to compare. */
export const shrinkRates = (
  strata: readonly { successes: number; trials: number }[],
): Shrinkage | undefined => {
  let total = 0
  let successes = 0
  let squares = 0
  let k = 0
  for (const stratum of strata) {
    if (!(stratum.successes >= 0 && stratum.successes <= stratum.trials)) {
      throw new RangeError(`shrinkRates: ${stratum.successes} of ${stratum.trials}`)
    }
    if (stratum.trials > 0) k++
    total += stratum.trials
    successes += stratum.successes
    squares += stratum.trials ** 2
  }
  if (k < 2) return undefined
  const mu = successes / total
  const binomial = mu * (1 - mu)
  let between = 0
  for (const stratum of strata) {
    if (stratum.trials === 0) continue
    between += stratum.trials * (stratum.successes / stratum.trials - mu) ** 2
  }
  const scale = binomial * (total - squares / total - (k - 1))
  // Equal strata of rate 0 or 1, or one trial each: nothing says that they differ.
  const raw = scale > 0 ? (between - binomial * (k - 1)) / scale : 0
  const rho = Math.min(rhoMax, Math.max(rhoMin, raw))
  const kappa = (1 - rho) / rho
  return {
    mu,
    rho,
    kappa,
    shrunk: strata.map((stratum) => (stratum.successes + kappa * mu) / (stratum.trials + kappa)),
  }
}
