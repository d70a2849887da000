import * as fc from 'fast-check'
import t from 'tap'
import { RateSums, ratesOf } from '../../src/aggregate/rate-sums.ts'
import { createSharedRates, type SharedRates } from '../../src/stages/shared-rates.ts'
import type { Store } from '../../src/state/store.ts'
import { fuzz } from '../fuzz-runs.ts'
import { drivenClock, hourMs, memoryStore, monday } from '../probe/schedule/set-up.ts'
import { openRedis, pause, redisSettings, until } from '../state/open-redis.ts'
import { skipWithoutRedis, startRedis } from '../state/redis-server.ts'

const minuteMs = 60_000
const key = 'judge:rates:v1'
const hourOfMonday = `${key}:${Math.floor(monday / hourMs)}`
const languages = new Set(['en', 'de'])
const item = { language: 'en', set: 'benign', unsure: false, refused: false }

/** A store that does not answer: nothing was written, or it was and the answer is lost. */
function unreliable(store: Store) {
  let fault: 'away' | 'answer_lost' | undefined
  return {
    fail(next: typeof fault): void {
      fault = next
    },
    store: {
      isUp: () => true,
      read: async (keys: readonly string[]) =>
        fault === undefined ? await store.read(keys) : ({ ok: false, error: 'timeout' } as const),
      async transact<T>(...[watch, decide]: Parameters<typeof store.transact<T>>) {
        if (fault === 'away') return { ok: false, error: 'timeout' } as const
        const result = await store.transact<T>(watch, decide)
        return fault === undefined ? result : ({ ok: false, error: 'timeout' } as const)
      },
    },
  }
}

function setUp(start = monday) {
  const clock = drivenClock(start)
  const found: string[] = []
  let holders = 0
  return {
    clock,
    found,
    replica: (store: Pick<Store, 'read' | 'transact' | 'isUp'>, under = key): SharedRates =>
      createSharedRates({
        store,
        key: under,
        holder: `holder-${++holders}`,
        hours: 24,
        languages,
        onError: (error) => found.push(error),
        onBadEntry: () => found.push('bad entry'),
        clock,
      }),
    /** So many exchanges, all graded; the judge on board says no refusal. */
    see(of: SharedRates, count: number, better = true, language = 'en'): void {
      for (let i = 0; i < count; i++) {
        const seen = { ...item, language, at: clock.monotonic() }
        of.eligible(seen)
        of.graded(seen, better, 0.5)
      }
    },
    /** Twice: the first to look has not seen what the last one told. */
    async look(...all: SharedRates[]): Promise<void> {
      for (const one of [...all, ...all]) {
        clock.advance(minuteMs)
        await one.step()
      }
    },
  }
}

const samples = (of: SharedRates, language = 'en'): number =>
  of.rates().find((one) => one.language === language)?.rate.effectiveN ?? 0

t.test('replicas fill one window, and one that starts finds it', async (t) => {
  const { clock, replica, see, look, found } = setUp()
  const store = memoryStore(clock)
  const [a, b] = [replica(store), replica(store)]
  see(a, 30)
  see(b, 10, false)
  t.strictSame([samples(a), samples(b)], [30, 10], 'its own at once')
  await look(a, b)
  const late = replica(store)
  await late.step()
  for (const one of [a, b, late]) {
    t.match(one.rates(), [{ language: 'en', set: 'benign', rate: { est: 0.75 } }])
    t.equal(samples(one), 40)
  }
  const other = replica(store, 'judge:rates:v2')
  await other.step()
  t.strictSame(other.rates(), [], 'another model or prompt gives other rates')
  t.strictSame(found, [])
})

t.test(
  'an hour leaves the window as a whole, and what comes later than that is late',
  async (t) => {
    const { clock, replica, see, look } = setUp()
    const store = memoryStore(clock)
    const [a, b] = [replica(store), replica(store)]
    const early = { ...item, at: clock.monotonic() }
    see(a, 20)
    await look(a, b)
    clock.advance(23 * hourMs)
    see(b, 5)
    await look(a, b)
    t.equal(samples(a), 25)
    clock.advance(hourMs)
    t.strictSame([samples(a), samples(b)], [5, 5])
    t.notOk(a.graded(early, true, 1), 'the verdict came too late')
    const late = replica(store)
    await late.step()
    t.equal(samples(late), 5)
  },
)

