/** A store that forgets, is read only or is written over by others: what the fleet makes of it. */
import t, { type Test } from 'tap'
import { readFleet } from '../../src/drift/fleet-state.ts'
import { MemoryStore } from '../../src/state/memory-store.ts'
import type { Store } from '../../src/state/store.ts'
import { createOperator } from '../../src/watch/operator.ts'
import {
  type DrivenClock,
  drivenClock,
  hourMs,
  memoryStore,
  type Replica,
  replica,
  settings,
  wealthOf,
} from './set-up.ts'

const dayMs = 24 * hourMs
/** Over the end of the hour and the grace, so that its tick is due. */
const dueMs = hourMs + 200_000
const stateKey = 'drift:state'

const addPairs = (one: Replica, pairs: number): void => {
  for (let i = 0; i < pairs; i++) {
    one.add({ language: 'en' })
    one.add({ language: 'bn', refused: i > 0 })
  }
}

const stepAll = async (replicas: readonly Replica[]): Promise<void> => {
  for (const one of replicas) await one.watch.step()
}

/** Steps each minute, as replicas do all the time. */
const pass = async (clock: DrivenClock, ms: number, replicas: readonly Replica[]) => {
  for (let passed = 0; passed < ms; passed += 60_000) {
    clock.advance(60_000)
    await stepAll(replicas)
  }
}

const differencesOf = ({ watch }: Replica): number =>
  [...(watch.report().view?.fleet.detectors.values() ?? [])].reduce(
    (sum, { differences }) => sum + differences,
    0,
  )

const empty = (store: MemoryStore, clock: DrivenClock): void => {
  store.restore(memoryStore(clock).snapshot())
}

const start = async (count: number) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const all = Array.from({ length: count }, () => replica({ clock, store }))
  await stepAll(all)
  return { clock, store, all }
}

t.test('a store that comes back empty gets back what the replicas know', async (t) => {
  const { clock, store, all } = await start(2)
  for (const one of all) addPairs(one, 3)
  await pass(clock, dueMs, all)
  const [first, second] = all
  if (first === undefined || second === undefined) return
  const before = wealthOf(first, 'bn')
  t.equal(differencesOf(first), 6)
  for (const one of all) addPairs(one, 2)
  await stepAll(all)
  empty(store, clock)
  await pass(clock, 60_000, all)
  t.ok(first.watch.report().partial, 'others may still know more')
  t.strictSame(wealthOf(first, 'bn'), before)
  const read = await store.read([stateKey])
  t.equal(read.ok && readFleet(read.value.get(stateKey) ?? '')?.foldedTick, 1000)
  await pass(clock, dueMs, all)
  for (const one of all) {
    t.equal(differencesOf(one), 10, 'those of the tick that was open were written again')
    t.equal(one.counted.late, 0)
    t.notOk(one.watch.report().partial)
  }
})

t.test('an older copy of the state is put right, and counted', async (t) => {
  const { clock, store, all } = await start(1)
  const [one] = all
  if (one === undefined) return
  addPairs(one, 3)
  await pass(clock, dueMs, all)
  const copy = store.snapshot()
  addPairs(one, 4)
  await pass(clock, dueMs, all)
  t.equal(differencesOf(one), 7)
  const wealth = wealthOf(one, 'bn')
  t.ok(store.restore(copy))
  await pass(clock, dueMs, all)
  t.equal(one.counted.badEntries, 1)
  t.equal(differencesOf(one), 7)
  t.strictSame(wealthOf(one, 'bn'), wealth)
})

t.test('of replicas that know a lost state differently the newest is believed', async (t) => {
  const { clock, store, all } = await start(2)
  const [quick, slow] = all
  if (quick === undefined || slow === undefined) return
  for (const one of all) addPairs(one, 3)
  await stepAll(all)
  clock.advance(dueMs)
  await quick.watch.step()
  t.equal(differencesOf(quick), 6)
  await store.set(stateKey, 'written over', dayMs)
  await slow.watch.step()
  await pass(clock, dueMs, [slow, quick])
  for (const one of all) {
    t.equal(differencesOf(one), 6)
    t.equal(one.counted.late, 0)
  }
})

