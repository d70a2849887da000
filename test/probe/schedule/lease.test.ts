import t from 'tap'
import { createLease, fenceKeys, type Lease, mayRecord } from '../../../src/probe/schedule/lease.ts'
import type { Store, StoreError } from '../../../src/state/store.ts'
import { breakable, type DrivenClock, drivenClock, memoryStore } from './set-up.ts'

const leaseMs = 40_000
const none = { onError: () => undefined }

const replica = (store: Store, clock: DrivenClock, holder: string): Lease =>
  createLease({ store, clock, holder, leaseMs, ...none })

t.test('one of two replicas holds the lease, and keeps it by renewing', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const [a, b] = [replica(store, clock, 'a'), replica(store, clock, 'b')]
  for (let i = 0; i < 20; i++) {
    await a.step()
    await b.step()
    t.strictSame(a.held(), { holder: 'a', token: 1 })
    t.equal(b.held(), undefined)
    clock.advance(leaseMs / 4)
  }
})

t.test('a killed leader is replaced within one lease, under a higher token', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const a = replica(store, clock, 'a')
  const b = replica(store, clock, 'b')
  await a.step()
  await b.step()
  // The worst moment: it has just renewed, and dies.
  let waited = 0
  while (b.held() === undefined && waited < 10 * leaseMs) {
    clock.advance(1000)
    waited += 1000
    await b.step()
  }
  t.ok(waited <= leaseMs, `after ${waited} ms`)
  t.strictSame(b.held(), { holder: 'b', token: 2 })
  t.equal(a.held(), undefined, 'the dead one no longer takes itself for the holder')
})

t.test('a holder that was replaced while it was paused cannot record', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const [a, b] = [replica(store, clock, 'a'), replica(store, clock, 'b')]
  await a.step()
  const old = a.held()
  clock.advance(leaseMs)
  await b.step()
  const fence = b.held()
  if (old === undefined || fence === undefined) throw new Error('nobody held the lease')
  const record = (by: typeof fence) =>
    store.transact({ values: [...fenceKeys], parts: [] }, (seen) =>
      mayRecord(seen, by)
        ? { result: true, writes: { set: [{ key: 'probe:test', value: by.holder, ttlMs: 1000 }] } }
        : { result: false },
    )
  t.strictSame(await record(old), { ok: true, value: false })
  t.strictSame(await record(fence), { ok: true, value: true })
  t.strictSame(await record(old), { ok: true, value: false })
  const read = await store.read(['probe:test'])
  t.equal(read.ok ? read.value.get('probe:test') : undefined, 'b')
})

t.test('a token of the right number and the wrong name cannot record either', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  await replica(store, clock, 'a').step()
  const result = await store.transact({ values: [...fenceKeys], parts: [] }, (seen) => ({
    result: [
      mayRecord(seen, { holder: 'a', token: 1 }),
      mayRecord(seen, { holder: 'x', token: 1 }),
    ],
  }))
  t.strictSame(result.ok ? result.value : undefined, [true, false])
})

t.test('while the store is away the lease is kept for its time and no longer', async (t) => {
  const clock = drivenClock()
  const broken = breakable(memoryStore(clock))
  const errors: StoreError[] = []
  const a = createLease({
    store: broken.store,
    clock,
    holder: 'a',
    leaseMs,
    onError: (error) => errors.push(error),
  })
  await a.step()
  broken.break('down')
  clock.advance(leaseMs / 2)
  await a.step()
  t.strictSame(a.held(), { holder: 'a', token: 1 })
  clock.advance(leaseMs / 4)
  await a.step()
  t.equal(a.held(), undefined)
  t.strictSame(errors, ['down', 'down'])
  broken.break(undefined)
  clock.advance(leaseMs / 4)
  await a.step()
  t.strictSame(a.held(), { holder: 'a', token: 2 }, 'taken anew, under a new token')
})

t.test('a wall clock that jumps neither ends nor prolongs a lease', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const [a, b] = [replica(store, clock, 'a'), replica(store, clock, 'b')]
  await a.step()
  clock.step(-50 * leaseMs)
  await b.step()
  t.equal(b.held(), undefined)
  t.strictSame(a.held(), { holder: 'a', token: 1 })
  clock.step(100 * leaseMs)
  clock.advance(leaseMs)
  await b.step()
  t.strictSame(b.held(), { holder: 'b', token: 2 })
})

t.test('a released lease is there for others at once', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const [a, b] = [replica(store, clock, 'a'), replica(store, clock, 'b')]
  await a.step()
  await a.release()
  t.equal(a.held(), undefined)
  await b.step()
  t.strictSame(b.held(), { holder: 'b', token: 2 })
  await a.release()
  clock.advance(leaseMs / 4)
  await b.step()
  t.strictSame(b.held(), { holder: 'b', token: 2 }, 'who holds none releases none')
})