t.test('what one replica takes back is gone for all, and counted where it came from', async (t) => {
  const { clock, replica, see, look } = setUp()
  const store = memoryStore(clock)
  const [a, b] = [replica(store), replica(store)]
  see(a, 10)
  see(b, 20)
  await look(a, b)
  clock.advance(3 * hourMs)
  see(a, 3)
  see(b, 7, true, 'de')
  await look(a, b)
  see(a, 2)
  t.strictSame(a.forget('en'), new Map([['en', 15]]))
  t.equal(samples(a), 0)
  t.strictSame(a.forget('en'), new Map(), 'once')
  see(b, 4)
  t.strictSame(b.forget('en'), new Map([['en', 24]]))
  await look(a, b)
  const late = replica(store)
  await late.step()
  for (const one of [a, b, late]) t.strictSame([samples(one), samples(one, 'de')], [0, 7])
  see(a, 6)
  await look(a, b)
  t.equal(samples(b), 6, 'and what comes later counts')
  t.strictSame(b.forget(), new Map([['de', 7]]))
  await look(b, a)
  t.strictSame([samples(b, 'de'), samples(b)], [0, 0])
})

t.test('what is taken back while a look is under way does not come back with it', async (t) => {
  const { clock, replica, see, look } = setUp()
  const store = memoryStore(clock)
  const one = replica(store)
  see(one, 8)
  const looking = one.step()
  one.forget()
  await looking
  t.equal(samples(one), 0)
  await look(one)
  const late = replica(store)
  await late.step()
  t.equal(samples(late), 0)
})

t.test('while the store is away a replica goes by what it has, and tells it later', async (t) => {
  const { clock, replica, see, look, found } = setUp()
  const { store, fail } = unreliable(memoryStore(clock))
  const [a, b] = [replica(store), replica(store)]
  see(a, 10)
  await look(a, b)
  fail('away')
  see(b, 5)
  await look(b)
  t.strictSame([samples(a), samples(b)], [10, 15])
  t.strictSame(new Set(found), new Set(['timeout']))
  fail(undefined)
  await look(b, a)
  t.strictSame([samples(a), samples(b)], [15, 15])
})

t.test('what is told hours late is found within an hour', async (t) => {
  const { clock, replica, see, look } = setUp()
  const store = memoryStore(clock)
  const [late, other] = [replica(store), replica(store)]
  see(late, 10)
  for (let minutes = 0; minutes < 240; minutes += 2) await look(other)
  t.equal(samples(other), 0)
  await look(late)
  for (let minutes = 0; minutes < 60; minutes += 2) await look(other)
  t.equal(samples(other), 10)
})

t.test('languages that are not configured here are kept for the others', async (t) => {
  const { clock, replica, see, look } = setUp()
  const store = memoryStore(clock)
  const one = replica(store)
  see(one, 10, true, 'xx')
  see(one, 10)
  await look(one)
  t.strictSame(
    one.rates().map(({ language }) => language),
    ['en'],
  )
  const stored = await store.read([hourOfMonday])
  t.match(stored.ok && stored.value.get(hourOfMonday), /"xx"/)
})

t.test('many that write at the same time to a Redis', { skip: skipWithoutRedis }, async (t) => {
  const { clock, replica, see } = setUp()
  const server = await startRedis(t)
  const stores = Array.from({ length: 8 }, () => openRedis(t, redisSettings(server.port)).store)
  await until(() => stores.every((store) => store.isUp()), 3000)
  const replicas = stores.map((store) => replica(store))
  for (const one of replicas) see(one, 25)
  // Who met others five times tries again at the next look.
  for (let looks = 0; looks < 10; looks++) {
    clock.advance(minuteMs)
    await Promise.all(replicas.map((one) => one.step()))
  }
  t.strictSame(
    replicas.map((one) => Math.round(samples(one))),
    replicas.map(() => 200),
  )
})

const isSlow = process.env['HOLDFAST_TEST_SLOW'] === '1'
const fleet = isSlow ? { replicas: 1000, overMs: 60_000 } : { replicas: 50, overMs: 3000 }

