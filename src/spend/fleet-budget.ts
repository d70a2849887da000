/**
 * What a whole fleet may spend. A call is reserved in the shared store at its worst case before it is
 * made, and settled at what it used; what is not known stays charged in full. Without the store nothing is
 * reserved, and so nothing is spent.
 *
 * The number of the window stands inside of its value: a replica whose clock is behind charges the
 * window that the others are in, and no window is opened twice.
 */
import type { Clock } from '../clock.ts'
import { fieldsOf, isCount, parseJson } from '../drift/stored-values.ts'
import type { Seen, Store, StoreError } from '../state/store.ts'
import {
  type Amounts,
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

/** A key beside which nothing is spent once it says so; in the group of the other keys. */
export interface StopKey<Stop> {
  key: string
  stopIn(seen: Pick<Seen, 'values'>): Stop | undefined
}

export interface FleetBudgetOptions<Stop> extends BudgetTerms {
  store: Pick<Store, 'transact' | 'read'>
  /** Of one group. */
  spentKey(window: BudgetWindow): string
  stop?: StopKey<Stop>
  clock: Clock
  onError: (error: StoreError) => void
}

export interface Charge {
  /** @param usage undefined: unknown, the worst case stays charged */
  settle(calls: number, usage: Tokens | undefined): Promise<void>
}

export type Reserved<Stop = never> =
  | { ok: true; charge: Charge }
  | { ok: false; why: 'exhausted' | 'store_away' }
  | { ok: false; why: 'stopped'; stop: Stop }

export interface FleetBudget<Stop = never> {
  reserve(calls: number, worst: Tokens): Promise<Reserved<Stop>>
  /** Undefined: the store did not answer. */
  left(): Promise<BudgetLeft[] | undefined>
}

const version = 1
/** A conflict is no answer: nothing was written, and somebody else was served meanwhile. */
const conflictsMax = 8

const amountOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined

const readSpent = (text: string | undefined): Spent | undefined => {
  const fields = text === undefined ? undefined : fieldsOf(parseJson(text))
  const index = fields?.get('index')
  const calls = amountOf(fields?.get('calls'))
  const tokens = amountOf(fields?.get('tokens'))
  const usd = amountOf(fields?.get('usd'))
  if (fields?.get('version') !== version || !isCount(index)) return undefined
  if (calls === undefined || tokens === undefined || usd === undefined) return undefined
  return { index, calls, tokens, usd }
}

const spentText = (spent: Spent): string => JSON.stringify({ version, ...spent })

/** Rounding must not leave a little less than nothing, which would not be read again. */
const corrected = (charged: Amounts, reserved: Amounts, used: Amounts): Amounts => {
  const { calls, tokens, usd } = plus(charged, used, reserved)
  return { calls: Math.max(0, calls), tokens: Math.max(0, tokens), usd: Math.max(0, usd) }
}

export function createFleetBudget<Stop = never>(
  options: FleetBudgetOptions<Stop>,
): FleetBudget<Stop> {
  const fault = budgetFault(options)
  if (fault !== undefined) throw new Error(fault)
  const { store, stop: stopKey, limits, prices, clock, onError } = options
  const keyOf = (window: BudgetWindow): string => options.spentKey(window)
  const keys = budgetWindows.map(keyOf)
  const watch = { values: stopKey === undefined ? keys : [...keys, stopKey.key], parts: [] }

  const spentIn = ({ values }: Pick<Seen, 'values'>, window: BudgetWindow): Spent => {
    const index = Math.floor(clock.now() / budgetWindowMs[window])
    const read = readSpent(values.get(keyOf(window)))
    return read !== undefined && read.index >= index ? read : { index, calls: 0, tokens: 0, usd: 0 }
  }
  const setSpent = (window: BudgetWindow, spent: Spent) => ({
    key: keyOf(window),
    value: spentText(spent),
    ttlMs: 2 * budgetWindowMs[window],
  })
  const transact = async <T>(
    decide: Parameters<typeof store.transact<T>>[1],
  ): ReturnType<typeof store.transact<T>> => {
    for (let attempt = 1; ; attempt++) {
      const result = await store.transact(watch, decide)
      if (result.ok || result.error !== 'conflict' || attempt >= conflictsMax) return result
    }
  }

  type Decided = { stop: Stop | undefined; windows: ReadonlyMap<BudgetWindow, number> | undefined }
  return {
    async reserve(calls, worst) {
      const reserved = amountsOf(calls, worst, prices)
      const result = await transact<Decided>((seen) => {
        const stop = stopKey?.stopIn(seen)
        if (stop !== undefined) return { result: { stop, windows: undefined } }
        const next = budgetWindows.map((window) => {
          const spent = spentIn(seen, window)
          return { window, spent: { index: spent.index, ...plus(spent, reserved) } }
        })
        if (!next.every(({ window, spent }) => fitsInto(limits[window], spent))) {
          return { result: { stop, windows: undefined } }
        }
        return {
          result: {
            stop,
            windows: new Map(next.map(({ window, spent }) => [window, spent.index])),
          },
          writes: { set: next.map(({ window, spent }) => setSpent(window, spent)) },
        }
      })
      if (!result.ok) {
        onError(result.error)
        return { ok: false, why: 'store_away' }
      }
      const { stop, windows } = result.value
      if (stop !== undefined) return { ok: false, why: 'stopped', stop }
      if (windows === undefined) return { ok: false, why: 'exhausted' }
      const settle: Charge['settle'] = async (made, usage) => {
        const used = amountsOf(made, usage ?? worst, prices)
        const settled = await transact<undefined>((seen) => ({
          result: undefined,
          writes: {
            // A call that ends in another window leaves the one it began in as it was charged.
            set: budgetWindows.flatMap((window) => {
              const spent = readSpent(seen.values.get(keyOf(window)))
              if (spent === undefined || spent.index !== windows.get(window)) return []
              return [setSpent(window, { index: spent.index, ...corrected(spent, reserved, used) })]
            }),
          },
        }))
        if (!settled.ok) onError(settled.error)
      }
      return { ok: true, charge: { settle } }
    },
    async left() {
      const read = await store.read(keys)
      if (!read.ok) {
        onError(read.error)
        return undefined
      }
      return leftOf(options, (window) => spentIn({ values: read.value }, window))
    },
  }
}
