/**
 * What calls to a paid API may cost in a clock hour and in a day (UTC): calls always, tokens and money
 * where limits are set.
 */

export const budgetUnits = ['calls', 'tokens', 'usd'] as const
export type BudgetUnit = (typeof budgetUnits)[number]
export const budgetWindows = ['hour', 'day'] as const
export type BudgetWindow = (typeof budgetWindows)[number]

const hourMs = 3_600_000
export const budgetWindowMs: Readonly<Record<BudgetWindow, number>> = {
  hour: hourMs,
  day: 24 * hourMs,
}

export type Limits = { calls: number; tokens?: number; usd?: number }

export interface Prices {
  usdPerMillionInputTokens: number
  usdPerMillionOutputTokens: number
}

export interface Tokens {
  inputTokens: number
  outputTokens: number
}

/** Of so many calls, each at `one`. */
export const tokensFor = ({ inputTokens, outputTokens }: Tokens, calls: number): Tokens => ({
  inputTokens: calls * inputTokens,
  outputTokens: calls * outputTokens,
})

/**
 * Of a request that was sent so many times: the answer of the last one says what that one used, and
 * nothing says what those before it did.
 * @param one the worst of one call
 * @param last undefined: not even that is known
 */
export const tokensUsed = (one: Tokens, calls: number, last: Tokens | undefined): Tokens => {
  if (last === undefined) return tokensFor(one, calls)
  const { inputTokens, outputTokens } = tokensFor(one, Math.max(0, calls - 1))
  return {
    inputTokens: last.inputTokens + inputTokens,
    outputTokens: last.outputTokens + outputTokens,
  }
}

export type Amounts = Record<BudgetUnit, number>

/** What has been charged in a window, and which window it is: its number since 1970. */
export type Spent = { index: number } & Amounts

export interface BudgetLeft {
  window: BudgetWindow
  unit: BudgetUnit
  left: number
  limit: number
}

export interface BudgetTerms {
  limits: Readonly<Record<BudgetWindow, Limits>>
  /** Undefined: unknown, and then only calls and tokens can be limited. */
  prices: Prices | undefined
}

/** A money limit without prices can never be kept: a fault of the configuration. */
export const budgetFault = ({ limits, prices }: BudgetTerms): string | undefined =>
  prices === undefined && budgetWindows.some((window) => limits[window].usd !== undefined)
    ? 'a limit in money needs the prices of the model'
    : undefined

export const amountsOf = (
  calls: number,
  { inputTokens, outputTokens }: Tokens,
  prices: Prices | undefined,
): Amounts => ({
  calls,
  tokens: inputTokens + outputTokens,
  usd:
    prices === undefined
      ? 0
      : (inputTokens * prices.usdPerMillionInputTokens +
          outputTokens * prices.usdPerMillionOutputTokens) /
        1e6,
})

export const noSpend: Readonly<Amounts> = { calls: 0, tokens: 0, usd: 0 }

export const plus = (a: Amounts, b: Amounts, less: Amounts = noSpend): Amounts => ({
  calls: a.calls + b.calls - less.calls,
  tokens: a.tokens + b.tokens - less.tokens,
  usd: a.usd + b.usd - less.usd,
})

/** What is left of each limit that is set. */
export const leftOf = (
  { limits }: Pick<BudgetTerms, 'limits'>,
  spentIn: (window: BudgetWindow) => Amounts,
): BudgetLeft[] =>
  budgetWindows.flatMap((window) => {
    const spent = spentIn(window)
    return budgetUnits.flatMap((unit) => {
      const limit = limits[window][unit]
      if (limit === undefined) return []
      return [{ window, unit, left: Math.max(0, limit - spent[unit]), limit }]
    })
  })

export const fitsInto = (limits: Readonly<Partial<Amounts>>, sum: Amounts): boolean =>
  budgetUnits.every((unit) => sum[unit] <= (limits[unit] ?? Number.POSITIVE_INFINITY))
