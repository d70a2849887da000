/**
 * How many calls a budget allows in the next while, so that it lasts to the end of its windows. A
 * plan, not a limit: the limit is the budget itself.
 */
import type { BudgetState } from '../../spend/budget.ts'
import { type BudgetLeft, type BudgetWindow, budgetWindowMs } from '../../spend/limits.ts'

/** Chance draws more in one while than in another; what is planned stays below what is left. */
const planned = 0.9
/** A day's budget may be spent at twice its even pace, as traffic has its own hours. */
const paceMax: Readonly<Record<BudgetWindow, number>> = { hour: 1, day: 2 }
/** While no call of the day has told what a call costs. */
const trialCalls = 10

/**
 * @param budgetLeft of this process, or of all that spend together
 * @param day what this process has charged today: what a call costs
 * @param now epoch milliseconds
 * @param periodMs the length of the while
 */
export function callsAffordable(
  budgetLeft: readonly BudgetLeft[],
  day: BudgetState['day'],
  now: number,
  periodMs: number,
): number {
  let calls = Number.POSITIVE_INFINITY
  for (const { window, unit, left, limit } of budgetLeft) {
    const lengthMs = budgetWindowMs[window]
    const leftMs = lengthMs - (now % lengthMs)
    const pace = Math.min(left / leftMs, (paceMax[window] * limit) / lengthMs)
    const perCall = unit === 'calls' ? 1 : day[unit] / day.calls
    const affordable =
      day.calls === 0 && unit !== 'calls' ? trialCalls : (pace * periodMs) / perCall
    // Calls that cost nothing are not what this limit is about.
    if (!Number.isNaN(affordable)) calls = Math.min(calls, affordable)
  }
  return Number.isFinite(calls) ? planned * calls : 0
}
