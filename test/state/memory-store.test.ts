import t from 'tap'
import { MemoryStore } from '../../src/state/memory-store.ts'
import type { StoreError } from '../../src/state/store.ts'
import { storeChecks } from '../contract/store.ts'
import { createClock, memoryHarness } from './memory-harness.ts'

t.test('the contract of a store', async (t) => {
  for (const check of storeChecks)
    t.test(check.name, async () => await check.run(memoryHarness(MemoryStore)))
})

function createStore({ bytesMax = 65_536, valueBytesMax = 10_000 } = {}) {
  const clock = createClock()
  const errors: StoreError[] = []
  const onError = (error: StoreError): number => errors.push(error)
  const store = new MemoryStore({ clock, bytesMax, valueBytesMax, onError })
  return { store, clock, errors }
}

t.test(
  'a full store refuses what does not fit, keeps what it has, and frees what expires',
  async (t) => {
    const { store, clock, errors } = createStore()
    const value = 'x'.repeat(1000)
    let kept = 0
    for (let i = 0; i < 100; i++) if ((await store.set(`g:${i}`, value, 1000)).ok) kept++
    // A value takes 1000 bytes, its key 3 or 4, and 128 around them.
    t.equal(kept, 57)
    t.strictSame(
      errors,
      Array.from({ length: 43 }, () => 'full'),
    )
    t.strictSame(
      await store.set('g:0', value, 1000),
      { ok: true, value: undefined },
      'in its place',
    )
    t.strictSame(await store.writePart('g:p', 'one', value, 1000), { ok: false, error: 'full' })
    const swapped = await store.transact({ values: ['g:1'], parts: [] }, () => ({
      result: 0,
      writes: { set: [{ key: 'g:new', value, ttlMs: 1000 }], drop: ['g:1'] },
    }))
    t.strictSame(swapped, { ok: true, value: 0 }, 'what a transaction drops makes room for it')
    const more = await store.transact({ values: ['g:2'], parts: [] }, () => ({
      result: 0,
      writes: {
        set: [
          { key: 'g:a', value: '', ttlMs: 1000 },
          { key: 'g:b', value, ttlMs: 1000 },
        ],
      },
    }))
    t.strictSame(more, { ok: false, error: 'full' })
    t.strictSame(
      await store.read(['g:a']),
      { ok: true, value: new Map() },
      'nothing of it is written',
    )
    clock.pass(1001)
    t.strictSame(await store.writePart('g:p', 'one', value, 1000), { ok: true, value: undefined })
  },
)

t.test('a snapshot brings everything back, with what was left to live', async (t) => {
  const { store, clock } = createStore()
  await store.set('g:v', 'ünï 🙂', 10_000)
  await store.set('g:gone', 'soon', 2000)
  await store.writePart('g:p', 'one', '1', 10_000)
  await store.writePart('g:p', 'two', '', 10_000)
  clock.pass(1000)
  const bytes = store.snapshot()
  const next = createStore()
  next.clock.jump(4000)
  await next.store.set('g:before', 'replaced', 10_000)
  t.equal(next.store.restore(bytes), true)
  const keys = ['g:v', 'g:gone', 'g:before']
  t.strictSame(await next.store.read(keys), { ok: true, value: new Map([['g:v', 'ünï 🙂']]) })
  const parts = new Map([
    ['one', '1'],
    ['two', ''],
  ])
  t.strictSame(await next.store.readParts('g:p'), { ok: true, value: parts })
  // Of 10 s, 1 passed before the snapshot, and 3 between it and the start that read it.
  next.clock.pass(5999)
  t.strictSame(await next.store.read(['g:v']), { ok: true, value: new Map([['g:v', 'ünï 🙂']]) })
  next.clock.pass(1)
  t.strictSame(await next.store.read(['g:v']), { ok: true, value: new Map() })
})

t.test('a snapshot from the future keeps what was left', async (t) => {
  const { store, clock } = createStore()
  clock.jump(86_400_000)
  await store.set('g:v', '1', 1000)
  const next = createStore()
  t.equal(next.store.restore(store.snapshot()), true)
  next.clock.pass(999)
  t.strictSame(await next.store.read(['g:v']), { ok: true, value: new Map([['g:v', '1']]) })
  next.clock.pass(1)
  t.strictSame(await next.store.read(['g:v']), { ok: true, value: new Map() })
})

t.test('a snapshot that does not fit is refused, and nothing changes', async (t) => {
  const { store } = createStore({ bytesMax: 65_536, valueBytesMax: 10_000 })
  await store.set('g:v', 'x'.repeat(9000), 1000)
  const bytes = store.snapshot()
  for (const smaller of [{ bytesMax: 9000 }, { valueBytesMax: 8999 }]) {
    const next = createStore(smaller)
    await next.store.set('g:own', '1', 1000)
    t.equal(next.store.restore(bytes), false)
    t.strictSame(await next.store.read(['g:own']), { ok: true, value: new Map([['g:own', '1']]) })
  }
})

t.test('reads that were handed out do not change', async (t) => {
  const { store } = createStore()
  await store.writePart('g:p', 'one', '1', 1000)
  const read = await store.readParts('g:p')
  await store.writePart('g:p', 'two', '2', 1000)
  t.strictSame(read, { ok: true, value: new Map([['one', '1']]) })
})

t.test('a size that no snapshot could hold is refused', async (t) => {
  t.throws(() => createStore({ bytesMax: 1_073_741_825 }), RangeError)
})
