/** Runs the table of cases against one proxy; shared by the full test and by the matrix of Node versions. */
import type { Test } from 'tap'
import { allowedDifferences } from './allowed-differences.ts'
import { type Difference, findDifferences, type Probe } from './differential.ts'
import type { HoldfastProcess } from './holdfast-process.ts'
import type { RawOrigin } from './raw-origin.ts'
import { type DifferenceCase, requestCases } from './request-cases.ts'
import { responseCases } from './response-cases.ts'

export const differenceCases: readonly DifferenceCase[] = [...requestCases, ...responseCases]

const idsOf = (difference: Difference, probe: Probe): string[] =>
  Object.entries(allowedDifferences).flatMap(([id, rule]) => (rule(difference, probe) ? [id] : []))

/** @returns the ids that showed, filled as the subtests run */
export async function testDifferences(
  t: Test,
  setup: { origin: RawOrigin; holdfast: HoldfastProcess },
): Promise<Set<string>> {
  const exercised = new Set<string>()
  for (const probe of differenceCases) {
    await t.test(`${probe.name}: only allowed differences`, { timeout: 15_000 }, async (t) => {
      const differences = await findDifferences(setup.origin, setup.holdfast.port, probe)
      const shown = new Set<string>()
      for (const difference of differences) {
        const ids = idsOf(difference, probe)
        t.equal(ids.length, 1, `[${ids.join()}] ${JSON.stringify(difference).slice(0, 600)}`)
        for (const id of ids) shown.add(id)
      }
      for (const id of probe.shows ?? []) t.ok(shown.has(id), `shows ${id}`)
      for (const id of shown) exercised.add(id)
      t.pass(`${differences.length} differences`)
    })
  }
  return exercised
}
