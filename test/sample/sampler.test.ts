import t from 'tap'
import { createSampler } from '../../src/sample/sampler.ts'

const keys = Array.from({ length: 20_000 }, (_, i) => `conversation-${i}`)

t.test(
  'two replicas with one secret choose the same conversations, at the configured rate',
  async (t) => {
    const secret = Buffer.alloc(32, 7)
    const [one, two] = [createSampler(secret, 0.1), createSampler(secret, 0.1)]
    const chosen = keys.filter((key) => one.selects(key))
    t.same(
      keys.filter((key) => two.selects(key)),
      chosen,
    )
    // 2,000 expected, standard deviation 42: five of them.
    t.ok(Math.abs(chosen.length - 2000) < 212, `chose ${chosen.length}`)
  },
)

t.test('a higher rate keeps every conversation of a lower one', async (t) => {
  const secret = Buffer.alloc(32, 7)
  const low = createSampler(secret, 0.05)
  const high = createSampler(secret, 0.2)
  t.ok(keys.filter((key) => low.selects(key)).every((key) => high.selects(key)))
})

t.test('0 chooses none and 1 chooses all', async (t) => {
  const secret = Buffer.alloc(32, 7)
  t.notOk(keys.some((key) => createSampler(secret, 0).selects(key)))
  t.ok(keys.every((key) => createSampler(secret, 1).selects(key)))
})
