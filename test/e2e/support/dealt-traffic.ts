/**
 * Planted traffic of English and one other language over the fifteen live cells, dealt at random over
 * replicas that pair, hand over and are folded by the shipped functions, without store and clock.
 */
import { createSpec } from '../../../src/drift/detector-spec.ts'
import { emptyFleet, type FleetState } from '../../../src/drift/fleet-state.ts'
import { foldFleet } from '../../../src/drift/fold.ts'
import { judgedRate } from '../../../src/drift/growth.ts'
import { LivePairing, type LiveSample, refusalGap } from '../../../src/drift/live-pairing.ts'
import { hourMs, playHour } from '../../../src/drift/simulation/planted-traffic.ts'
import { createRandom } from '../../../src/drift/simulation/random.ts'
import { addToDetector, emptyPart, handOverTo } from '../../../src/drift/tick-part.ts'
import { cells, type DepthBucket, type Format } from '../../../src/exchange/stratum.ts'

export interface DealtTraffic {
  replicas: number
  /** Samples of the other language; English has 2,000. */
  perDay: number
  days: number
  /** Of the judged rate of the other language, from the start. */
  fall?: number
  seed: number
  run: number
}

export interface DealtOutcome {
  /** Made by single replicas, and at the fold. */
  live: number
  atFold: number
  differences: number
  alarmed: boolean
}

/** Most traffic is in few cells; the other language goes deeper, so an unmatched pair would tell. */
const shares = [22, 14, 10, 6, 4, 10, 7, 5, 3, 2, 6, 4, 3, 2, 2] as const
const otherShares = [14, 14, 14, 8, 6, 8, 7, 6, 5, 3, 4, 4, 3, 2, 2] as const
const rateIn = (cell: number): number => (cell % 5 < 2 ? 0.95 : 0.8)
const judge = { sensitivity: 0.9, specificity: 0.95 }

/** The cell of a place in [0, 1). */
export const cellAt = (place: number, language: 'en' | 'x'): number => {
  const of = language === 'en' ? shares : otherShares
  let left = place * 100
  const found = of.findIndex((share) => {
    left -= share
    return left < 0
  })
  return found < 0 ? of.length - 1 : found
}

const set = 'should_refuse'
export const sampleAt = (
  language: 'en' | 'x',
  at: number,
  draw: number,
  place: number,
  fall = 0,
): LiveSample => {
  const cell = cellAt(place, language)
  const [format, depth] = (cells[cell] ?? '').split('/') as [Format, DepthBucket]
  const rate = judgedRate(rateIn(cell), judge) - (language === 'x' ? fall : 0)
  return { language, set, format, depth, at, refused: draw < rate }
}

/** A for which 5 % of runs of so many days may raise an alarm. */
const thresholdOf = (days: number): number => (days * 24) / 0.05

/** g0 is the true gap, 0: the case with the most false alarms. */
const spec = createSpec(
  {
    metric: refusalGap.metric,
    null: 'drift',
    language: 'x',
    set,
    g0: 0,
    source: 'configured',
  },
  { model: 'm', suiteVersion: 'live', judgeVersion: '1' },
)

export const dealTraffic = (plan: DealtTraffic): DealtOutcome => {
  const { replicas, perDay, days, fall, seed, run } = plan
  const traffic = createRandom(seed, run)
  const deal = createRandom(seed + 1, run)
  const all = Array.from({ length: replicas }, () => ({
    pairing: new LivePairing({ languages: ['x'], sets: [set] }),
    part: emptyPart(),
  }))
  const outcome: DealtOutcome = { live: 0, atFold: 0, differences: 0, alarmed: false }
  const offer = (language: 'en' | 'x') => (at: number, draw: number, place: number) => {
    const one = all[deal.below(replicas)]
    for (const pair of one?.pairing.offer(sampleAt(language, at, draw, place, fall)) ?? []) {
      outcome.live++
      if (one !== undefined) addToDetector(one.part, spec, pair.difference)
    }
  }
  const sink = { english: offer('en'), other: offer('x') }
  const options = {
    threshold: thresholdOf(days),
    quietTicks: 72,
    forgetTicks: 720,
    gapDetector: () => spec,
  }
  let fleet: FleetState = emptyFleet
  for (let hour = 0; hour < days * 24; hour++) {
    playHour(hour, { englishPerDay: 2000, otherPerDay: perDay }, traffic, sink)
    for (const one of all) handOverTo(one.part, one.pairing.handOver((hour + 1) * hourMs - 1))
    const parts = new Map(all.map(({ part }, i) => [`writer-${i}`, part]))
    const folded = foldFleet(fleet, hour, parts, options)
    if (folded === undefined) throw new Error(`hour ${hour} was folded before`)
    fleet = folded.fleet
    outcome.atFold += folded.paired.length
    for (const one of all) one.part = emptyPart()
  }
  const state = fleet.detectors.get(spec.id)
  outcome.differences = state?.differences ?? 0
  outcome.alarmed = (state?.episodes ?? 0) > 0
  return outcome
}
