/**
 * From tolerated false pages to the threshold of every detector, and back to the bound in force.
 *
 * Assumes nothing of the detectors' dependence: expected false episodes add up. No further
 * correction for many tests is needed, or allowed to be taken for one.
 */

export const ticksPer30Days = { hour: 720, night: 30 } as const

export interface AlertBudget {
  /** K: how many detectors run. */
  detectors: number
  /** T: ticks in 30 days. */
  ticks: number
  /** B: false pages tolerated in 30 days. */
  falsePages: number
}

export const defaultDetectors = 100
export const defaultFalsePages = 0.2

const check = ({ detectors, ticks, falsePages }: AlertBudget): void => {
  if (!(detectors >= 1 && ticks >= 1 && falsePages > 0)) {
    throw new RangeError(
      `alert budget: ${detectors} detectors, ${ticks} ticks, ${falsePages} pages`,
    )
  }
}

/** A = K T / B. */
export const thresholdFor = (budget: AlertBudget): number => {
  check(budget)
  return (budget.detectors * budget.ticks) / budget.falsePages
}

/** Error level of each learned null: a tenth of the budget, spread over the detectors. */
export const learnedNullAlpha = (budget: AlertBudget): number => {
  check(budget)
  return budget.falsePages / (10 * budget.detectors)
}

/**
 * Bound on the expected false episodes of 30 days: K T / A by construction, and K alpha for each
 * pinned baseline that detectors learned their null from.
 */
export const falseAlarmBound = (
  budget: AlertBudget,
  threshold: number,
  pinnedBaselines: number,
): number =>
  (budget.detectors * budget.ticks) / threshold +
  pinnedBaselines * budget.detectors * learnedNullAlpha(budget)
