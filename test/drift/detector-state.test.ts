import fc from 'fast-check'
import t from 'tap'
import { readDetectorState, readTickSum } from '../../src/drift/detector-state.ts'
import {
  addDifference,
  createWager,
  emptyTick,
  evidenceRatio,
  foldTick,
  initialState,
} from '../../src/drift/e-detector.ts'

const wager = createWager(0.02)

const lived = (ticks: number) => {
  let state = initialState(wager)
  for (let tick = 0; tick < ticks; tick++) {
    const sum = emptyTick(wager)
    for (let i = 0; i < 4; i++) addDifference(sum, wager, i / 4)
    const folded = foldTick(state, tick, sum, { threshold: 20 })
    if (folded.ok) state = folded.state
  }
  return state
}

void t.test('a state survives JSON at every age, bit by bit', async (t) => {
  for (const ticks of [0, 1, 5, 40]) {
    const state = lived(ticks)
    t.same(readDetectorState(JSON.parse(JSON.stringify(state)), 5), state)
  }
  const open = lived(40)
  t.ok(open.crossings > 0 && open.episode !== undefined, 'one of them is within an episode')
})

void t.test('a tick sum survives JSON', async (t) => {
  const sum = emptyTick(wager)
  t.same(readTickSum(JSON.parse(JSON.stringify(sum)), 5), sum)
  addDifference(sum, wager, 0.25)
  t.same(readTickSum(JSON.parse(JSON.stringify(sum)), 5), sum)
})

void t.test('what no detector wrote is refused', async (t) => {
  const good = lived(5)
  const bad: unknown[] = [
    null,
    [],
    'state',
    {},
    { ...good, wealth: good.wealth.slice(1) },
    { ...good, wealth: [1, 2, 3, 4, -1] },
    { ...good, wealth: [1, 2, 3, 4, null] },
    { ...good, wealth: [1, 2, 3, 4, '5'] },
    { ...good, wealth: [1, 2, 3, 4, Number.POSITIVE_INFINITY] },
    { ...good, lastTick: 1.5 },
    { ...good, lastTick: null },
    { ...good, activeTicks: -1 },
    { ...good, activeTicks: undefined },
    { ...good, differences: 1 },
    { ...good, episodes: good.crossings + 1 },
    { ...good, crossings: good.activeTicks + 1 },
    { ...good, episode: {} },
    { ...good, episode: { openedAt: 1, quietTicks: -1 } },
    { ...good, episode: null },
  ]
  for (const value of bad) t.equal(readDetectorState(value, 5), undefined, JSON.stringify(value))
  t.equal(readTickSum({ count: 1, logWealth: [1, 2, 3, 4] }, 5), undefined)
  t.equal(readTickSum({ count: -1, logWealth: [0, 0, 0, 0, 0] }, 5), undefined)
  t.equal(readTickSum({ count: 0, logWealth: [0, 0, 0, 0, 1] }, 5), undefined)
  t.equal(readTickSum({ logWealth: [0, 0, 0, 0, 0] }, 5), undefined)
})

void t.test('whatever is read can be folded without a fault', async (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('wealth', 'lastTick', 'episode'), (value, key) => {
      const read = readDetectorState({ ...lived(5), [key]: value }, 5)
      if (read === undefined) return true
      const folded = foldTick(read, Number.MAX_SAFE_INTEGER, emptyTick(wager), { threshold: 20 })
      return !folded.ok || Number.isFinite(evidenceRatio(folded.state, 20))
    }),
    { seed: 4, numRuns: 500 },
  )
  t.pass('500 values')
})
