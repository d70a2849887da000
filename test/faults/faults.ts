/** The fault list: every number of it stands here once, with what is injected, promised and watched. */
import { clientFaults } from './entries/clients.ts'
import { configurationFaults } from './entries/configuration.ts'
import { connectionFaults } from './entries/connections.ts'
import { evidenceFaults } from './entries/evidence.ts'
import { judgeFaults } from './entries/judges.ts'
import { networkFaults } from './entries/network.ts'
import { processFaults } from './entries/processes.ts'
import { resourceFaults } from './entries/resources.ts'
import { soakFaults } from './entries/soak.ts'
import { stateFaults } from './entries/state.ts'
import { upstreamFaults } from './entries/upstream.ts'
import type { Fault } from './fault.ts'

export const faults: readonly Fault[] = [
  ...upstreamFaults,
  ...connectionFaults,
  ...clientFaults,
  ...stateFaults,
  ...evidenceFaults,
  ...judgeFaults,
  ...resourceFaults,
  ...processFaults,
  ...configurationFaults,
  ...networkFaults,
  ...soakFaults,
].sort((a, b) => a.id.localeCompare(b.id))
