import t from 'tap'
import { addDifference, createWager, emptyTick } from '../../../src/drift/e-detector.ts'
import { createLease, type Fence } from '../../../src/probe/schedule/lease.ts'
import { createProbeState, type ProbeState } from '../../../src/probe/schedule/probe-state.ts'
import { readSchedule } from '../../../src/probe/schedule/schedule.ts'
import type { Store } from '../../../src/state/store.ts'
import { type DrivenClock, dayMs, drivenClock, hourMs, memoryStore, monday } from './set-up.ts'

const leaseMs = 40_000
const options = { threshold: 15_000, quietTicks: 72, forgetTicks: 30 }

const fenceOf = async (store: Store, clock: DrivenClock, holder: string): Promise<Fence> => {
  const lease = createLease({ store, clock, holder, leaseMs, onError: () => undefined })
  await lease.step()
  const fence = lease.held()
  if (fence === undefined) throw new Error('not held')
  return fence
}

const due = () => {
  const read = readSchedule('every 24h')
  if (!read.ok) throw new Error(read.reason)
  return { schedule: read.schedule, jitterOf: () => 0, jitterMs: 0 }
}

const gapRun = (n: number, gaps: number) => {
  const wager = createWager(0.02)
  const sum = emptyTick(wager)
  for (let i = 0; i < 100; i++) addDifference(sum, wager, i < gaps ? 1 : 0)
  return { id: `run_${n}`, dueAt: monday + n * dayMs, sums: new Map([['gap', sum]]) }
}

const stateOf = (store: Store, onBadEntry = () => undefined): ProbeState =>
  createProbeState({ store, onBadEntry })

t.test('a due time is taken by one replica, once', async (t) => {
  const clock = drivenClock(monday + hourMs)
  const store = memoryStore(clock)
  const fence = await fenceOf(store, clock, 'a')
  const state = stateOf(store)
  const claim = async () => await state.claim(fence, clock.now(), due())
  const none = { ok: true, value: { recorded: true, value: undefined } }
  t.strictSame(await claim(), none, 'the first waits')
  clock.advance(10 * dayMs)
  const one = { ok: true, value: { recorded: true, value: monday + 10 * dayMs } }
  t.strictSame(await claim(), one)
  t.strictSame(await claim(), none)
})

t.test('a holder that was replaced takes and records nothing', async (t) => {
  const clock = drivenClock(monday + hourMs)
  const store = memoryStore(clock)
  const old = await fenceOf(store, clock, 'a')
  const state = stateOf(store)
  await state.claim(old, clock.now(), due())
  clock.advance(dayMs)
  const fence = await fenceOf(store, clock, 'b')
  const refused = { ok: true, value: { recorded: false } }
  t.strictSame(await state.claim(old, clock.now(), due()), refused)
  t.strictSame(await state.fold(old, gapRun(1, 20), options), refused)
  t.strictSame(await state.refer(old, 'lexical 1', new Map([['de-1', true]])), refused)
  const view = await state.view()
  t.equal(view.ok ? view.value.runs : undefined, 0)
  const folded = await state.fold(fence, gapRun(1, 20), options)
  t.equal(folded.ok && folded.value.recorded ? folded.value.value?.state.runs : undefined, 1)
  t.strictSame(await state.fold(fence, gapRun(1, 20), options), {
    ok: true,
    value: { recorded: true, value: undefined },
  })
})

t.test('an episode that runs opened is closed by an operator', async (t) => {
  const clock = drivenClock(monday)
  const store = memoryStore(clock)
  const fence = await fenceOf(store, clock, 'a')
  const state = stateOf(store)
  for (const n of [1, 2, 3]) await state.fold(fence, gapRun(n, 20), options)
  t.strictSame(await state.acknowledge('gap'), { ok: true, value: true })
  t.strictSame(await state.acknowledge('gap'), { ok: true, value: false })
  t.strictSame(await state.acknowledge('other'), { ok: true, value: false })
})

t.test('runs of a wrong future do not keep true ones from being folded', async (t) => {
  const clock = drivenClock(monday + hourMs)
  const store = memoryStore(clock)
  const fence = await fenceOf(store, clock, 'a')
  const state = stateOf(store)
  const claim = async (now: number) => await state.claim(fence, now, due())
  await claim(monday)
  await claim(monday + 365 * dayMs)
  await state.fold(fence, gapRun(365, 0), options)
  await claim(monday + hourMs)
  const next = await claim(monday + dayMs)
  t.equal(next.ok && next.value.recorded ? next.value.value : undefined, monday + dayMs)
  const folded = await state.fold(fence, gapRun(1, 0), options)
  t.equal(folded.ok && folded.value.recorded ? folded.value.value?.state.runs : undefined, 2)
})

t.test('a state that is none is reported, and begun anew', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  await store.set('probe:state', '{"version":1}', dayMs)
  let bad = 0
  const view = await stateOf(store, () => {
    bad++
  }).view()
  t.equal(bad, 1)
  t.equal(view.ok ? view.value.runs : undefined, 0)
})
