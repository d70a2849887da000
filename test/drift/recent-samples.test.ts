import t from 'tap'
import { RecentSamples } from '../../src/drift/recent-samples.ts'

const none = { sum: 0, count: 0 }

void t.test('samples leave between 55 minutes and an hour after they came', async (t) => {
  const recent = new RecentSamples(3_600_000)
  recent.add(0, 1)
  recent.add(299_999, 0)
  t.same(recent.since(none, 3_599_999), { sum: 1, count: 2 })
  t.same(recent.since(none, 3_600_000), none)
  recent.add(3_600_000, 1)
  t.same(recent.since(none, 3_600_000), { sum: 1, count: 1 })
  t.equal(recent.count, 3)
})

void t.test('a mark leaves out what came before it', async (t) => {
  const recent = new RecentSamples(3_600_000)
  recent.add(0, 1)
  const mark = recent.now()
  t.same(recent.since(mark, 1), none)
  recent.add(2, 1)
  recent.add(400_000, 0)
  t.same(recent.since(mark, 400_000), { sum: 1, count: 2 })
  t.same(recent.since(mark, 3_700_000), { sum: 0, count: 1 })
})

void t.test('a window without length throws', async (t) => {
  t.throws(() => new RecentSamples(0), RangeError)
})
