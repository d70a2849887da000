/**
 * What one process may spend. A call is reserved at its worst case before it is made and settled at
 * what was used; what is not known stays charged in full. So spending stays under the limit, or no call
 * is made.
 */
import {
  amountsOf,
  type BudgetLeft,
  type BudgetTerms,
  type BudgetWindow,
  budgetFault,
  budgetWindowMs,
  budgetWindows,
  fitsInto,
  leftOf,
  plus,
  type Spent,
  type Tokens,
} from './limits.ts'

/** Plain data: kept over a restart, it keeps the limits from starting anew. */
export type BudgetState = Record<BudgetWindow, Spent>

export interface BudgetOptions extends BudgetTerms {
  /** Epoch milliseconds. */
  now: () => number
  state?: BudgetState
}

export interface Reservation {
  /** @param usage undefined: unknown, the worst case stays charged */
  settle(calls: number, usage: Tokens | undefined): void
}

export interface Budget {
  /** Undefined: the call would not fit into what is left. */
  reserve(calls: number, worst: Tokens): Reservation | undefined
  /** What is left, for each limit that is set. */
  left(): BudgetLeft[]
  /** What has been charged in the current windows. */
  state(): BudgetState
}

export function createBudget(options: BudgetOptions): Budget {
  const fault = budgetFault(options)
  if (fault !== undefined) throw new Error(fault)
  const { limits, prices, now } = options
  const fresh = (index: number): Spent => ({ index, calls: 0, tokens: 0, usd: 0 })
  const spent: BudgetState = {
    hour: { ...fresh(0), ...options.state?.hour },
    day: { ...fresh(0), ...options.state?.day },
  }
  /** A clock that goes back opens no window again: the latest one stays. */
  const roll = (): void => {
    for (const window of budgetWindows) {
      const index = Math.floor(now() / budgetWindowMs[window])
      if (index > spent[window].index) spent[window] = fresh(index)
    }
  }

  return {
    reserve(calls, worst) {
      roll()
      const reserved = amountsOf(calls, worst, prices)
      const fits = (window: BudgetWindow): boolean =>
        fitsInto(limits[window], plus(spent[window], reserved))
      if (!budgetWindows.every(fits)) return undefined
      // Kept by reference: a call that ends in the next hour is settled in the one it began in.
      const charged = budgetWindows.map((window) => spent[window])
      for (const sum of charged) Object.assign(sum, plus(sum, reserved))
      return {
        settle(callsMade, usage) {
          const used = amountsOf(callsMade, usage ?? worst, prices)
          for (const sum of charged) Object.assign(sum, plus(sum, used, reserved))
        },
      }
    },
    left() {
      roll()
      return leftOf(options, (window) => spent[window])
    },
    state: () => ({ hour: { ...spent.hour }, day: { ...spent.day } }),
  }
}
