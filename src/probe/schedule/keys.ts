/** What the fleet keeps of its probes in the shared store; one group, so that a transaction may span it. */
import type { BudgetWindow } from '../../spend/limits.ts'

/** Each kind of probe has money of its own. */
export const purses = ['canary', 'fork', 'shadow'] as const
export type Purse = (typeof purses)[number]

export const probeKeys = {
  lease: 'probe:lease',
  fence: 'probe:fence',
  state: 'probe:state',
  /** Due time of the last run that somebody began. */
  claim: 'probe:claim',
  stop: 'probe:stop',
  exposures: 'probe:exposures',
  /** Rows of the alignment profile, of the newest runs. */
  profile: 'probe:profile',
  spent: (purse: Purse, window: BudgetWindow) => `probe:spent:${purse}:${window}`,
} as const

const dayMs = 86_400_000
export const probeKeptMs = 400 * dayMs
