import t from 'tap'
import { liveModel } from '../../src/drift/live-model.ts'
import { LivePairing } from '../../src/drift/live-pairing.ts'
import { playHour } from '../../src/drift/simulation/planted-traffic.ts'
import { createRandom } from '../../src/drift/simulation/random.ts'

const judge = { sensitivity: 1, specificity: 1 }

void t.test('the model gives the number, mean and spread that live pairing gives', async (t) => {
  for (const [englishPerDay, otherPerDay] of [
    [2000, 200],
    [1000, 1000],
    [500, 1500],
  ] as const) {
    const model = liveModel({ englishPerDay, otherPerDay, cells: 1 }, 0.8, 0.1, judge)
    const live = new LivePairing({ languages: ['x'], sets: ['s'] })
    const found = { count: 0, sum: 0, squares: 0 }
    const offer = (language: string, rate: number) => (at: number, draw: number) => {
      const refused = draw < rate
      const sample = { language, set: 's', format: 'chat', depth: '1', at, refused } as const
      for (const { difference } of live.offer(sample)) {
        found.count++
        found.sum += difference
        found.squares += difference ** 2
      }
    }
    const random = createRandom(5)
    const sink = { english: offer('en', 0.8), other: offer('x', 0.7) }
    const days = 60
    for (let hour = 0; hour < 24 * days; hour++) {
      playHour(hour, { englishPerDay, otherPerDay }, random, sink)
    }
    const moment = (power: number): number =>
      model.outcomes.reduce((sum, one) => sum + one.probability * one.difference ** power, 0)
    const label = `${englishPerDay} / ${otherPerDay}`
    t.ok(Math.abs(moment(0) - 1) < 1e-9, label)
    t.ok(Math.abs(moment(1) - 0.1) < 1e-9, label)
    t.ok(Math.abs(found.count / days / model.differencesPerDay - 1) < 0.03, label)
    t.ok(Math.abs(found.sum / found.count - 0.1) < 0.02, label)
    t.ok(Math.abs(found.squares / found.count / moment(2) - 1) < 0.05, label)
  }
})

void t.test('rare English leaves samples without a pair', async (t) => {
  const perDay = (cells: number): number =>
    liveModel({ englishPerDay: 20, otherPerDay: 20, cells }, 0.8, 0.1, judge).differencesPerDay
  t.ok(perDay(1) > perDay(3) && perDay(3) > 0)
  t.throws(
    () => liveModel({ englishPerDay: 0, otherPerDay: 1, cells: 1 }, 0.8, 0, judge),
    RangeError,
  )
})
