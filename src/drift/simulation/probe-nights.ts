/** Nightly probe runs until the shipped detector speaks: the median over seeded simulations. */
import { probeDifference } from '../probe-pairs.ts'
import { createRandom } from './random.ts'
import { Watched } from './watched.ts'

export interface ProbeNights {
  pairsPerRun: number
  /** Shares of pairs that are discordant either way, as judged. */
  up: number
  down: number
  g0: number
  threshold: number
  seed: number
}

const simulations = 200

/** Undefined: in half of the simulations not within `nightsMax`. */
export const medianNights = (plan: ProbeNights, nightsMax = 90): number | undefined => {
  const nights: number[] = []
  for (let run = 0; run < simulations; run++) {
    const random = createRandom(plan.seed, run)
    const detector = new Watched(plan.g0, plan.threshold)
    for (let night = 0; night < nightsMax && detector.firstAt === undefined; night++) {
      for (let pair = 0; pair < plan.pairsPerRun; pair++) {
        const draw = random.uniform()
        const up = draw < plan.up
        detector.add(probeDifference(up, !up && draw < plan.up + plan.down))
      }
      detector.close(night)
    }
    nights.push(detector.firstAt === undefined ? Number.POSITIVE_INFINITY : detector.firstAt + 1)
  }
  const median = nights.sort((a, b) => a - b)[simulations / 2]
  return median === undefined || median === Number.POSITIVE_INFINITY ? undefined : median
}
