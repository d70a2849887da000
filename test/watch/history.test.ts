import t from 'tap'
import {
  historyJson,
  joinHistories,
  readHistory,
  readHistoryJson,
} from '../../src/watch/history.ts'
import { createOperator } from '../../src/watch/operator.ts'
import { drivenClock, hourMs, memoryStore, replica, settings } from './set-up.ts'

const historySettings = { ...settings, languages: ['en', 'bn'], requestSets: true }

/** Ticks 1000 and 1002 have data; 1001 has dropped exchanges alone. */
async function threeHours() {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const one = replica({ clock, store })
  await one.watch.step()
  for (let hour = 0; hour < 3; hour++) {
    if (hour === 1) {
      one.watch.dropped('judge', 'runtime')
      one.watch.dropped('judge', 'runtime')
    } else {
      one.add({ language: 'en' })
      one.add({ language: 'bn', refused: hour === 0 })
    }
    await one.watch.step()
    clock.advance(hourMs)
    await one.watch.step()
  }
  clock.advance(200_000)
  await one.watch.step()
  return { clock, store, one }
}

t.test('what was dropped in a tick stands in its record, beside no verdicts', async (t) => {
  const { store } = await threeHours()
  const read = await readHistory(store, historySettings, { from: 1000, to: undefined })
  if (!read.ok) return t.fail(read.error)
  const { records, toTick, unreadable } = read.history
  t.strictSame(
    records.map(({ tick, behaviour }) => [
      tick,
      behaviour.cells.size,
      Object.fromEntries(behaviour.dropped),
    ]),
    [
      [1000, 2, {}],
      [1001, 0, { 'judge:runtime': 2 }],
      [1002, 2, {}],
    ],
  )
  t.equal(toTick, 1002)
  t.equal(unreadable, 0)
})

t.test('a history is read back from its JSON as it was, and pages join to the whole', async (t) => {
  const { store } = await threeHours()
  const page = async (from: number, to: number) => {
    const read = await readHistory(store, historySettings, { from, to })
    if (!read.ok) throw new Error(read.error)
    const back = readHistoryJson(JSON.parse(JSON.stringify(historyJson(read.history))))
    t.strictSame(back && historyJson(back), historyJson(read.history))
    return read.history
  }
  const whole = await page(1000, 1002)
  const joined = joinHistories([await page(1000, 1001), await page(1002, 1002)])
  t.strictSame(joined && historyJson(joined), historyJson(whole))
  t.equal(readHistoryJson({ ...historyJson(whole), tick_ms: 0 }), undefined)
  t.equal(readHistoryJson({ ...historyJson(whole), records: ['{}'] }), undefined)
})

t.test('an operator gets a page of it, and is told when it asks for too much', async (t) => {
  const { clock, store, one } = await threeHours()
  const ask = createOperator({
    watch: one.watch,
    settings,
    judgeVersion: 'judge 1',
    clock,
    history: (from, to) => readHistory(store, historySettings, { from, to }),
  })
  const answer = await ask({ kind: 'history', from: 1000 * hourMs, to: 1002 * hourMs })
  const read = answer.ok ? readHistoryJson(answer.body) : undefined
  t.strictSame(
    read?.records.map(({ tick }) => tick),
    [1000, 1001, 1002],
  )
  t.match(await ask({ kind: 'history', from: 0, to: 1000 * hourMs }), {
    ok: false,
    failure: 'bad_request',
    reason: 'more than 200 ticks: ask for them page by page',
  })
})
