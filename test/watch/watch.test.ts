import t from 'tap'
import {
  addDifference,
  createWager,
  emptyTick,
  foldTick,
  initialState,
} from '../../src/drift/e-detector.ts'
import { createRandom } from '../../src/drift/simulation/random.ts'
import type { Store } from '../../src/state/store.ts'
import { drivenClock, hourMs, memoryStore, replica, settings, wealthOf } from './set-up.ts'

/** Over the end of the hour and the grace, so that its tick is due. */
const dueMs = hourMs + 200_000
const dayMs = 24 * hourMs

t.test('a tick is folded once, after its grace, and shown as evidence', async (t) => {
  const clock = drivenClock()
  const one = replica({ clock, store: memoryStore(clock) })
  await one.watch.step()
  for (const refused of [false, false, true]) {
    one.add({ language: 'en' })
    one.add({ language: 'bn', refused })
  }
  t.equal(one.counted.pairs, 3)
  await one.watch.step()
  clock.advance(hourMs)
  await one.watch.step()
  t.strictSame(wealthOf(one, 'bn'), [], 'within the grace nothing is folded')
  clock.advance(200_000)
  await one.watch.step()
  const wager = createWager(0.02)
  const sum = emptyTick(wager)
  for (const d of [1, 1, 0]) addDifference(sum, wager, d)
  const folded = foldTick(initialState(wager), 1000, sum, { threshold: 360_000 })
  t.strictSame(wealthOf(one, 'bn'), folded.ok ? folded.state.wealth : [])
  t.equal(one.watch.report().view?.fleet.foldedTick, 1000)
  const before = wealthOf(one, 'bn')
  clock.advance(10 * hourMs)
  await one.watch.step()
  t.strictSame(wealthOf(one, 'bn'), before, 'ticks without data change nothing')
})

/** The same differences, dealt out to so many replicas. */
async function evidenceOf(replicas: number, differences: readonly (readonly number[])[]) {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const all = Array.from({ length: replicas }, () => replica({ clock, store }))
  for (const one of all) await one.watch.step()
  let next = 0
  for (const tick of differences) {
    for (const difference of tick) {
      const one = all[next++ % replicas]
      // One pair of its own: English first, then the language.
      one?.add({ language: 'en', refused: difference >= 0 })
      one?.add({ language: 'bn', refused: difference <= 0 })
    }
    clock.advance(hourMs / 2)
    for (const one of all) await one.watch.step()
    clock.advance(hourMs / 2)
  }
  clock.advance(dueMs)
  for (const one of all) await one.watch.step()
  for (const one of all) await one.watch.refresh()
  return all.map((one) => wealthOf(one, 'bn'))
}

t.test('1, 3 and 10 replicas have the same evidence as one', async (t) => {
  const random = createRandom(7, 1)
  const ticks = Array.from({ length: 12 }, () =>
    Array.from({ length: 40 }, () => (random.uniform() < 0.08 ? 1 : 0)),
  )
  const [single = []] = await evidenceOf(1, ticks)
  t.equal(single.length, 5)
  t.ok(Math.max(...single) > 1)
  for (const replicas of [3, 10]) {
    const evidence = await evidenceOf(replicas, ticks)
    t.equal(evidence.length, replicas)
    for (const wealth of evidence) {
      for (const [k, m] of wealth.entries()) {
        t.ok(Math.abs(m / (single[k] ?? 0) - 1) < 1e-6, `${replicas} replicas, bet ${k}`)
      }
    }
  }
})

/** A store that can be taken away. */
function leaky(store: Store): Store & { away: boolean; backAt: number } {
  const down = { ok: false, error: 'down' } as const
  const self: Store & { away: boolean; backAt: number } = {
    away: false,
    backAt: 0,
    writePart: async (...args: Parameters<Store['writePart']>) =>
      self.away ? down : store.writePart(...args),
    read: async (keys: readonly string[]) => (self.away ? down : store.read(keys)),
    readParts: async (key: string) => (self.away ? down : store.readParts(key)),
    set: async (...args: Parameters<Store['set']>) => (self.away ? down : store.set(...args)),
    transact: (async (...args: Parameters<Store['transact']>) =>
      self.away ? down : store.transact(...args)) as Store['transact'],
    isUp: () => !self.away,
    upForMs: () => (self.away ? undefined : (store.upForMs() ?? 0) - self.backAt),
    close: async () => {},
  }
  return self
}