t.test(
  `${fleet.replicas} that look within ${fleet.overMs / 1000} s`,
  { skip: skipWithoutRedis },
  async (t) => {
    const { replica, see, found } = setUp()
    const server = await startRedis(t)
    const stores = Array.from({ length: 50 }, () => openRedis(t, redisSettings(server.port)).store)
    await until(() => stores.every((store) => store.isUp()), 10_000)
    const replicas = Array.from({ length: fleet.replicas }, (_, i) =>
      replica(stores[i % stores.length] ?? memoryStore(drivenClock())),
    )
    for (const one of replicas) see(one, 20)
    const took = await Promise.all(
      replicas.map(async (one, i) => {
        await pause((i * fleet.overMs) / fleet.replicas)
        const from = performance.now()
        await one.step()
        return performance.now() - from
      }),
    )
    took.sort((a, b) => a - b)
    const [median, longest] = [took[took.length >> 1] ?? 0, took.at(-1) ?? 0]
    t.comment(`a look took ${median.toFixed(1)} ms (median), ${longest.toFixed(1)} ms at most`)
    const [first] = stores
    const late = replica(first ?? memoryStore(drivenClock()))
    await late.step()
    // One that failed is told at its next look, which is not waited for here.
    t.ok(found.length <= fleet.replicas / 20, `${found.length} looks failed`)
    t.ok(samples(late) >= 20 * (fleet.replicas - found.length) - 0.5, `${samples(late)} counted`)
  },
)

const anyEvent = fc.oneof(
  fc.record({
    kind: fc.constant('exchange' as const),
    by: fc.nat(2),
    language: fc.constantFrom('en', 'de'),
    unsure: fc.boolean(),
    refused: fc.boolean(),
    better: fc.option(fc.boolean(), { nil: undefined }),
    probability: fc.constantFrom(0.1, 0.25, 0.5, 1),
  }),
  fc.record({
    kind: fc.constant('look' as const),
    by: fc.nat(2),
    fault: fc.constantFrom(undefined, 'away' as const, 'answer_lost' as const),
  }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.nat(90) }),
)

t.test('whatever is lost on the way, each exchange counts once', async (t) => {
  let lost = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyEvent, { maxLength: 60 }), async (events) => {
      const { clock, replica, look } = setUp()
      const { store, fail } = unreliable(memoryStore(clock))
      const replicas = [replica(store), replica(store), replica(store)] as const
      const whole = new Map<number, RateSums>()
      for (const event of events) {
        if (event.kind === 'wait') clock.advance(event.minutes * minuteMs)
        else if (event.kind === 'look') {
          if (event.fault === 'answer_lost') lost++
          fail(event.fault)
          clock.advance(minuteMs)
          await replicas[event.by]?.step()
        } else {
          const { by, better, probability, ...names } = event
          const seen = { ...names, set: 'benign', at: clock.monotonic() }
          const hour = Math.floor(clock.now() / hourMs)
          const sums = whole.get(hour) ?? new RateSums(20)
          whole.set(hour, sums)
          for (const one of [sums, replicas[by]]) {
            one?.eligible(seen)
            if (better !== undefined) one?.graded(seen, better, probability)
          }
        }
      }
      fail(undefined)
      await look(...replicas)
      clock.advance(hourMs)
      await look(...replicas)
      const close = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9
      const oldest = Math.floor(clock.now() / hourMs) - 24
      const inWindow = [...whole].flatMap(([hour, sums]) => (hour > oldest ? [sums] : []))
      const wanted = new Map(ratesOf(inWindow).map((row) => [row.language, row.rate]))
      return replicas.every((one) => {
        const rates = one.rates()
        return (
          rates.length === wanted.size &&
          rates.every(({ language, rate }) => {
            const other = wanted.get(language)
            if (other === undefined) return false
            return (['est', 'lo', 'hi', 'effectiveN'] as const).every((figure) =>
              close(rate[figure], other[figure]),
            )
          })
        )
      })
    }),
    { numRuns: 300, seed: 20261129 },
  )
  t.ok(lost > 0, `${lost} answers were lost`)
})

