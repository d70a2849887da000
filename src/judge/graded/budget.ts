/**
 * What a paid judge may spend in a clock hour and in a day (UTC): calls always, tokens and money where
 * limits are set. A call is reserved at its worst case before it is made and settled at what was used;
 * what is not known stays charged in full. So spending stays under the limit, or no call is made.
 */
import type { Usage } from './wire.ts'

export const budgetUnits = ['calls', 'tokens', 'usd'] as const
export type BudgetUnit = (typeof budgetUnits)[number]
export const budgetWindows = ['hour', 'day'] as const
export type BudgetWindow = (typeof budgetWindows)[number]

export type Limits = { calls: number; tokens?: number; usd?: number }

export interface Prices {
  usdPerMillionInputTokens: number
  usdPerMillionOutputTokens: number
}

/** Plain data: kept over a restart, it keeps the limits from starting anew. */
export type BudgetState = Record<BudgetWindow, { index: number } & Record<BudgetUnit, number>>

export interface BudgetOptions {
  limits: Record<BudgetWindow, Limits>
  /** Undefined: unknown, and then only calls and tokens can be limited. */
  prices: Prices | undefined
  /** Epoch milliseconds. */
  now: () => number
  state?: BudgetState
}

export interface Reservation {
  /** @param usage undefined: unknown, the worst case stays charged */
  settle(calls: number, usage: Usage | undefined): void
}

export interface Budget {
  /** Undefined: the call would not fit into what is left. */
  reserve(calls: number, worst: Usage): Reservation | undefined
  /** What is left, for each limit that is set. */
  left(): { window: BudgetWindow; unit: BudgetUnit; left: number; limit: number }[]
  /** What has been charged in the current windows. */
  state(): BudgetState
}

const windowMs: Readonly<Record<BudgetWindow, number>> = { hour: 3_600_000, day: 86_400_000 }

type Amounts = Record<BudgetUnit, number>

/** A money limit without prices can never be kept: a fault of the configuration. */
export const budgetFault = (
  options: Pick<BudgetOptions, 'limits' | 'prices'>,
): string | undefined =>
  options.prices === undefined &&
  budgetWindows.some((window) => options.limits[window].usd !== undefined)
    ? 'a limit in money needs the prices of the model'
    : undefined

export function createBudget(options: BudgetOptions): Budget {
  const fault = budgetFault(options)
  if (fault !== undefined) throw new Error(fault)
  const { limits, prices, now } = options
  const fresh = (index: number): { index: number } & Amounts => ({
    index,
    calls: 0,
    tokens: 0,
    usd: 0,
  })
  const spent: BudgetState = {
    hour: { ...fresh(0), ...options.state?.hour },
    day: { ...fresh(0), ...options.state?.day },
  }
  const amounts = (calls: number, { inputTokens, outputTokens }: Usage): Amounts => ({
    calls,
    tokens: inputTokens + outputTokens,
    usd:
      prices === undefined
        ? 0
        : (inputTokens * prices.usdPerMillionInputTokens +
            outputTokens * prices.usdPerMillionOutputTokens) /
          1e6,
  })
  /** A clock that goes back opens no window again: the latest one stays. */
  const roll = (): void => {
    for (const window of budgetWindows) {
      const index = Math.floor(now() / windowMs[window])
      if (index > spent[window].index) spent[window] = fresh(index)
    }
  }
  const fits = (window: BudgetWindow, more: Amounts): boolean =>
    budgetUnits.every((unit) => {
      const limit = limits[window][unit]
      return limit === undefined || spent[window][unit] + more[unit] <= limit
    })

  return {
    reserve(calls, worst) {
      roll()
      const reserved = amounts(calls, worst)
      if (!budgetWindows.every((window) => fits(window, reserved))) return undefined
      // Kept by reference: a call that ends in the next hour is settled in the one it began in.
      const charged = budgetWindows.map((window) => spent[window])
      for (const sum of charged) for (const unit of budgetUnits) sum[unit] += reserved[unit]
      return {
        settle(callsMade, usage) {
          const used = amounts(callsMade, usage ?? worst)
          for (const sum of charged) {
            for (const unit of budgetUnits) sum[unit] += used[unit] - reserved[unit]
          }
        },
      }
    },
    left() {
      roll()
      return budgetWindows.flatMap((window) =>
        budgetUnits.flatMap((unit) => {
          const limit = limits[window][unit]
          if (limit === undefined) return []
          return [{ window, unit, left: Math.max(0, limit - spent[window][unit]), limit }]
        }),
      )
    },
    state: () => ({ hour: { ...spent.hour }, day: { ...spent.day } }),
  }
}