t.test('an outage of the store delays, and counts nothing twice', async (t) => {
  const run = async (outage: boolean) => {
    const clock = drivenClock()
    const store = leaky(memoryStore(clock))
    const one = replica({ clock, store })
    await one.watch.step()
    for (let tick = 0; tick < 6; tick++) {
      for (let i = 0; i < 5; i++) {
        one.add({ language: 'en' })
        one.add({ language: 'bn', refused: i > 1 })
      }
      await one.watch.step()
      store.away = outage && (tick === 2 || tick === 3)
      if (store.away) {
        await one.watch.step()
        t.ok(one.watch.report().partial)
      } else if (outage && tick === 4) store.backAt = clock.monotonic()
      clock.advance(hourMs)
      await one.watch.step()
    }
    clock.advance(dueMs)
    await one.watch.step()
    await one.watch.step()
    return one
  }
  const whole = await run(false)
  const broken = await run(true)
  t.strictSame(wealthOf(broken, 'bn'), wealthOf(whole, 'bn'))
  t.equal(broken.counted.late, 0)
  t.ok(broken.counted.failures.length > 0)
  t.ok(broken.counted.failures.every((error) => error === 'down'))
  t.notOk(broken.watch.report().partial)
})

t.test('what comes after the fold of its tick is dropped and counted', async (t) => {
  const clock = drivenClock()
  const shared = memoryStore(clock)
  const link = leaky(shared)
  const slow = replica({ clock, store: link })
  const quick = replica({ clock, store: shared })
  for (const one of [slow, quick]) {
    await one.watch.step()
    one.add({ language: 'en' })
    one.add({ language: 'bn', refused: false })
  }
  await quick.watch.step()
  link.away = true
  clock.advance(dueMs)
  await quick.watch.step()
  const before = wealthOf(quick, 'bn')
  t.equal(before.length, 5)
  link.away = false
  await slow.watch.step()
  t.equal(slow.counted.late, 2)
  await quick.watch.refresh()
  t.strictSame(wealthOf(quick, 'bn'), before)
})

t.test('a step of the wall clock folds nothing too early and nothing twice', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const one = replica({ clock, store })
  await one.watch.step()
  clock.advance(settings.graceMs)
  one.add({ language: 'en' })
  one.add({ language: 'bn', refused: false })
  await one.watch.step()
  clock.step(3 * hourMs)
  await one.watch.step()
  t.equal(one.counted.jumps, 1)
  t.strictSame(wealthOf(one, 'bn'), [], 'the clock is in doubt')
  clock.step(-3 * hourMs)
  await one.watch.step()
  t.equal(one.counted.jumps, 2)
  clock.advance(dueMs)
  await one.watch.step()
  const [state] = one.watch.report().view?.fleet.detectors.values() ?? []
  t.equal(state?.differences, 1)
  t.equal(state?.activeTicks, 1)
})

t.test('evidence outlives the process, and a new writer adds to its tick', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const first = replica({ clock, store })
  await first.watch.step()
  first.add({ language: 'en' })
  first.add({ language: 'bn', refused: false })
  await first.watch.close()
  const again = memoryStore(clock)
  t.ok(again.restore(store.snapshot()))
  const second = replica({ clock, store: again })
  await second.watch.step()
  second.add({ language: 'en' })
  second.add({ language: 'bn', refused: false })
  clock.advance(dueMs)
  await second.watch.step()
  const [state] = second.watch.report().view?.fleet.detectors.values() ?? []
  t.equal(state?.differences, 2)
  t.equal(state?.activeTicks, 1)
})

t.test('poisoned entries are left out and counted, and nothing ends', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const one = replica({ clock, store })
  await one.watch.step()
  one.add({ language: 'en' })
  one.add({ language: 'bn', refused: false })
  await one.watch.step()
  await store.writePart('drift:tick:1000', 'stranger', '{"version":1,"samples":-1}', dayMs)
  await store.set('drift:state', '{"version":1,"detectors":{"x":1}}', dayMs)
  clock.advance(dueMs)
  await one.watch.step()
  t.equal(one.watch.report().view?.fleet.foldedTick, undefined, 'somebody may know the state')
  clock.advance(settings.graceMs)
  await one.watch.step()
  t.ok(one.counted.badEntries >= 2)
  const [state] = one.watch.report().view?.fleet.detectors.values() ?? []
  t.equal(state?.differences, 1)
})
