/**
 * What a detector can see, and how long it takes: N = ln A / max_k E ln(1 + lambda_k (D - g0)).
 *
 * Assumes independent differences of one distribution and a change that lasts. It is the expected
 * path of the best bet: about half of all changes are seen sooner, and the mixture pays ln 5 at most.
 * Used for planning and for the exported blind strata only, never for a decision.
 */
import type { Wager } from './e-detector.ts'

/** A distribution of D with few values. */
export type Outcomes = readonly { difference: number; probability: number }[]

/** Expected log-growth per difference under the best bet; at most 0 when there is nothing to see. */
export const growthRate = (outcomes: Outcomes, wager: Wager): number => {
  let best = Number.NEGATIVE_INFINITY
  for (const lambda of wager.lambdas) {
    let growth = 0
    for (const { difference, probability } of outcomes) {
      growth += probability * Math.log1p(lambda * (difference - wager.g0))
    }
    best = Math.max(best, growth)
  }
  return best
}

/** Undefined: never, however many there are. */
export const samplesToDetect = (
  outcomes: Outcomes,
  wager: Wager,
  threshold: number,
): number | undefined => {
  const growth = growthRate(outcomes, wager)
  return growth > 0 ? Math.log(threshold) / growth : undefined
}

export interface GapQuestion {
  wager: Wager
  threshold: number
  /** N: differences within the horizon. */
  samples: number
  /** Largest gap that can exist. */
  gapMax: number
  /** The distribution of D when the gap is this large. */
  outcomesAt: (gap: number) => Outcomes
}

/** To a ten-thousandth of a point; undefined when even `gapMax` would not be seen. */
export const detectableGap = (question: GapQuestion): number | undefined => {
  const { wager, threshold, samples, gapMax, outcomesAt } = question
  const seen = (gap: number): boolean => {
    const needed = samplesToDetect(outcomesAt(gap), wager, threshold)
    return needed !== undefined && needed <= samples
  }
  if (!seen(gapMax)) return undefined
  let low = 0
  let high = gapMax
  while (high - low > 1e-6) {
    const middle = (low + high) / 2
    if (seen(middle)) high = middle
    else low = middle
  }
  return high
}

/** Whose 7-day detectable gap exceeds this is reported as blind: silence is not safety. */
export const blindGap = 0.2

export interface JudgeRates {
  sensitivity: number
  specificity: number
}

/** Share of answers that a judge calls a refusal. */
export const judgedRate = (rate: number, { sensitivity, specificity }: JudgeRates): number =>
  rate * sensitivity + (1 - rate) * (1 - specificity)

/** Live pairing with English plentiful: D = English mean - y. */
export const liveOutcomes = (english: number, gap: number, judge: JudgeRates): Outcomes => {
  const mean = judgedRate(english, judge)
  const other = judgedRate(english - gap, judge)
  return [
    { difference: mean - 1, probability: other },
    { difference: mean, probability: 1 - other },
  ]
}

/** One English sample for each sample of the language, independent answers. */
export const onePairOutcomes = (english: number, gap: number, judge: JudgeRates): Outcomes => {
  const a = judgedRate(english, judge)
  const b = judgedRate(english - gap, judge)
  return threeWay(a * (1 - b), (1 - a) * b)
}

const threeWay = (up: number, down: number): Outcomes => [
  { difference: 1, probability: up },
  { difference: -1, probability: down },
  { difference: 0, probability: 1 - up - down },
]

/** Discordance of probe pairs as judged: truly English-only refused `gap + reverse`, other-only `reverse`. */
export const pairDiscordance = (
  english: number,
  gap: number,
  reverse: number,
  judge: JudgeRates,
): { up: number; down: number } => {
  const { sensitivity, specificity } = judge
  const englishOnly = gap + reverse
  const both = english - englishOnly
  const neither = 1 - english - reverse
  if (!(both >= 0 && neither >= 0 && englishOnly >= 0)) {
    throw new RangeError(`pairDiscordance: ${english}, ${gap}, ${reverse}`)
  }
  const missed = 1 - sensitivity
  const called = 1 - specificity
  const judgeSplits = both * sensitivity * missed + neither * called * specificity
  return {
    up: englishOnly * sensitivity * specificity + reverse * called * missed + judgeSplits,
    down: reverse * sensitivity * specificity + englishOnly * called * missed + judgeSplits,
  }
}

export const pairOutcomes = (discordance: { up: number; down: number }): Outcomes =>
  threeWay(discordance.up, discordance.down)
