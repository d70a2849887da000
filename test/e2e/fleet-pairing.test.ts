/**
 * Traffic that is dealt over many replicas gives the pairs of one process, and no more false alarms.
 * HOLDFAST_TEST_FLEET_RUNS multiplies the runs; the tables of docs/statistics.md are of 20.
 */
import t from 'tap'
import { playHour } from '../../src/drift/simulation/planted-traffic.ts'
import { createRandom } from '../../src/drift/simulation/random.ts'
import { drivenClock, hourMs, memoryStore, replica, settings } from '../watch/set-up.ts'
import { type DealtOutcome, dealTraffic, sampleAt } from './support/dealt-traffic.ts'

const times = Number(process.env['HOLDFAST_TEST_FLEET_RUNS'] ?? 1)
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** A month; a third of one where only few runs are made. */
const days = times > 1 ? 30 : 10

const runsOf = (replicas: number, perDay: number, runs: number, fall = 0): DealtOutcome[] =>
  Array.from({ length: runs }, (_, run) =>
    dealTraffic({ replicas, perDay, days, fall, seed: 7, run }),
  )

for (const perDay of [200, 2000]) {
  t.test(`of ${perDay} samples a day as many are paired as in one process`, async (t) => {
    const runs = Math.max(2, times)
    const meanOf = (outcomes: readonly DealtOutcome[], of: (one: DealtOutcome) => number) =>
      outcomes.reduce((sum, one) => sum + of(one), 0) / outcomes.length
    const single = meanOf(runsOf(1, perDay, runs), ({ differences }) => differences)
    for (const replicas of times > 1 ? [3, 10, 50] : [3, 10]) {
      const outcomes = runsOf(replicas, perDay, runs)
      for (const { live, atFold, differences } of outcomes) t.equal(differences, live + atFold)
      const kept = meanOf(outcomes, ({ differences }) => differences) / single
      const alone = meanOf(outcomes, ({ live }) => live) / single
      t.ok(kept >= 0.9, `${replicas} replicas keep ${percent(kept)}`)
      t.comment(
        `${replicas} replicas, ${perDay} a day: ${percent(kept)} of ${single.toFixed(0)} pairs, ` +
          `${percent(alone)} before the fold, n = ${runs} times ${days} days`,
      )
    }
  })
}

/** More alarms than these of so many runs at 5 % would come up in one of a hundred tries. */
const alarmsMax = (runs: number): number => Math.ceil(0.05 * runs + 2.4 * Math.sqrt(0.0475 * runs))

for (const [replicas, perDay, runsEach] of [
  [3, 200, 10],
  [10, 200, 10],
  [10, 2000, 5],
] as const) {
  t.test(`${replicas} replicas, ${perDay} a day: false alarms keep the bound of 5 %`, async (t) => {
    const runs = runsEach * times
    const alarms = runsOf(replicas, perDay, runs).filter(({ alarmed }) => alarmed).length
    t.ok(alarms <= alarmsMax(runs), `${alarms} of ${runs}`)
    t.comment(
      `${replicas} replicas, ${perDay} a day: ${alarms} of ${runs} times ${days} days with an alarm`,
    )
  })
}

t.test('a fall of 20 points is seen by ten replicas all the same', async (t) => {
  const seen = runsOf(10, 200, 3, 0.2).filter(({ alarmed }) => alarmed).length
  t.equal(seen, 3)
})

/** The whole watch: replicas on one store that write, read and fold. */
async function watched(replicas: number, perDay: number, hours: number) {
  const clock = drivenClock()
  const store = memoryStore(clock)
  const all = Array.from({ length: replicas }, () =>
    replica({ clock, store, languages: ['en', 'x'], settings: { ...settings, historyDays: 1 } }),
  )
  for (const one of all) await one.watch.step()
  const traffic = createRandom(7, 1)
  const deal = createRandom(8, 1)
  const from = clock.now()
  for (let hour = 0; hour < hours; hour++) {
    const offer = (language: 'en' | 'x') => (at: number, draw: number, place: number) => {
      clock.advance(Math.max(0, from + at - clock.now()))
      const { format, depth, refused } = sampleAt(language, at, draw, place)
      all[deal.below(replicas)]?.add({ language, format, depth, refused })
    }
    const sink = { english: offer('en'), other: offer('x') }
    playHour(hour, { englishPerDay: 2000, otherPerDay: perDay }, traffic, sink)
    clock.advance(Math.max(0, from + (hour + 1) * hourMs - 1 - clock.now()))
    for (const one of all) await one.watch.step()
    clock.advance(150_001)
    for (const one of all) await one.watch.step()
  }
  clock.advance(2 * hourMs)
  for (const one of all) await one.watch.step()
  clock.advance(2 * hourMs)
  for (const one of all) await one.watch.step()
  for (const one of all) await one.watch.refresh()
  const [state] = all[0]?.watch.report().view?.fleet.detectors.values() ?? []
  const pairs = all.reduce((sum, { counted }) => sum + counted.pairs, 0)
  const late = all.reduce((sum, { counted }) => sum + counted.late, 0)
  return { pairs, late, folded: state?.differences ?? 0 }
}

t.test('the same through watches on one store, each pair counted and folded once', async (t) => {
  const single = await watched(1, 200, 48)
  t.strictSame(single, { pairs: single.pairs, late: 0, folded: single.pairs })
  for (const replicas of [3, 10]) {
    const { pairs, late, folded } = await watched(replicas, 200, 48)
    t.equal(late, 0)
    t.equal(folded, pairs)
    t.ok(pairs >= 0.9 * single.pairs, `${replicas} replicas: ${pairs} of ${single.pairs}`)
    t.comment(`${replicas} watches: ${pairs} of ${single.pairs} pairs`)
  }
})
