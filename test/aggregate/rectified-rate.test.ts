import t from 'tap'
import { hajek } from '../../src/aggregate/hajek.ts'
import { rectifiedRate, type StratumSums } from '../../src/aggregate/rectified-rate.ts'
import { wilson } from '../../src/aggregate/wilson.ts'

/** mulberry32 */
const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let x = Math.imul(state ^ (state >>> 15), 1 | state)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296
  }
}

interface Item {
  cheap: 0 | 1
  better: 0 | 1
  probability: number
}

const sums = (eligible: readonly [number, number], items: readonly Item[]): StratumSums => {
  const cell = (cheap: 0 | 1, better: 0 | 1) => {
    const inside = items.filter((item) => item.cheap === cheap && item.better === better)
    return {
      weights: inside.reduce((sum, { probability }) => sum + 1 / probability, 0),
      squares: inside.reduce((sum, { probability }) => sum + 1 / probability ** 2, 0),
    }
  }
  return {
    eligible,
    graded: [
      [cell(0, 0), cell(0, 1)],
      [cell(1, 0), cell(1, 1)],
    ],
  }
}

t.test('one stratum and few grades: the cheap rate plus the Hajek mean of the errors', (t) => {
  const items: Item[] = [
    { cheap: 1, better: 1, probability: 0.5 },
    { cheap: 1, better: 0, probability: 0.25 },
    { cheap: 0, better: 0, probability: 0.1 },
    { cheap: 0, better: 1, probability: 0.5 },
    { cheap: 0, better: 0, probability: 0.5 },
  ]
  const errors = hajek(
    items.map(({ cheap, better, probability }) => ({ value: better - cheap, probability })),
  )
  const rate = rectifiedRate([sums([70, 30], items)])
  // 0.3 + (2 - 4) / 20
  t.equal(rate?.est, 0.3 + (errors?.mean ?? 0))
  t.ok(Math.abs((rate?.est ?? 0) - 0.2) < 1e-12)
  t.ok(Math.abs((rate?.effectiveN ?? 0) - (errors?.effectiveN ?? 0)) < 1e-12)
  t.end()
})

t.test('everything graded: the rate itself, and no wider than its own interval', (t) => {
  const one = { probability: 1 } as const
  const items: Item[] = [
    ...Array<Item>(30).fill({ ...one, cheap: 1, better: 1 }),
    ...Array<Item>(20).fill({ ...one, cheap: 1, better: 0 }),
    ...Array<Item>(50).fill({ ...one, cheap: 0, better: 0 }),
  ]
  const rate = rectifiedRate([sums([50, 50], items)])
  t.ok(Math.abs((rate?.est ?? 0) - 0.3) < 1e-12)
  const { lo = 0, hi = 0 } = wilson(30, 100) ?? {}
  t.ok(Math.abs((rate?.lo ?? 0) - lo) < 0.02 && Math.abs((rate?.hi ?? 0) - hi) < 0.02)
  t.end()
})

t.test('no disagreement among a few is not certainty', (t) => {
  const items = Array<Item>(10).fill({ cheap: 0, better: 0, probability: 0.01 })
  const { est = 0, lo = 0, hi = 0 } = rectifiedRate([sums([800, 200], items)]) ?? {}
  t.equal(est, 0.2)
  t.ok(hi - lo > 0.3, `${lo} to ${hi}`)
  t.end()
})

t.test('a stratum of which nothing was graded widens by its share', (t) => {
  const items = Array<Item>(200).fill({ cheap: 0, better: 0, probability: 0.25 })
  const graded = sums([800, 0], items)
  const width = (share: number): number => {
    const size = (800 * share) / (1 - share)
    const { lo = 0, hi = 0 } = rectifiedRate([graded, sums([size, 0], [])]) ?? {}
    return hi - lo
  }
  t.ok(width(0.5) > 0.4 && width(0.02) < 0.1, `${width(0.5)} ${width(0.02)}`)
  t.equal(rectifiedRate([sums([10, 10], [])]), undefined)
  t.equal(rectifiedRate([]), undefined)
  t.end()
})

/** A judge that over-calls refusals where it is sure and guesses where it is not. */
const strata = [
  { share: 0.85, rate: 0.12, sensitivity: 0.8, specificity: 0.93, probability: 0.05 },
  { share: 0.15, rate: 0.6, sensitivity: 0.55, specificity: 0.5, probability: 0.6 },
]
const planted = strata.reduce((sum, { share, rate }) => sum + share * rate, 0)

function drawn(random: () => number, n: number, lost: readonly number[]) {
  const made = strata.map(() => ({ eligible: [0, 0] as [number, number], items: [] as Item[] }))
  for (let i = 0; i < n; i++) {
    const which = random() < 0.85 ? 0 : 1
    const [stratum, into] = [strata[which], made[which]]
    if (stratum === undefined || into === undefined) throw new Error('no stratum')
    const better = random() < stratum.rate ? 1 : 0
    const says = better === 1 ? stratum.sensitivity : 1 - stratum.specificity
    const cheap = random() < says ? 1 : 0
    into.eligible[cheap]++
    // The chance drifts with the traffic, as it does when rates are planned anew.
    const probability = Math.min(1, stratum.probability * (i % 2 === 0 ? 0.5 : 1.5))
    if (random() < probability && random() >= (lost[which] ?? 0)) {
      into.items.push({ cheap, better, probability })
    }
  }
  return rectifiedRate(made.map(({ eligible, items }) => sums(eligible, items)))
}

t.test('95 % limits hold the planted rate in at least 93 % of runs', (t) => {
  const runs = 400
  for (const [n, lost] of [
    [4000, [0, 0]],
    [600, [0, 0]],
    [4000, [0.1, 0.7]],
  ] as const) {
    const random = seeded(n + lost[1] * 10)
    let covered = 0
    let sum = 0
    let smallest = Number.POSITIVE_INFINITY
    for (let run = 0; run < runs; run++) {
      const rate = drawn(random, n, lost)
      if (rate === undefined) continue
      if (rate.lo <= planted && planted <= rate.hi) covered++
      sum += rate.est
      smallest = Math.min(smallest, rate.effectiveN)
    }
    t.ok(covered >= 0.93 * runs, `n ${n}, lost ${lost.join('/')}: ${covered} of ${runs}`)
    t.ok(Math.abs(sum / runs - planted) < 0.01, `mean ${sum / runs}, planted ${planted}`)
    t.ok(smallest > 5, `effective n ${smallest}`)
  }
  t.end()
})

t.test('the judge on board alone would be wrong by more than a point', (t) => {
  const said = strata.reduce(
    (sum, { share, rate, sensitivity, specificity }) =>
      sum + share * (rate * sensitivity + (1 - rate) * (1 - specificity)),
    0,
  )
  t.ok(Math.abs(said - planted) > 0.01, `${said} ${planted}`)
  t.end()
})
