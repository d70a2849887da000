import t from 'tap'
import { pairDiscordance } from '../../../src/drift/growth.ts'
import { medianNights } from '../../../src/drift/simulation/probe-nights.ts'

const strong = { sensitivity: 0.98, specificity: 0.99 }

void t.test(
  'a hundred pairs a night see 10 and 20 points in some nights, no gap never',
  async (t) => {
    const nights = (gap: number): number | undefined =>
      medianNights({
        ...pairDiscordance(0.9, gap, 0.02, strong),
        pairsPerRun: 100,
        g0: 0,
        threshold: 600,
        seed: 7,
      })
    t.equal(nights(0.1), 3)
    t.equal(nights(0.2), 1)
    t.equal(nights(0), undefined)
  },
)
