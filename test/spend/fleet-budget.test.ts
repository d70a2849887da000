import * as fc from 'fast-check'
import t from 'tap'
import type { Clock } from '../../src/clock.ts'
import { systemClock } from '../../src/clock.ts'
import { createPurseBudget, type PurseBudget } from '../../src/probe/schedule/purse-budget.ts'
import { createStopSwitch, type Stop } from '../../src/probe/schedule/stop-switch.ts'
import { createFleetBudget, type Reserved } from '../../src/spend/fleet-budget.ts'
import type { Store } from '../../src/state/store.ts'
import { fuzz } from '../fuzz-runs.ts'
import { breakable, drivenClock, hourMs, memoryStore, monday } from '../probe/schedule/set-up.ts'
import { openRedis, redisSettings } from '../state/open-redis.ts'
import { skipWithoutRedis, startRedis } from '../state/redis-server.ts'

const onError = () => undefined
const oneToken = { inputTokens: 1, outputTokens: 0 }

const budgetOf = (
  store: Store,
  clock: Clock,
  calls: { hour: number; day: number },
  more: { tokens?: number; usd?: number } = {},
): PurseBudget =>
  createPurseBudget('canary', {
    store,
    limits: { hour: { calls: calls.hour }, day: { calls: calls.day, ...more } },
    prices:
      more.usd === undefined
        ? undefined
        : { usdPerMillionInputTokens: 10, usdPerMillionOutputTokens: 30 },
    clock,
    onError,
  })

const whyOf = (reserved: Reserved<Stop>): string => (reserved.ok ? 'ok' : reserved.why)

t.test(
  'calls are reserved until the hour is spent, then the next hour until the day is',
  async (t) => {
    const clock = drivenClock()
    const budget = budgetOf(memoryStore(clock), clock, { hour: 3, day: 5 })
    const ask = async () => whyOf(await budget.reserve(1, oneToken))
    t.strictSame(
      [await ask(), await ask(), await ask(), await ask()],
      ['ok', 'ok', 'ok', 'exhausted'],
    )
    clock.advance(hourMs)
    t.strictSame([await ask(), await ask(), await ask()], ['ok', 'ok', 'exhausted'])
    t.strictSame(await budget.left(), [
      { window: 'hour', unit: 'calls', left: 1, limit: 3 },
      { window: 'day', unit: 'calls', left: 0, limit: 5 },
    ])
  },
)

t.test('tokens and money are reserved at their worst and settled at what was used', async (t) => {
  const clock = drivenClock()
  const budget = budgetOf(
    memoryStore(clock),
    clock,
    { hour: 100, day: 100 },
    { tokens: 1000, usd: 1 },
  )
  const worst = { inputTokens: 500, outputTokens: 400 }
  const first = await budget.reserve(1, worst)
  t.equal(whyOf(await budget.reserve(1, worst)), 'exhausted', 'the worst of both does not fit')
  if (first.ok) await first.charge.settle(1, { inputTokens: 40, outputTokens: 10 })
  t.strictSame(await budget.left(), [
    { window: 'hour', unit: 'calls', left: 99, limit: 100 },
    { window: 'day', unit: 'calls', left: 99, limit: 100 },
    { window: 'day', unit: 'tokens', left: 950, limit: 1000 },
    { window: 'day', unit: 'usd', left: 0.9993, limit: 1 },
  ])
  const second = await budget.reserve(1, worst)
  t.equal(whyOf(second), 'ok')
  if (second.ok) await second.charge.settle(1, undefined)
  const left = await budget.left()
  t.equal(left?.find(({ unit }) => unit === 'tokens')?.left, 50, 'unknown: the worst stays charged')
})

t.test('a call that ends in the next hour does not make that hour cheaper', async (t) => {
  const clock = drivenClock()
  const budget = budgetOf(memoryStore(clock), clock, { hour: 2, day: 10 })
  const early = await budget.reserve(2, oneToken)
  clock.advance(hourMs)
  const late = await budget.reserve(2, oneToken)
  if (early.ok) await early.charge.settle(1, oneToken)
  t.equal(whyOf(late), 'ok')
  t.equal(whyOf(await budget.reserve(1, oneToken)), 'exhausted')
  t.equal((await budget.left())?.find(({ window }) => window === 'day')?.left, 7)
})

t.test('a replica whose clock is an hour behind spends from the same hour', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const behind = { now: () => clock.now() - hourMs, monotonic: () => clock.monotonic() }
  const a = budgetOf(store, clock, { hour: 2, day: 100 })
  const b = budgetOf(store, behind, { hour: 2, day: 100 })
  t.equal(whyOf(await a.reserve(1, oneToken)), 'ok')
  t.equal(whyOf(await b.reserve(1, oneToken)), 'ok')
  t.equal(whyOf(await b.reserve(1, oneToken)), 'exhausted')
  t.equal(whyOf(await a.reserve(1, oneToken)), 'exhausted')
})

t.test('purses are apart', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const canary = budgetOf(store, clock, { hour: 1, day: 1 })
  const fork = createPurseBudget('fork', {
    store,
    limits: { hour: { calls: 1 }, day: { calls: 1 } },
    prices: undefined,
    clock,
    onError,
  })
  t.equal(whyOf(await canary.reserve(1, oneToken)), 'ok')
  t.equal(whyOf(await canary.reserve(1, oneToken)), 'exhausted')
  t.equal(whyOf(await fork.reserve(1, oneToken)), 'ok')
})

