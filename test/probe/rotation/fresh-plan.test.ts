import t from 'tap'
import { planFresh } from '../../../src/probe/rotation/fresh-plan.ts'
import { createRotation } from '../../../src/probe/rotation/rotation.ts'
import { probeSet } from '../schedule/fleet.ts'
import { dayMs, monday } from '../schedule/set-up.ts'

const { plan } = probeSet(40)
const spare = plan.deliveries
  .filter(({ condition }) => condition.key === plan.base.key)
  .map(({ probe }) => probe)
const options = {
  rotation: createRotation({
    secret: Buffer.alloc(32, 3),
    anchorShare: 0,
    epochs: 4,
    exposuresMax: 5,
  }),
  base: plan.base,
  languages: plan.conditions,
  perSuite: 3,
  epochMs: 7 * dayMs,
  seed: 1,
}
const never = (): number => 0
const idsOf = (dueAt: number, exposuresOf = never, more = {}): string[] => [
  ...new Set(
    planFresh([{ spare }], dueAt, exposuresOf, { ...options, ...more }).plan.deliveries.map(
      ({ probe }) => probe.id,
    ),
  ),
]

t.test(
  'an epoch asks its own items, in English and each language, and the next one others',
  async (t) => {
    const epoch = Math.ceil(monday / options.epochMs)
    const start = epoch * options.epochMs
    const { plan: fresh } = planFresh([{ spare }], start, never, options)
    t.equal(fresh.deliveries.length, 6)
    t.strictSame(
      fresh.deliveries.slice(0, 2).map(({ probe }) => probe.language),
      ['en', 'de'],
    )
    t.strictSame(idsOf(start + 7 * dayMs - 1).sort(), idsOf(start).sort(), 'to its last moment')
    const whole = { perSuite: 40 }
    const epochs = [0, 1, 2, 3].map((n) => idsOf(start + n * options.epochMs, never, whole))
    t.equal(new Set(epochs.flat()).size, 40, 'four epochs ask all of them')
    t.equal(epochs.flat().length, 40, 'and none twice')
    t.strictSame(
      idsOf(start + 4 * options.epochMs, never, whole),
      epochs[0],
      'then they come round',
    )
  },
)

t.test('the least asked come first, and what was asked too often retires', async (t) => {
  const all = idsOf(monday, never, { perSuite: 40 })
  const [first = '', second = ''] = all
  const counts = new Map(all.map((id) => [id, 4]))
  counts.set(first, 1).set(second, 5)
  const of = (id: string): number => counts.get(id) ?? 0
  const fresh = planFresh([{ spare }], monday, of, { ...options, perSuite: 1 })
  t.strictSame(new Set(fresh.plan.deliveries.map(({ probe }) => probe.id)), new Set([first]))
  t.equal(fresh.retired, 1)
  const later = planFresh([{ spare }], monday, () => 5, options)
  t.strictSame([later.plan.deliveries.length, later.retired], [0, all.length])
})
