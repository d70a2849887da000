/**
 * Clocks that step by an hour, a day or a year, of the whole fleet or of one replica, there and back: nothing is
 * folded twice, what is lost is counted, and evidence goes on. Time is driven.
 */
import t from 'tap'
import { type DrivenClock, hourMs, memoryStore, replica } from '../watch/set-up.ts'

const minuteMs = 60_000
const dayMs = 24 * hourMs

/** A wall clock of one's own on a monotonic clock of all. */
const clockOn = (shared: { ms: number }): DrivenClock => {
  let offset = 1000 * hourMs
  return {
    now: () => shared.ms + offset,
    monotonic: () => shared.ms,
    advance(ms) {
      shared.ms += ms
    },
    step(ms) {
      offset += ms
    },
  }
}

interface Outcome {
  pairs: number
  folded: number
  late: number
  /** Ticks with data that were folded in the last four hours of traffic. */
  foldedAtLast: number
  jumps: number
}

/** A pair on each of three replicas every ten minutes, a step of each every minute. */
async function run(stepMs: number, stepped: number, isBack: boolean): Promise<Outcome> {
  const shared = { ms: 0 }
  const clocks = [0, 1, 2].map(() => clockOn(shared))
  const [first] = clocks
  if (first === undefined) throw new Error('no clock')
  const store = memoryStore(first)
  const all = clocks.map((clock) => replica({ clock, store }))
  const pass = async (ms: number, isTraffic: boolean): Promise<void> => {
    for (let minute = 0; minute < ms / minuteMs; minute++) {
      for (const one of all) {
        if (isTraffic && minute % 10 === 0) {
          one.add({ language: 'en' })
          one.add({ language: 'bn', refused: minute % 60 > 0 })
        }
        await one.watch.step()
      }
      first.advance(minuteMs)
    }
  }
  const activeTicks = (): number =>
    [...(all[0]?.watch.report().view?.fleet.detectors.values() ?? [])][0]?.activeTicks ?? 0
  await pass(4 * hourMs, true)
  for (const clock of clocks.slice(0, stepped)) clock.step(stepMs)
  await pass(4 * hourMs, true)
  if (isBack) for (const clock of clocks.slice(0, stepped)) clock.step(-stepMs)
  await pass(4 * hourMs, true)
  const before = activeTicks()
  await pass(4 * hourMs, true)
  const foldedAtLast = activeTicks() - before
  await pass(4 * hourMs, false)
  for (const one of all) await one.watch.refresh()
  const folded = new Set(
    all.map(({ watch }) =>
      [...(watch.report().view?.fleet.detectors.values() ?? [])].reduce(
        (sum, { differences }) => sum + differences,
        0,
      ),
    ),
  )
  if (folded.size !== 1) throw new Error('the replicas do not agree')
  const sum = (of: (counted: (typeof all)[number]['counted']) => number): number =>
    all.reduce((total, { counted }) => total + of(counted), 0)
  return {
    pairs: sum(({ pairs }) => pairs),
    folded: [...folded][0] ?? 0,
    late: sum(({ late }) => late),
    foldedAtLast,
    jumps: sum(({ jumps }) => jumps),
  }
}

/** Sixteen hours, six times an hour, three replicas; the first minute of each is under way. */
const pairsAll = 16 * 6 * 3

for (const [name, stepMs] of [
  ['an hour on', hourMs],
  ['an hour back', -hourMs],
  ['a day on', dayMs],
  ['a day back', -dayMs],
  ['a year on', 365 * dayMs],
] as const) {
  for (const stepped of [3, 1]) {
    for (const isBack of Math.abs(stepMs) === dayMs ? [true, false] : [true]) {
      const who = stepped === 3 ? 'all clocks' : 'one clock of three'
      t.test(`${who} ${name}${isBack ? ' and back' : ''}`, async (t) => {
        const outcome = await run(stepMs, stepped, isBack)
        t.comment(JSON.stringify(outcome))
        const { pairs, folded, late, foldedAtLast, jumps } = outcome
        t.equal(jumps, stepped * (isBack ? 2 : 1))
        t.ok(pairs <= pairsAll && pairs > 0.9 * pairsAll, `${pairs} pairs of ${pairsAll}`)
        t.equal(2 * folded + late, 2 * pairs, 'every pair is folded once, or counted as late')
        t.ok(late <= 0.02 * 2 * pairs, `${late} samples late`)
        t.ok(foldedAtLast >= 3, `${foldedAtLast} ticks of the last four hours`)
      })
    }
  }
}
