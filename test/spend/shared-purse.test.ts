import t from 'tap'
import type { Clock } from '../../src/clock.ts'
import { createSharedPurse, type SharedPurse } from '../../src/spend/shared-purse.ts'
import type { Store } from '../../src/state/store.ts'
import { breakable, drivenClock, hourMs, memoryStore } from '../probe/schedule/set-up.ts'

const oneToken = { inputTokens: 1, outputTokens: 0 }
const minuteMs = 60_000

const purseOf = (store: Store, clock: Clock, holder: string, errors: string[] = []): SharedPurse =>
  createSharedPurse({
    store,
    name: 'judge',
    holder,
    limits: { hour: { calls: 10 }, day: { calls: 20 } },
    prices: undefined,
    clock,
    onError: (error) => errors.push(error),
  })

const hourLeft = (purse: SharedPurse): number | undefined =>
  purse.left()?.find(({ window }) => window === 'hour')?.left

t.test('each sees what the others have spent, and how many they are', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const [a, b] = [purseOf(store, clock, 'a'), purseOf(store, clock, 'b')]
  t.equal(a.left(), undefined, 'not known before the first look')
  t.equal(a.sharers(), 1)
  await a.step()
  t.equal(hourLeft(a), 10)
  await b.reserve(4, oneToken)
  await b.step()
  t.strictSame([hourLeft(b), b.sharers()], [6, 2])
  await a.step()
  t.strictSame([hourLeft(a), a.sharers()], [10, 1], 'no second look within ten seconds')
  clock.advance(10_000)
  await a.step()
  t.strictSame([hourLeft(a), a.sharers()], [6, 2])
})

t.test('one that is gone shares no more after two periods', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const [a, b] = [purseOf(store, clock, 'a'), purseOf(store, clock, 'b')]
  await a.step()
  await b.step()
  const seen: number[] = []
  for (let minute = 1; minute <= 11; minute++) {
    clock.advance(minuteMs)
    await a.step()
    seen.push(a.sharers())
  }
  t.equal(seen[0], 2)
  t.equal(seen.at(-1), 1)
})

t.test('while the store is away nothing is known, and nothing can be reserved', async (t) => {
  const clock = drivenClock()
  const broken = breakable(memoryStore(clock))
  const errors: string[] = []
  const purse = purseOf(broken.store, clock, 'a', errors)
  await purse.step()
  broken.break('down')
  clock.advance(10_000)
  await purse.step()
  t.equal(purse.left(), undefined)
  t.strictSame(await purse.reserve(1, oneToken), { ok: false, why: 'store_away' })
  t.strictSame(errors, ['down', 'down'])
  broken.break(undefined)
  clock.advance(10_000)
  await purse.step()
  t.equal(hourLeft(purse), 10)
})

t.test('many that spend without pause stay below the limit of each window', async (t) => {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const purses = ['a', 'b', 'c'].map((name) => purseOf(store, clock, name))
  const spend = async (): Promise<number> => {
    let calls = 0
    const until = async (purse: SharedPurse): Promise<void> => {
      for (;;) {
        const reserved = await purse.reserve(1, oneToken)
        if (!reserved.ok && reserved.why === 'exhausted') return
        if (!reserved.ok) continue
        calls++
        await reserved.charge.settle(1, oneToken)
      }
    }
    await Promise.all(purses.map(until))
    return calls
  }
  const hours: number[] = []
  for (let hour = 0; hour < 3; hour++) {
    hours.push(await spend())
    clock.advance(hourMs)
  }
  t.strictSame(hours, [10, 10, 0])
})
