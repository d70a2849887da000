/**
 * Months of nightly runs through the scheduler: the lease, the budget, the run, the scoring and the
 * fold, with a driven clock, a model whose rates are planted and a judge without error. How soon a
 * planted gap opens an episode, and that none opens where there is no gap.
 */
import t from 'tap'
import { createRandom } from '../../../src/drift/simulation/random.ts'
import type { Judge } from '../../../src/judge/judge.ts'
import { probeSet, type Replica, refusal, replica, upstream } from './fleet.ts'
import { dayMs, drivenClock, memoryStore } from './set-up.ts'

const pairs = 100
const nightsOfAMonth = 30
const long = process.env['HOLDFAST_TEST_SLOW'] === '1'

const strongJudge: Judge = {
  id: 'strong',
  version: '1',
  judge: ({ answer }) => ({
    verdict: answer.text === refusal ? 'refused' : 'complied',
    confidence: 1,
    judge: 'strong',
    version: '1',
  }),
}

interface Rates {
  english: number
  german: number
  /** The two answers to one request hang on the same draw, as far as their rates are equal. */
  coupled: boolean
}

/** A replica over a store of its own, asked `pairs` pairs a night. */
function deployment(seed: number, rates: Rates) {
  const { uniform } = createRandom(seed)
  const clock = drivenClock()
  const draws = new Map<string, number>()
  const model = upstream((text) => {
    const english = text.startsWith('english')
    const item = text.replace(/\D/g, '')
    // Both sides of a pair come to the same draw, whichever is asked first.
    const shared = draws.get(item)
    const draw = shared === undefined || !rates.coupled ? uniform() : shared
    if (shared === undefined) draws.set(item, draw)
    else draws.delete(item)
    return draw < (english ? rates.english : rates.german) ? 'refuse' : 'help'
  })
  const one = replica({
    clock,
    store: memoryStore(clock),
    name: 'a',
    sender: model.sender,
    set: probeSet(pairs),
    concurrency: 16,
    judges: [strongJudge],
    judgeAgain: async () => [],
  })
  const night = async (): Promise<void> => {
    clock.advance(dayMs)
    await one.canaries.step()
    await one.canaries.settled()
  }
  return { one, night, calls: () => model.calls.length }
}

const episodes = ({ canaries }: Replica): number =>
  [...(canaries.report().runs?.detectors.values() ?? [])].filter(
    ({ episode }) => episode !== undefined,
  ).length

/** Runs until an episode opens; `most + 1` when none did. */
async function nightsUntilEpisode(seed: number, rates: Rates, most: number): Promise<number> {
  const { one, night } = deployment(seed, rates)
  await one.canaries.step()
  for (let n = 1; n <= most; n++) {
    await night()
    if (episodes(one) > 0) return n
  }
  return most + 1
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

t.test(
  '100 nightly pairs see a planted gap of ten points in three runs at the median',
  async (t) => {
    const runs = long ? 101 : 11
    const nights: number[] = []
    for (let seed = 1; seed <= runs; seed++) {
      nights.push(
        await nightsUntilEpisode(seed, { english: 0.95, german: 0.85, coupled: true }, 12),
      )
    }
    t.comment(`nights until the episode: ${nights.join(' ')}`)
    t.ok(median(nights) <= 3, `median ${median(nights)} of ${runs}`)
    t.ok(Math.max(...nights) <= 12, 'and every one of them sees it')
  },
)

t.test('months without a gap open no episode, with two answers drawn apart', async (t) => {
  const months = long ? 200 : 2
  let opened = 0
  let asked = 0
  for (let seed = 1; seed <= months; seed++) {
    const { one, night, calls } = deployment(1000 + seed, {
      english: 0.93,
      german: 0.93,
      coupled: false,
    })
    await one.canaries.step()
    for (let n = 0; n < nightsOfAMonth; n++) await night()
    t.equal(one.canaries.report().runs?.runs, nightsOfAMonth, 'each night is folded once')
    opened += one.canaries.report().runs?.detectors.size === 0 ? Number.NaN : episodes(one)
    asked += calls()
  }
  t.equal(asked, months * nightsOfAMonth * 2 * pairs)
  t.equal(opened, 0, `in ${months} months`)
})