t.test('what lies there is read like input from a network', async (t) => {
  const { clock, replica, see, look, found } = setUp()
  const store = memoryStore(clock)
  const put = (value: string) => store.set(hourOfMonday, value, 86_400_000)
  const row = '["en","benign",0,1,0,2,4,0,0,0,0,0,0,1]'
  const hourOf = (tellers: string, rows: string) =>
    `{"version":1,"tellers":${tellers},"rows":${rows}}`
  const bad = [
    '',
    '[]',
    '{"version":1}',
    '{"version":2,"tellers":[],"rows":[]}',
    hourOf('{}', '[]'),
    hourOf('[["a"]]', '[]'),
    hourOf('[["a",-1]]', '[]'),
    hourOf('[]', '{}'),
    hourOf('[]', '["en"]'),
    hourOf('[]', `[${row.replace('"en"', '7')}]`),
    hourOf('[]', `[${row.replace('0,1,0', '2,1,0')}]`),
    hourOf('[]', `[${row.replace('2,4', '-2,4')}]`),
    hourOf('[]', `[${row.replace('2,4', '1e400,4')}]`),
    hourOf('[]', `[${row.replace('2,4', '2')}]`),
    // Found by the property below: weights whose squares are no number.
    hourOf('[]', `[${row.replace('2,4', '1e-162,0')}]`),
    hourOf('[]', `[${row.replace('2,4', '1e200,1e300')}]`),
    hourOf('[]', `[${Array.from({ length: 2049 }, () => row).join()}]`),
  ]
  for (const value of bad) {
    found.length = 0
    await put(value)
    const one = replica(store)
    await one.step()
    t.strictSame([found, one.rates()], [['bad entry'], []], value.slice(0, 100))
  }
  found.length = 0
  await put(hourOf('[["of another",7]]', `[${row}]`))
  const one = replica(store)
  await one.step()
  t.strictSame([samples(one), found], [1, []])

  await put('not of the form')
  see(one, 3)
  await look(one)
  const late = replica(store)
  await late.step()
  t.equal(samples(late), 3, 'that hour is begun anew')
})

const anyNumber = fc.oneof(fc.nat(1000), fc.integer(), fc.double(), fc.constant(1))
const rarely = (odd: typeof anyNumber) =>
  fc.oneof({ weight: 30, arbitrary: fc.nat(1000) }, { weight: 1, arbitrary: odd })
const anyCell = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom([0, 0], [1, 1], [8, 30.5], [1e9, 1e17]) },
  { weight: 1, arbitrary: fc.array(anyNumber, { maxLength: 3 }) },
)
const anyRow = fc
  .tuple(
    fc.oneof(fc.constantFrom('en', 'de'), fc.string()),
    fc.constantFrom('benign', 'unsure', ''),
    fc.constantFrom(0, 1),
    fc.array(rarely(anyNumber), { minLength: 3, maxLength: 3 }),
    fc.array(anyCell, { minLength: 4, maxLength: 4 }),
  )
  .map(([language, set, unsure, [no, yes, verdicts], cells]) => [
    language,
    set,
    unsure,
    no,
    yes,
    ...cells.flat(),
    verdicts,
  ])
const anyText = fc.oneof(
  fc
    .record({
      version: fc.constant(1),
      tellers: fc.array(fc.tuple(fc.string(), rarely(anyNumber)), { maxLength: 3 }),
      rows: fc.array(anyRow, { maxLength: 5 }),
    })
    .map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string(),
)

t.test('whatever lies there, rates are rates, and what is seen next is told', async (t) => {
  let taken = 0
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const { clock, replica, see, look, found } = setUp()
      const store = memoryStore(clock)
      await store.set(hourOfMonday, text, 86_400_000)
      const one = replica(store)
      await one.step()
      const before = one.rates()
      if (before.length > 0) taken++
      for (const { rate } of before) {
        const { lo, est, hi, effectiveN } = rate
        if (!(0 <= lo && lo <= est && est <= hi && hi <= 1 && effectiveN >= 0)) return false
      }
      see(one, 1, true, 'de')
      await look(one)
      const other = replica(store)
      await other.step()
      return samples(other, 'de') > 0 && found.every((kind) => kind === 'bad entry')
    }),
    fuzz('known_rates', 20261129),
  )
  t.ok(taken > 0, `${taken} of a form that counts`)
})