t.test('nothing is folded on a state that was written over', async (t) => {
  const { clock, store, all } = await start(1)
  const [one] = all
  if (one === undefined) return
  addPairs(one, 3)
  await pass(clock, dueMs, all)
  for (const value of [
    '',
    'null',
    '{"version":1}',
    '{"version":1,"foldedTick":9007199254740991}',
  ]) {
    addPairs(one, 1)
    await one.watch.step()
    clock.advance(dueMs)
    await store.set(stateKey, value, dayMs)
    await one.watch.step()
    await pass(clock, 300_000, all)
  }
  await pass(clock, dueMs, all)
  t.equal(differencesOf(one), 7)
  t.equal(one.counted.late, 0)
  t.ok(one.counted.badEntries >= 4)
})

t.test('who folds counts its own part even when the store has lost it', async (t) => {
  const { clock, store, all } = await start(1)
  const [one] = all
  if (one === undefined) return
  addPairs(one, 3)
  await one.watch.step()
  await store.writePart('drift:tick:1000', 'writer-of-nothing', 'null', dayMs)
  await store.transact({ values: [], parts: ['drift:tick:1000'] }, () => ({
    result: 0,
    writes: { drop: ['drift:tick:1000'] },
  }))
  await pass(clock, dueMs, all)
  t.equal(differencesOf(one), 3)
})

t.test(
  'a part that was lost is counted as late by whose it was, not folded as nothing',
  async (t) => {
    const { clock, store, all } = await start(2)
    const [first, second] = all
    if (first === undefined || second === undefined) return
    addPairs(second, 3)
    await stepAll(all)
    await store.transact({ values: [], parts: ['drift:tick:1000'] }, () => ({
      result: 0,
      writes: { drop: ['drift:tick:1000'] },
    }))
    clock.advance(dueMs)
    await first.watch.step()
    t.equal(first.watch.report().view?.fleet.foldedTick, undefined, 'there was nothing to fold')
    await second.watch.step()
    t.equal(differencesOf(second), 3)
    t.equal(second.counted.late, 0)
  },
)

t.test('what stands in place of the parts is dropped once, and the parts are kept', async (t) => {
  const { clock, store, all } = await start(2)
  await store.set('drift:tick:1000', 'no parts', dayMs)
  for (const one of all) addPairs(one, 2)
  await stepAll(all)
  const parts = await store.readParts('drift:tick:1000')
  t.equal(parts.ok && parts.value.size, 2)
  await pass(clock, dueMs, all)
  for (const one of all) t.equal(differencesOf(one), 4)
})

/** Reads succeed, nothing can be written: a replica of Redis, or a full one. */
const readOnly = (store: Store): Store & { on: boolean } => {
  const failed = { ok: false, error: 'read_only' } as const
  const self: Store & { on: boolean } = {
    on: false,
    writePart: async (...args: Parameters<Store['writePart']>) =>
      self.on ? failed : store.writePart(...args),
    read: (keys) => store.read(keys),
    readParts: (key) => store.readParts(key),
    set: (...args) => store.set(...args),
    transact: (async (...args: Parameters<Store['transact']>) =>
      self.on ? failed : store.transact(...args)) as Store['transact'],
    isUp: () => true,
    upForMs: () => store.upForMs(),
    close: async () => {},
  }
  return self
}

