/** The shipped suites, and what conditions are made of, for tests. */
import type { Materials } from '../../src/probe/conditions/condition.ts'
import { type Condition, readCondition } from '../../src/probe/conditions/conditions.ts'
import { loadSuites } from '../../src/probe/load-suite.ts'
import { loadMaterials } from '../../src/probe/materials.ts'
import type { Probe } from '../../src/probe/probe.ts'
import { refusalRequests } from '../../src/probe/refusal-requests.ts'
import type { Suite } from '../../src/probe/suite.ts'
import { suiteFaultText } from '../../src/probe/suite-fault.ts'
import { type FindKnownRequest, knownRequests } from '../../src/simulator/known-requests.ts'

const loaded = loadSuites(['suites'])
if (!loaded.ok) throw new Error(loaded.faults.map(suiteFaultText).join('\n'))

export const shippedSuites: readonly Suite[] = loaded.suites

export const suiteOf = (category: Suite['category']): Suite => {
  const suite = shippedSuites.find((one) => one.category === category)
  if (suite === undefined) throw new Error(`no suite of ${category}`)
  return suite
}

export const probeOf = (id: string): Probe => {
  const probe = shippedSuites.flatMap(({ probes }) => probes).find((one) => one.id === id)
  if (probe === undefined) throw new Error(`no probe ${id}`)
  return probe
}

export const materialsWith = (seed: number): Materials => {
  const read = loadMaterials(['suites'], shippedSuites, seed)
  if (!read.ok) throw new Error(read.faults.map(suiteFaultText).join('\n'))
  return read.materials
}

export const conditionOf = (text: string, materials = materialsWith(7)): Condition => {
  const read = readCondition(text, materials)
  if (!read.ok) throw new Error(read.reason)
  return read.condition
}

/** By which the simulated model recognises the refusal core. */
export const knownCore = (): FindKnownRequest =>
  knownRequests(refusalRequests([suiteOf('refusal-core')]))
