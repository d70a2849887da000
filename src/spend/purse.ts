/**
 * What one undertaking, such as a stress test, may spend on all its endpoints together. A call is
 * reserved at its worst before it is made and settled at what was used; what is not known stays charged
 * in full. So spending stays under the limit, or no call is made.
 */
import {
  type Amounts,
  amountsOf,
  fitsInto,
  noSpend,
  type Prices,
  plus,
  type Tokens,
} from './limits.ts'

export type PurseLimits = Partial<Amounts>

export interface PurseCharge {
  /** @param usage undefined: not known, the worst stays charged. Returns what was charged. */
  settle(calls: number, usage: Tokens | undefined): Amounts
}

export interface Purse {
  /** Undefined: it would not fit into what is left. */
  reserve(calls: number, worst: Tokens, prices: Prices | undefined): PurseCharge | undefined
  spent(): Amounts
}

/** @param before what an earlier part of the same undertaking has spent */
export function createPurse(limits: PurseLimits, before: Amounts): Purse {
  let spent = { ...before }
  return {
    spent: () => ({ ...spent }),
    reserve(calls, worst, prices) {
      const most = amountsOf(calls, worst, prices)
      const sum = plus(spent, most)
      if (!fitsInto(limits, sum)) return undefined
      spent = sum
      return {
        settle(made, usage) {
          const used = made === 0 ? noSpend : amountsOf(made, usage ?? worst, prices)
          spent = plus(spent, used, most)
          return used
        },
      }
    },
  }
}
