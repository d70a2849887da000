/** What the fleet may spend on one kind of probe: nothing more once the stop switch is set. */
import {
  createFleetBudget,
  type FleetBudget,
  type FleetBudgetOptions,
} from '../../spend/fleet-budget.ts'
import { type Purse, probeKeys } from './keys.ts'
import { type Stop, stopIn } from './stop-switch.ts'

export type PurseBudget = FleetBudget<Stop>

export type PurseBudgetOptions = Omit<FleetBudgetOptions<Stop>, 'spentKey' | 'stop'>

export const createPurseBudget = (purse: Purse, options: PurseBudgetOptions): PurseBudget =>
  createFleetBudget<Stop>({
    ...options,
    spentKey: (window) => probeKeys.spent(purse, window),
    stop: { key: probeKeys.stop, stopIn },
  })
