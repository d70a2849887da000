/**
 * What one stress test may spend on all its endpoints together, in calls, tokens and money. A call is
 * reserved at its worst before it is made and settled at what was used; what is not known stays
 * charged in full. So spending stays under the limit, or no call is made.
 */
export const spendUnits = ['calls', 'tokens', 'usd'] as const
export type SpendUnit = (typeof spendUnits)[number]
export type Spend = Record<SpendUnit, number>
export type SpendLimits = Partial<Spend>

export interface Tokens {
  inputTokens: number
  outputTokens: number
}

/** US dollars per million tokens. */
export interface Prices {
  input: number
  output: number
}

export interface Charge {
  /** @param usage undefined: not known, the worst stays charged. Returns what was charged. */
  settle(calls: number, usage: Tokens | undefined): Spend
}

export interface Purse {
  /** Undefined: it would not fit into what is left. */
  reserve(calls: number, worst: Tokens, prices: Prices | undefined): Charge | undefined
  spent(): Spend
}

/** @param before what an earlier part of the same test has spent */
export function createPurse(limits: SpendLimits, before: Spend): Purse {
  const spent = { ...before }
  return {
    spent: () => ({ ...spent }),
    reserve(calls, worst, prices) {
      const most = amounts(calls, worst, prices)
      const fits = spendUnits.every((unit) => {
        const limit = limits[unit]
        return limit === undefined || spent[unit] + most[unit] <= limit
      })
      if (!fits) return undefined
      for (const unit of spendUnits) spent[unit] += most[unit]
      return {
        settle(made, usage) {
          const used = made === 0 ? amounts(0, none, prices) : amounts(made, usage ?? worst, prices)
          for (const unit of spendUnits) spent[unit] += used[unit] - most[unit]
          return used
        },
      }
    },
  }
}

export const noSpend: Readonly<Spend> = { calls: 0, tokens: 0, usd: 0 }
const none: Tokens = { inputTokens: 0, outputTokens: 0 }

const amounts = (calls: number, tokens: Tokens, prices: Prices | undefined): Spend => ({
  calls,
  tokens: tokens.inputTokens + tokens.outputTokens,
  usd:
    prices === undefined
      ? 0
      : (tokens.inputTokens * prices.input + tokens.outputTokens * prices.output) / 1e6,
})
