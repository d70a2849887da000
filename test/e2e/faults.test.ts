/**
 * The runs of the fault suite that belong to every commit, with a small load: what is broken, and that the
 * eight promises held meanwhile. All of them: `npm run faults`.
 */
import t from 'tap'
import { runScenario } from '../faults/support/run-scenario.ts'
import { planOf, scaleOf } from '../faults/support/sets.ts'

const { runs, skipped } = planOf({ set: 'commit', seeds: [1, 1], only: [] })

for (const { fault, scenario, seed } of runs) {
  t.test(`${fault.id} ${fault.name}: ${scenario.variant}`, { timeout: 150_000 }, async (t) => {
    const run = await runScenario(fault, scenario, seed, scaleOf.commit)
    t.strictSame(run.violations, [])
    t.ok(run.requests > 20, `${run.requests} requests beside it`)
    for (const note of run.notes) t.comment(note)
  })
}

for (const { fault, variant, reason } of skipped) {
  // What can be installed has to be there; what only root may do need not.
  const skip = process.env['CI'] === 'true' && reason.includes('apt-get') ? false : reason
  t.test(`${fault} ${variant}`, { skip }, async (t) => t.fail(reason))
}

t.test('each fault of the smoke set is among them', async (t) => {
  const ids = new Set([...runs.map(({ fault }) => fault.id), ...skipped.map(({ fault }) => fault)])
  const expected = 'F01 F02 F03 F05 F07 F13 F17 F19 F23 F25 F26 F32'.split(' ')
  t.strictSame([...ids].sort(), expected)
})
