/**
 * The built program in a control group of its own: it finds the limit, gives its samples up and none of its
 * traffic. How far it gets in 256 MB under bodies of 50,000 tokens: `npm run faults -- --only F28`.
 */
import t from 'tap'
import type { Scenario } from '../faults/fault.ts'
import { missingNeed } from '../faults/needs.ts'
import { memoryGroup } from '../faults/support/control-groups.ts'
import { pause } from '../faults/support/load.ts'
import { runScenario } from '../faults/support/run-scenario.ts'
import { scaleOf } from '../faults/support/sets.ts'

const limit = 512 << 20

/** Shares that a process which has only just begun is above already: every step is certain. */
const pressed: Scenario = {
  variant: 'above both shares from the start',
  async settings(scene) {
    const group = memoryGroup(limit)
    scene.onEnd(() => group.remove())
    scene.wrap([group.joinLine])
    return { HOLDFAST_OVERLOAD_LIMIT_SHARE: '0.1', HOLDFAST_OVERLOAD_STOP_SHARE: '0.11' }
  },
  async run(scene) {
    const read = await scene.metric('holdfast_memory_limit_bytes')
    scene.expect(read === limit, `the limit reads as ${read}`)
    const used = await scene.metric('holdfast_memory_used_bytes')
    scene.expect(used > limit * 0.11 && used < limit, `${used} bytes in use`)
    const level = await scene.metric('holdfast_shed_level', { cause: 'memory' })
    scene.expect(level === 2, `level ${level}`)
    scene.injected(level, 'stages of shedding that were reached')
    const judged = await scene.metric('holdfast_judged_total')
    await pause(1000)
    const shed = await scene.metric('holdfast_dropped_total', { stage: 'capture', reason: 'shed' })
    scene.expect(shed > 0, 'nothing is counted as shed')
    const more = (await scene.metric('holdfast_judged_total')) - judged
    scene.expect(more === 0, `${more} were judged all the same`)
    scene.expect((await scene.metric('holdfast_captured_bytes')) === 0, 'a capture is still held')
    scene.note(`${shed} shed`)
  },
}

const missing = missingNeed(['cgroups'])

t.test(
  'in a control group samples give way and traffic does not',
  { timeout: 120_000, skip: missing ?? false },
  async (t) => {
    const run = await runScenario({ id: 'F28' }, pressed, 1, { ...scaleOf.commit, clients: 6 })
    t.strictSame(run.violations, [])
    t.ok(run.requests > 10, `${run.requests} requests`)
    for (const note of run.notes) t.comment(note)
  },
)
