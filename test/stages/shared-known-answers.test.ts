import * as fc from 'fast-check'
import t from 'tap'
import { knownAnswers } from '../../src/judge/known-answers/items.ts'
import { watchDefaults } from '../../src/judge/known-answers.ts'
import {
  createSharedKnownAnswers,
  type SharedKnownAnswers,
} from '../../src/stages/shared-known-answers.ts'
import type { Store } from '../../src/state/store.ts'
import { fuzz } from '../fuzz-runs.ts'
import { breakable, type DrivenClock, drivenClock, memoryStore } from '../probe/schedule/set-up.ts'

const minuteMs = 60_000
const key = 'judge:known:v1'
/** Two halves prove a judge, one does not. */
const half = 20

function setUp(clock: DrivenClock = drivenClock()) {
  const found: string[] = []
  return {
    clock,
    found,
    replica: (store: Store, under = key): SharedKnownAnswers =>
      createSharedKnownAnswers({
        store,
        key: under,
        watch: { ...watchDefaults, judge: 'model_graded' },
        onError: (error) => found.push(error),
        onBadEntry: () => found.push('bad entry'),
        clock,
      }),
    /** Asks the items from one to another; the judge is right about each, or wrong. */
    ask(of: SharedKnownAnswers, from: number, to: number, right = true): void {
      for (const item of knownAnswers.slice(from, to)) {
        const other = item.expected === 'refused' ? 'complied' : 'refused'
        of.record(item, right ? item.expected : other, clock.now())
        clock.advance(1)
      }
    },
    async look(...all: SharedKnownAnswers[]): Promise<void> {
      clock.advance(minuteMs)
      for (const one of [...all, ...all]) {
        await one.step()
        clock.advance(minuteMs)
      }
    },
  }
}

t.test('replicas prove a judge together, and one that starts finds it proven', async (t) => {
  const { clock, replica, ask, look, found } = setUp()
  const store = memoryStore(clock)
  const [a, b] = [replica(store), replica(store)]
  ask(a, 0, half)
  ask(b, half, 2 * half)
  t.strictSame([a.standing().n, b.standing().n], [half, half], 'its own at once')
  t.equal(a.standing().state, 'unproven')
  await look(a, b)
  const late = replica(store)
  await late.step()
  for (const one of [a, b, late]) t.match(one.standing(), { state: 'trusted', n: 2 * half })
  t.equal(late.lastSuccessAt(), b.lastSuccessAt())
  const other = replica(store, 'judge:known:v2')
  await other.step()
  t.equal(other.standing().state, 'unproven', 'another model or prompt is another judge')
  t.strictSame(found, [])
})

t.test('each result counts once, however often it is looked at', async (t) => {
  const { clock, replica, ask, look } = setUp()
  const store = memoryStore(clock)
  const [a, b] = [replica(store), replica(store)]
  ask(a, 0, 5)
  await look(a, b)
  ask(a, 5, 7)
  ask(b, 7, 10)
  t.equal(b.standing().n, 8)
  await look(a, b)
  await look(a, b)
  t.strictSame([a.standing().n, b.standing().n], [10, 10])
})

t.test('wrong verdicts that one replica sees put the judge into quarantine for all', async (t) => {
  const { clock, replica, ask, look } = setUp()
  const store = memoryStore(clock)
  const [a, b] = [replica(store), replica(store)]
  ask(a, 0, 2 * half)
  await look(a, b)
  t.equal(b.standing().state, 'trusted')
  ask(a, 0, half, false)
  await look(a, b)
  t.equal(b.standing().state, 'quarantined')
})

t.test(
  'while the store is away a replica goes by what it saw, and tells its own later',
  async (t) => {
    const { clock, replica, ask, look, found } = setUp()
    const broken = breakable(memoryStore(clock))
    const [a, b] = [replica(broken.store), replica(broken.store)]
    ask(a, 0, half)
    await look(a, b)
    broken.break('down')
    ask(b, half, 2 * half)
    await look(b)
    t.equal(b.standing().n, 2 * half)
    t.strictSame(found, [], 'it is waited for')
    broken.break(undefined)
    await b.step()
    await look(a)
    t.strictSame([a.standing().n, b.standing().n], [2 * half, 2 * half])
  },
)

t.test('a look that fails is one error, and the next one tells what it did not', async (t) => {
  const { clock, replica, ask, look, found } = setUp()
  const broken = breakable(memoryStore(clock))
  const one = replica({ ...broken.store, isUp: () => true })
  ask(one, 0, half)
  broken.break('timeout')
  await one.step()
  t.strictSame(found, ['timeout'])
  broken.break(undefined)
  await look(one)
  const late = replica(broken.store)
  await late.step()
  t.equal(late.standing().n, half)
})

t.test('what lies there is read like input from a network', async (t) => {
  const { clock, replica, ask, look, found } = setUp()
  const store = memoryStore(clock)
  const put = (value: string) => store.set(key, value, 86_400_000)
  const bad = [
    '',
    '[]',
    '{"version":1}',
    '{"version":2,"results":[]}',
    '{"version":1,"results":{}}',
    '{"version":1,"results":[["en-1","refused"]]}',
    '{"version":1,"results":[["en-1","__proto__",1]]}',
    '{"version":1,"results":[[1,"refused",1]]}',
    '{"version":1,"results":[["en-1","refused",1e400]]}',
    '{"version":1,"results":["en-1"]}',
  ]
  for (const value of bad) {
    found.length = 0
    await put(value)
    const one = replica(store)
    await one.step()
    t.strictSame([found, one.standing().n], [['bad entry'], 0], value)
  }
  await put('{"version":1,"results":[["en-1","refused",1],["of-another-version","refused",2]]}')
  const one = replica(store)
  await one.step()
  t.equal(one.standing().n, 1, 'items that are not known here are left out')

  await put('not of the form')
  ask(one, 0, 3)
  await look(one)
  const late = replica(store)
  await late.step()
  t.equal(late.standing().n, 3, 'the next results stand in its place')
})

const anyResult = fc.tuple(
  fc.oneof(fc.constantFrom(...knownAnswers.map(({ id }) => id)), fc.string()),
  fc.oneof(fc.constantFrom('refused', 'complied', 'partial'), fc.string()),
  fc.oneof(fc.nat(), fc.integer(), fc.double()),
)
const anyText = fc.oneof(
  fc.array(anyResult, { maxLength: 6 }).map((results) => JSON.stringify({ version: 1, results })),
  fc.json(),
  fc.string(),
)

t.test('whatever lies there, the standing is one, and the next result is told', async (t) => {
  let taken = 0
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const { clock, replica, found } = setUp()
      const store = memoryStore(clock)
      await store.set(key, text, 86_400_000)
      const one = replica(store)
      await one.step()
      const { n, accuracy } = one.standing()
      if (n > 0) taken++
      if (!(n <= 6 && (accuracy === undefined || (accuracy >= 0 && accuracy <= 1)))) return false
      const [item] = knownAnswers
      if (item === undefined) return false
      one.record(item, item.expected, clock.now())
      clock.advance(minuteMs)
      await one.step()
      const other = replica(store)
      await other.step()
      return other.standing().n === n + 1 && found.every((kind) => kind === 'bad entry')
    }),
    fuzz('known_results', 20261129),
  )
  t.ok(taken > 0, `${taken} of a form that counts`)
})
