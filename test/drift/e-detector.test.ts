import fc from 'fast-check'
import t from 'tap'
import {
  acknowledge,
  addDifference,
  createWager,
  type DetectorState,
  defaultBets,
  emptyTick,
  evidenceOf,
  evidenceRatio,
  foldTick,
  initialState,
  mergeTicks,
  type TickSum,
} from '../../src/drift/e-detector.ts'

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b)
const wager = createWager(0.02)
const never = { threshold: 1e300 }

const tickOf = (differences: readonly number[]): TickSum => {
  const sum = emptyTick(wager)
  for (const difference of differences) addDifference(sum, wager, difference)
  return sum
}

const fold = (
  state: DetectorState,
  tick: number,
  differences: readonly number[],
  options: { threshold: number; quietTicks?: number } = never,
) => {
  const folded = foldTick(state, tick, tickOf(differences), options)
  if (!folded.ok) throw new Error(folded.reason)
  return folded
}

void t.test('one tick per difference equals the reference of the R package stcp', async (t) => {
  const differences = [0.185, -0.815, 0.185, 0.2, 1, -0.1, 0.9, 1, 0, 1, 0.5, -1, 1, 1, 0.75]
  const expected = [
    1.05944852941176, 1.42751064869882, 2.54760453982176, 3.75513898774236, 6.35422074542701,
    7.00188445920698, 10.70440731117449, 16.72778855696668, 17.55088631756189, 27.44944236472125,
    35.98290429563654, 14.93749517111796, 21.16122107870162, 30.49427431390227, 41.53589190783092,
  ]
  let state = initialState(wager)
  for (const [tick, difference] of differences.entries()) {
    state = fold(state, tick, [difference]).state
    t.ok(near(evidenceOf(state), expected[tick] ?? 0), `tick ${tick}: ${evidenceOf(state)}`)
  }
  t.equal(state.activeTicks, 15)
  t.equal(state.differences, 15)
})

void t.test('ticks of several differences equal the exact fractions', async (t) => {
  const ticks: [number[], number][] = [
    [[1, 0, -1], 0.7623936762603326],
    [[1, 1], 3.1187876659749865],
    [[0.5, 1], 7.10072464435944],
  ]
  let state = initialState(wager)
  for (const [tick, [differences, expected]] of ticks.entries()) {
    state = fold(state, tick, differences).state
    t.ok(near(evidenceOf(state), expected), `tick ${tick}: ${evidenceOf(state)}`)
  }
  t.same(
    createWager(0.02).lambdas,
    defaultBets.map((bet) => bet / 1.02),
  )
})

void t.test(
  'sums of any split over replicas, in any order, fold to the same evidence',
  async (t) => {
    const differences = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 60 })
    fc.assert(
      fc.property(differences, fc.integer({ min: 1, max: 10 }), (all, replicas) => {
        const parts = Array.from({ length: replicas }, (_, r) =>
          tickOf(all.filter((_, i) => i % replicas === r)),
        ).reverse()
        const merged = mergeTicks(parts, wager)
        const whole = tickOf(all)
        return (
          merged.count === whole.count &&
          merged.logWealth.every((w, k) => Math.abs(w - (whole.logWealth[k] ?? 0)) < 1e-9)
        )
      }),
      { seed: 4, numRuns: 200 },
    )
    t.pass('200 splits')
  },
)

void t.test('a tick without data changes nothing but the number of the last tick', async (t) => {
  const before = fold(initialState(wager), 3, [1, 1]).state
  const after = fold(before, 9, []).state
  t.same(after, { ...before, lastTick: 9 })
})

void t.test('a tick that was folded, or an older one, is late and changes nothing', async (t) => {
  const state = fold(initialState(wager), 5, [1]).state
  for (const tick of [5, 4, -1]) {
    t.same(foldTick(state, tick, tickOf([1]), never), { ok: false, reason: 'late' })
  }
  t.equal(fold(state, 6, [1]).state.activeTicks, 2)
})

void t.test('evidence is latched through an episode, which quiet active ticks close', async (t) => {
  const options = { threshold: 10, quietTicks: 3 }
  let folded = fold(initialState(wager), 0, [1, 1, 1], options)
  t.notOk(folded.opened, `M = ${evidenceOf(folded.state)}`)
  folded = fold(folded.state, 1, [1, 1, 1], options)
  t.ok(folded.opened)
  t.equal(evidenceOf(folded.state), 0, 'M restarts at 0')
  t.equal(evidenceRatio(folded.state, 10), 1)
  for (const tick of [2, 3]) {
    folded = fold(folded.state, tick, [0], options)
    t.equal(evidenceRatio(folded.state, 10), 1, 'latched')
    t.notOk(folded.closed)
  }
  folded = fold(folded.state, 4, [], options)
  t.equal(evidenceRatio(folded.state, 10), 1, 'a tick without data is not quiet')
  folded = fold(folded.state, 5, [1, 1, 1, 1, 1, 1], options)
  t.notOk(folded.opened, 'a crossing within the episode opens no second one')
  t.equal(folded.state.crossings, 2)
  t.equal(folded.state.episodes, 1)
  t.same(folded.state.episode, { openedAt: 1, quietTicks: 0 })
  for (const tick of [6, 7]) folded = fold(folded.state, tick, [0], options)
  t.ok(folded.state.episode)
  folded = fold(folded.state, 8, [0], options)
  t.ok(folded.closed)
  t.equal(folded.state.episode, undefined)
  t.ok(evidenceRatio(folded.state, 10) < 1)
})

void t.test('an acknowledgement closes the episode and keeps the newer evidence', async (t) => {
  let state = fold(initialState(wager), 0, [1, 1, 1, 1, 1, 1], { threshold: 10 }).state
  state = fold(state, 1, [1], { threshold: 10 }).state
  t.equal(evidenceRatio(state, 10), 1)
  const closed = acknowledge(state)
  t.ok(evidenceRatio(closed, 10) < 1 && evidenceOf(closed) > 1)
  t.equal(closed.episodes, 1)
})

void t.test('a tick of a hundred thousand differences stays finite', async (t) => {
  const huge = tickOf(Array.from({ length: 100_000 }, () => 1))
  const up = foldTick(initialState(wager), 0, huge, { threshold: 14_400 })
  t.ok(up.ok && up.opened)
  if (!up.ok) return
  t.equal(evidenceOf(up.state), 0)
  const down = foldTick(up.state, 1, tickOf(Array.from({ length: 100_000 }, () => -1)), never)
  t.ok(down.ok && evidenceOf(down.state) === 0)
})

void t.test('differences, bets and ticks outside of the assumptions throw', async (t) => {
  const sum = emptyTick(wager)
  for (const bad of [1.0000001, -1.1, Number.NaN, Number.POSITIVE_INFINITY]) {
    t.throws(() => addDifference(sum, wager, bad), RangeError)
  }
  t.same(sum, emptyTick(wager), 'and leave the sum as it was')
  t.throws(() => createWager(1), RangeError)
  t.throws(() => createWager(0, [1]), RangeError)
  t.throws(() => createWager(0, []), RangeError)
  t.throws(() => foldTick(initialState(wager), 0.5, sum, never), RangeError)
  t.throws(() => foldTick(initialState(wager), 0, sum, { threshold: 1 }), RangeError)
  t.throws(() => foldTick(initialState(wager), 0, { count: 1, logWealth: [0] }, never), RangeError)
  t.throws(() => mergeTicks([{ count: 1, logWealth: [0] }], wager), RangeError)
})