t.test('while a store is only read the figures are partial at every moment', async (t) => {
  const clock = drivenClock()
  const store = readOnly(memoryStore(clock))
  const one = replica({ clock, store })
  await one.watch.step()
  addPairs(one, 1)
  await one.watch.step()
  t.notOk(one.watch.report().partial)
  store.on = true
  addPairs(one, 1)
  for (let i = 0; i < 20; i++) {
    const step = one.watch.step()
    for (let turn = 0; turn < 10; turn++) {
      if (i > 0 || turn > 8) t.ok(one.watch.report().partial, `step ${i}, turn ${turn}`)
      await Promise.resolve()
    }
    await step
    clock.advance(15_000)
  }
  store.on = false
  await pass(clock, dueMs, [one])
  t.notOk(one.watch.report().partial)
  t.equal(differencesOf(one), 2)
})

async function pinned(t: Test, { watch }: Replica, clock: DrivenClock): Promise<void> {
  const ask = createOperator({ watch, settings, judgeVersion: 'judge 1', clock })
  const answer = await ask({ kind: 'baseline_pin', name: 'steady', from: undefined, to: undefined })
  t.ok(answer.ok)
}

t.test('a pinned baseline outlives an empty store and a written-over index', async (t) => {
  const { clock, store, all } = await start(1)
  const [one] = all
  if (one === undefined) return
  for (let i = 0; i < 1200; i++) addPairs(one, 1)
  await pass(clock, dueMs, all)
  await pinned(t, one, clock)
  const learned = (): number =>
    one.watch.report().specs.filter(({ source }) => source === 'learned').length
  const before = learned()
  t.ok(before > 0)
  empty(store, clock)
  await pass(clock, dueMs, all)
  t.equal(learned(), before)
  await store.set('drift:baselines', '{"version":1,"names":["steady"],"active":"other"}', dayMs)
  await pass(clock, dueMs, all)
  t.equal(learned(), before)
  const fresh = replica({ clock, store })
  await fresh.watch.step()
  t.equal(fresh.watch.report().baseline?.hash, one.watch.report().baseline?.hash)
  t.equal(fresh.watch.report().specs.filter(({ source }) => source === 'learned').length, before)
})

t.test('a baseline that cannot be read makes the figures partial until it can', async (t) => {
  const { clock, store, all } = await start(1)
  const [one] = all
  if (one === undefined) return
  for (let i = 0; i < 1200; i++) addPairs(one, 1)
  await pass(clock, dueMs, all)
  await pinned(t, one, clock)
  const read = await store.read(['drift:baseline:steady'])
  const text = read.ok ? (read.value.get('drift:baseline:steady') ?? '') : ''
  await store.set('drift:baseline:steady', '{}', dayMs)
  const fresh = replica({ clock, store })
  await fresh.watch.step()
  t.ok(fresh.watch.report().partial)
  t.equal(fresh.counted.badEntries, 1)
  await store.set('drift:baseline:steady', text, dayMs)
  await pass(clock, 120_000, [fresh])
  t.notOk(fresh.watch.report().partial)
  t.ok(fresh.watch.report().specs.some(({ source }) => source === 'learned'))
})

t.test('pinning in a deployment of short ticks reads no more than a store can', async (t) => {
  const clock = drivenClock()
  let reads = 0
  class CountsReads extends MemoryStore {
    override read(keys: readonly string[]): ReturnType<Store['read']> {
      reads += keys.length
      return super.read(keys)
    }
  }
  const store = new CountsReads({ clock, bytesMax: 1 << 26, valueBytesMax: 1 << 22 })
  const short = { ...settings, tickMs: 1000, graceMs: 500 }
  const one = replica({ clock, store, settings: short })
  await one.watch.step()
  addPairs(one, 3)
  clock.advance(2000)
  await one.watch.step()
  reads = 0
  const ask = createOperator({
    watch: one.watch,
    settings: short,
    judgeVersion: 'judge 1',
    clock,
  })
  const answer = await ask({ kind: 'baseline_pin', name: 'short', from: undefined, to: undefined })
  t.ok(answer.ok)
  t.ok(reads < 10_200, `${reads} keys`)
})
