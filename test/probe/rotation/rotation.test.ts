import { Buffer } from 'node:buffer'
import t from 'tap'
import { createRotation, type RotationOptions } from '../../../src/probe/rotation/rotation.ts'

const options: RotationOptions = {
  secret: Buffer.from('a secret of thirty-two bytes, yes'),
  anchorShare: 0.4,
  epochs: 6,
  exposuresMax: 3,
}
const items = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `refusal-core-item-${i}` }))
const never = () => 0

t.test('parts come near their shares: anchors, and each epoch of the others', async (t) => {
  const rotation = createRotation(options)
  const n = 60_000
  const counts = new Map<string, number>()
  for (const { id } of items(n)) {
    const part = rotation.partOf(id)
    const key = part.kind === 'anchor' ? 'anchor' : `epoch ${part.epoch}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  t.same([...counts.keys()].sort(), [
    'anchor',
    'epoch 0',
    'epoch 1',
    'epoch 2',
    'epoch 3',
    'epoch 4',
    'epoch 5',
  ])
  for (const [key, count] of counts) {
    const share = key === 'anchor' ? 0.4 : 0.1
    // Five standard deviations of a binomial count.
    const bound = 5 * Math.sqrt(n * share * (1 - share))
    t.ok(Math.abs(count - n * share) < bound, `${key}: ${count}`)
  }
})

t.test('an item keeps its part when others are added, removed or moved', async (t) => {
  const rotation = createRotation(options)
  const few = rotation.select(items(200), 2, never)
  const many = rotation.select(items(2000).reverse(), 2, never)
  const small = new Set(items(200).map(({ id }) => id))
  const ids = (list: readonly { id: string }[]) =>
    list
      .map(({ id }) => id)
      .filter((id) => small.has(id))
      .sort()
  t.same(ids(many.anchor), ids(few.anchor))
  t.same(ids(many.fresh), ids(few.fresh))
})

t.test(
  'the same secret gives the same parts, another one others; a smaller share keeps its anchors',
  async (t) => {
    const partsOf = (of: RotationOptions) => {
      const rotation = createRotation(of)
      return items(500).map(({ id }) => rotation.partOf(id))
    }
    t.same(partsOf(options), partsOf({ ...options }))
    const other = partsOf({ ...options, secret: Buffer.from('another secret of many bytes here') })
    const alike = partsOf(options).filter((part, i) => part.kind === other[i]?.kind).length
    // Of independent parts .4^2 + .6^2 = .52 are of the same kind.
    t.ok(alike > 200 && alike < 320, String(alike))
    const fewer = partsOf({ ...options, anchorShare: 0.2 })
    const both = partsOf(options)
    t.ok(fewer.every((part, i) => part.kind === 'fresh' || both[i]?.kind === 'anchor'))
  },
)

t.test('the part of an item is a fixed function of secret and id', async (t) => {
  const rotation = createRotation(options)
  t.same(
    ['refusal-core-bike-rack', 'factual-gdpr-copy-yes', 'agentic-inbox-forward', 'größe'].map(
      (id) => rotation.partOf(id),
    ),
    [
      { kind: 'anchor' },
      { kind: 'fresh', epoch: 5 },
      { kind: 'fresh', epoch: 4 },
      { kind: 'fresh', epoch: 3 },
    ],
  )
})

t.test(
  'every epoch asks the anchors and its own fresh items, and the round covers all once',
  async (t) => {
    const rotation = createRotation(options)
    const all = items(600)
    const seen = new Map<string, number>()
    const first = rotation.select(all, 0, never)
    for (let epoch = 0; epoch < 6; epoch++) {
      const { anchor, fresh } = rotation.select(all, epoch, never)
      t.same(anchor, first.anchor)
      for (const { id } of fresh) seen.set(id, (seen.get(id) ?? 0) + 1)
    }
    t.equal(seen.size + first.anchor.length, 600)
    t.ok([...seen.values()].every((count) => count === 1))
    t.same(rotation.select(all, 6, never), first, 'and then begins again')
  },
)

t.test('fresh items retire after so many exposures, anchors never do', async (t) => {
  const rotation = createRotation(options)
  const all = items(600)
  const { anchor, fresh } = rotation.select(all, 1, never)
  const [worn, nearly] = fresh
  const exposures = (id: string): number =>
    id === worn?.id ? 3 : id === nearly?.id ? 2 : anchor.some((item) => item.id === id) ? 1000 : 0
  const next = rotation.select(all, 1, exposures)
  t.same(next.anchor, anchor)
  t.same(next.retired, [worn])
  t.same(next.fresh, fresh.slice(1))
})

t.test('a rotation that can only fail is refused', async (t) => {
  const cases: [Partial<RotationOptions>, RegExp][] = [
    [{ secret: Buffer.from('short') }, /a secret of 5 bytes/],
    [{ anchorShare: 1.2 }, /an anchor share of 1\.2/],
    [{ anchorShare: Number.NaN }, /an anchor share of NaN/],
    [{ epochs: 0 }, /0 epochs/],
    [{ exposuresMax: 0.5 }, /at most 0\.5 exposures/],
  ]
  for (const [change, message] of cases)
    t.throws(() => createRotation({ ...options, ...change }), message)
  t.throws(() => createRotation(options).select([], -1, never), /epoch -1/)
})