t.test('with the store away nothing can be reserved', async (t) => {
  const clock = drivenClock()
  const broken = breakable(memoryStore(clock))
  const budget = budgetOf(broken.store, clock, { hour: 10, day: 10 })
  for (const error of ['down', 'timeout', 'conflict'] as const) {
    broken.break(error)
    t.equal(whyOf(await budget.reserve(1, oneToken)), 'store_away', error)
    t.equal(await budget.left(), undefined)
  }
  broken.break(undefined)
  t.equal(whyOf(await budget.reserve(1, oneToken)), 'ok')
})

t.test('a budget of its own keys knows nothing of the switch', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  await createStopSwitch({ store, clock, onError }).stop('forbidden')
  const budget = createFleetBudget({
    store,
    spentKey: (window) => `judge:spent:${window}`,
    limits: { hour: { calls: 1 }, day: { calls: 1 } },
    prices: undefined,
    clock,
    onError,
  })
  t.equal((await budget.reserve(1, oneToken)).ok, true)
  t.strictSame(await budget.reserve(1, oneToken), { ok: false, why: 'exhausted' })
})

t.test('once the switch is set no purse gives anything', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const budget = budgetOf(store, clock, { hour: 10, day: 10 })
  await createStopSwitch({ store, clock, onError }).stop('forbidden')
  t.strictSame(await budget.reserve(1, oneToken), {
    ok: false,
    why: 'stopped',
    stop: { reason: 'forbidden', at: clock.now() },
  })
  t.equal((await budget.left())?.[0]?.left, 10)
})

/** Each replica calls as long as it is allowed to; how often both did together. */
async function race(stores: readonly Store[], clock: Clock, callsMax: number): Promise<number[]> {
  return await Promise.all(
    stores.map(async (store) => {
      const budget = budgetOf(store, clock, { hour: callsMax, day: callsMax })
      let calls = 0
      for (let tries = 0; tries < 3 * callsMax; tries++) {
        const reserved = await budget.reserve(1, oneToken)
        if (!reserved.ok && reserved.why === 'exhausted') break
        if (!reserved.ok) continue
        calls++
        await reserved.charge.settle(1, oneToken)
      }
      return calls
    }),
  )
}

t.test('two replicas that race spend the budget and no more', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const calls = await race([store, store], clock, 50)
  t.equal(
    calls.reduce((sum, n) => sum + n, 0),
    50,
    calls.join(' + '),
  )
})

t.test(
  'two replicas that race on one Redis spend the budget and no more',
  { skip: skipWithoutRedis },
  async (t) => {
    const server = await startRedis(t)
    const stores = [1, 2].map(() => openRedis(t, redisSettings(server.port)).store)
    while (!stores.every((store) => store.isUp())) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    const calls = await race(stores, systemClock, 40)
    const sum = calls.reduce((all, n) => all + n, 0)
    t.ok(sum <= 40, `${calls.join(' + ')} of 40`)
    t.ok(sum >= 38, 'and does not starve either')
    await server.kill()
    const [store] = stores
    if (store === undefined) throw new Error('no store')
    const budget = budgetOf(store, systemClock, { hour: 1000, day: 1000 })
    t.equal(whyOf(await budget.reserve(1, oneToken)), 'store_away')
  },
)

const anyAmount = fc.oneof(fc.nat(12), fc.double(), fc.constantFrom(null, '1', -1, 1e308))
const anySpent = fc.oneof(
  fc
    .record({
      version: fc.constantFrom(1, 2),
      index: fc.oneof(fc.constant(Math.floor(monday / hourMs)), fc.nat(), fc.double()),
      calls: anyAmount,
      tokens: anyAmount,
      usd: anyAmount,
    })
    .map((spent) => JSON.stringify(spent)),
  fc.json(),
  fc.string(),
)

t.test('whatever lies there, what is left is between nothing and the limit', async (t) => {
  let refused = 0
  await fc.assert(
    fc.asyncProperty(anySpent, anySpent, async (hour, day) => {
      const clock = drivenClock()
      const store = memoryStore(clock)
      await store.set('judge:spent:hour', hour, hourMs)
      await store.set('judge:spent:day', day, hourMs)
      const budget = createFleetBudget({
        store,
        spentKey: (window) => `judge:spent:${window}`,
        limits: { hour: { calls: 5 }, day: { calls: 10, tokens: 1000 } },
        prices: undefined,
        clock,
        onError,
      })
      let calls = 0
      for (;;) {
        for (const { left, limit } of (await budget.left()) ?? []) {
          if (!(left >= 0 && left <= limit)) return false
        }
        const reserved = await budget.reserve(1, oneToken)
        if (!reserved.ok) break
        calls++
        await reserved.charge.settle(1, oneToken)
      }
      if (calls < 5) refused++
      return calls <= 5
    }),
    fuzz('fleet_spent', 20261129),
  )
  t.ok(refused > 0, `${refused} in which something had been spent`)
})
