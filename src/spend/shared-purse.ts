/**
 * A budget of the fleet as one replica knows it between two looks at the store: what is left, and how many
 * replicas spend from it, so that each can plan its part. The limit itself is kept by each reservation.
 */
import { nowAndThen } from '../clock.ts'
import type { Store } from '../state/store.ts'
import { createFleetBudget, type FleetBudget, type FleetBudgetOptions } from './fleet-budget.ts'
import type { BudgetLeft } from './limits.ts'

export interface SharedPurse extends Pick<FleetBudget, 'reserve'> {
  /** As last seen; undefined: not known, as nothing is while the store is away. */
  left(): readonly BudgetLeft[] | undefined
  /** Replicas that spend from it, this one among them. */
  sharers(): number
  /** To be called again and again; looks at the store now and then, one look at a time. */
  step(): Promise<void>
}

export interface SharedPurseOptions
  extends Omit<FleetBudgetOptions<never>, 'store' | 'spentKey' | 'stop'> {
  store: Pick<Store, 'transact' | 'read' | 'writePart' | 'readParts'>
  /** Group of its keys. */
  name: string
  /** Tells this replica from the others. */
  holder: string
}

const lookMs = 10_000
/** Who has spoken in a period shares in it and in the next. */
const periodMs = 300_000

export function createSharedPurse(options: SharedPurseOptions): SharedPurse {
  const { store, name, holder, clock, onError } = options
  const budget = createFleetBudget({
    ...options,
    spentKey: (window) => `${name}:spent:${window}`,
  })
  const sharersKey = (period: number): string => `${name}:sharers:${period}`
  let left: readonly BudgetLeft[] | undefined
  let sharers = 1

  const countIn = async (period: number): Promise<number> => {
    const parts = await store.readParts(sharersKey(period))
    if (parts.ok) return parts.value.size
    onError(parts.error)
    return 0
  }
  const look = async (): Promise<void> => {
    left = await budget.left()
    if (left === undefined) return
    const period = Math.floor(clock.now() / periodMs)
    const told = await store.writePart(sharersKey(period), holder, '1', 3 * periodMs)
    if (!told.ok) onError(told.error)
    sharers = Math.max(1, await countIn(period - 1), await countIn(period))
  }
  return {
    reserve: (calls, worst) => budget.reserve(calls, worst),
    left: () => left,
    sharers: () => sharers,
    step: nowAndThen(lookMs, clock, look),
  }
}
