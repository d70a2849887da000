import * as fc from 'fast-check'
import t from 'tap'
import { createSharedVerdicts, type SharedVerdicts } from '../../src/stages/shared-verdicts.ts'
import type { Store } from '../../src/state/store.ts'
import { fuzz } from '../fuzz-runs.ts'
import { drivenClock, hourMs, memoryStore, monday } from '../probe/schedule/set-up.ts'

const minuteMs = 60_000
const key = 'judge:verdicts:v1'
const hourOfMonday = `${key}:${Math.floor(monday / hourMs)}`
const verdict = { language: 'de', set: 'unclassified', family: 'f', isRefusal: true } as const

function setUp() {
  const clock = drivenClock()
  const found: string[] = []
  let holders = 0
  return {
    clock,
    found,
    replica: (store?: Pick<Store, 'read' | 'transact' | 'isUp'>): SharedVerdicts =>
      createSharedVerdicts({
        store,
        key,
        holder: `holder-${++holders}`,
        languages: new Set(['de', 'bn']),
        onError: (error) => found.push(error),
        onBadEntry: () => found.push('bad entry'),
        clock,
      }),
    async look(...all: SharedVerdicts[]): Promise<void> {
      for (const one of [...all, ...all]) {
        clock.advance(minuteMs)
        await one.step()
      }
    },
  }
}

t.test('verdicts of a day are summed by key, and leave with their hour', (t) => {
  const { clock, replica } = setUp()
  const one = replica()
  one.add(verdict)
  clock.advance(hourMs)
  one.add({ ...verdict, isRefusal: false })
  one.add({ ...verdict, language: 'bn' })
  const counts = () => one.counts().map(({ language, refused, n }) => [language, refused, n])
  t.strictSame(counts(), [
    ['de', 1, 2],
    ['bn', 1, 1],
  ])
  clock.advance(23 * hourMs)
  t.strictSame(counts(), [
    ['de', 0, 1],
    ['bn', 1, 1],
  ])
  clock.advance(hourMs)
  t.strictSame(counts(), [])
  t.end()
})

t.test('a clock set back loses nothing of the day', (t) => {
  const { clock, replica } = setUp()
  const one = replica()
  one.add(verdict)
  clock.step(-3 * hourMs)
  one.add(verdict)
  t.equal(one.counts()[0]?.n, 2)
  t.end()
})

t.test('replicas report all of them, and one that starts finds the day', async (t) => {
  const { clock, replica, look, found } = setUp()
  const store = memoryStore(clock)
  const [a, b] = [replica(store), replica(store)]
  for (let i = 0; i < 10; i++) a.add({ ...verdict, isRefusal: i < 4 })
  for (let i = 0; i < 5; i++) b.add({ ...verdict, family: 'other' })
  b.add({ ...verdict, language: 'xx' })
  await look(a, b)
  clock.advance(5 * hourMs)
  const late = replica(store)
  await late.step()
  for (const one of [a, b, late]) {
    t.strictSame(one.counts(), [
      { language: 'de', set: 'unclassified', family: 'f', refused: 4, n: 10 },
      { language: 'de', set: 'unclassified', family: 'other', refused: 5, n: 5 },
    ])
  }
  t.strictSame(found, [])
})

t.test('what lies there is read like input from a network', async (t) => {
  const { clock, replica, found } = setUp()
  const store = memoryStore(clock)
  const row = '["de","unclassified","f",1,2]'
  const bad = [
    row.replace('"f"', 'null'),
    row.replace('"de"', '3'),
    row.replace('1,2', '3,2'),
    row.replace('1,2', '-1,2'),
    row.replace('1,2', '0.5,2'),
    row.replace(',2', ''),
    row.replace(',2', ',2,2'),
    '{}',
    Array.from({ length: 2001 }, () => row).join(),
  ]
  for (const rows of bad) {
    found.length = 0
    await store.set(hourOfMonday, `{"version":1,"tellers":[],"rows":[${rows}]}`, 86_400_000)
    const one = replica(store)
    await one.step()
    t.strictSame([found, one.counts()], [['bad entry'], []], rows.slice(0, 100))
  }
  found.length = 0
  const unknown = row.replace('unclassified', 'of another version')
  await store.set(hourOfMonday, `{"version":1,"tellers":[],"rows":[${row},${unknown}]}`, 86_400_000)
  const one = replica(store)
  await one.step()
  t.match([found, one.counts()], [[], [{ n: 2 }]], 'sets that are not known here are left out')
})

const mostly = <T>(arbitrary: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary }, { weight: 1, arbitrary: odd })
const anyRow = fc.tuple(
  mostly(fc.constantFrom('de', 'bn'), fc.string()),
  mostly(fc.constantFrom('benign', 'unclassified'), fc.string()),
  fc.string(),
  mostly(fc.nat(5), fc.double()),
  mostly(fc.integer({ min: 5, max: 1000 }), fc.double()),
)
const anyText = fc.oneof(
  fc
    .array(anyRow, { maxLength: 4 })
    .map((rows) => JSON.stringify({ version: 1, tellers: [], rows })),
  fc.json(),
  fc.string(),
)

t.test('whatever lies there, counts are counts, and what is seen next is told', async (t) => {
  let taken = 0
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const { clock, replica, look, found } = setUp()
      const store = memoryStore(clock)
      await store.set(hourOfMonday, text, 86_400_000)
      const one = replica(store)
      await one.step()
      const before = one.counts()
      if (before.length > 0) taken++
      if (!before.every(({ refused, n }) => 0 <= refused && refused <= n)) return false
      one.add({ ...verdict, family: 'a family of its own' })
      await look(one)
      const other = replica(store)
      await other.step()
      const told = other.counts().find(({ family }) => family === 'a family of its own')
      return told?.n === 1 && found.every((kind) => kind === 'bad entry')
    }),
    fuzz('known_verdicts', 20261129),
  )
  t.ok(taken > 0, `${taken} of a form that counts`)
})
