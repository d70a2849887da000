/**
 * Upper tail of the chi-square distribution for whole degrees of freedom, by its finite sums
 * (Abramowitz and Stegun 26.4.4 and 26.4.5) and, for odd degrees, the complementary error function
 * by series and continued fraction.
 *
 * A library would bring some 200 packages for this one function; the test holds it to sums with 120
 * digits and to values of scipy instead.
 */

const sqrtPi = 1.772453850905516

/** erfc(x) for x >= 0. */
const erfc = (x: number): number => {
  if (x < 2) {
    let term = x
    let sum = x
    for (let n = 1; Math.abs(term) > 1e-18 * sum; n++) {
      term *= (2 * x * x) / (2 * n + 1)
      sum += term
    }
    return 1 - (2 / sqrtPi) * Math.exp(-x * x) * sum
  }
  // Continued fraction from its far end; 60 levels are exact to a double from x = 2 on.
  let rest = x
  for (let n = 60; n > 0; n--) rest = x + n / 2 / rest
  return Math.exp(-x * x) / (sqrtPi * rest)
}

/** P(X >= statistic). */
export const chiSquareTail = (statistic: number, degrees: number): number => {
  if (!(statistic >= 0 && Number.isSafeInteger(degrees) && degrees >= 1)) {
    throw new RangeError(`chiSquareTail: ${statistic}, ${degrees} degrees`)
  }
  const half = statistic / 2
  const odd = degrees % 2 === 1
  let sum = odd ? erfc(Math.sqrt(half)) : Math.exp(-half)
  // Each step from a to a + 1 adds half^a e^-half / gamma(a + 1).
  let logTerm = odd ? 0.5 * Math.log(half) - half - Math.log(sqrtPi / 2) : Math.log(half) - half
  for (let a = odd ? 0.5 : 1; a < degrees / 2; a++) {
    sum += Math.exp(logTerm)
    logTerm += Math.log(half / (a + 1))
  }
  return Math.min(1, sum)
}
