/**
 * The Shiryaev-Roberts e-detector (Shin, Ramdas and Rinaldo 2023, "E-detectors: a nonparametric
 * framework for sequential change detection"), a mixture over five bets, closed once per tick.
 *
 * Assumes of a difference D only that it lies in [-1, 1] and that its mean, given all that came
 * before, is at most g0 while nothing has changed. No base rate, no stationarity, no independence
 * between detectors. Then P(an episode opens within H active ticks) <= H / A, and the expected
 * number of crossings in H active ticks is at most H / A, for a g0 that was configured. A learned
 * g0 adds its own error: learned-null.ts.
 */

export const defaultBets: readonly number[] = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 9 / 10]

/** Active ticks without a further crossing after which an episode closes by itself. */
export const episodeQuietTicks = 72

export interface Wager {
  /** Largest mean of D that counts as no change; in (-1, 1). */
  readonly g0: number
  readonly lambdas: readonly number[]
}

/** Each bet is in (0, 1): the share of what stands that the worst difference can take. */
export const createWager = (g0: number, bets: readonly number[] = defaultBets): Wager => {
  if (!(g0 > -1 && g0 < 1)) throw new RangeError(`createWager: g0 of ${g0}`)
  if (bets.length === 0 || !bets.every((bet) => bet > 0 && bet < 1)) {
    throw new RangeError(`createWager: bets of ${bets.join(', ')}`)
  }
  return { g0, lambdas: bets.map((bet) => bet / (1 + g0)) }
}

/** What one tick has gathered: W of each bet, and how many differences. Sums over replicas. */
export interface TickSum {
  count: number
  logWealth: number[]
}

export const emptyTick = (wager: Wager): TickSum => ({
  count: 0,
  logWealth: wager.lambdas.map(() => 0),
})

/** Adds in place: this runs once per sample. Throws outside of [-1, 1], where no bound holds. */
export const addDifference = (sum: TickSum, wager: Wager, difference: number): void => {
  if (!(difference >= -1 && difference <= 1)) {
    throw new RangeError(`addDifference: ${difference} is outside of [-1, 1]`)
  }
  const excess = difference - wager.g0
  const { lambdas } = wager
  const { logWealth } = sum
  for (let k = 0; k < lambdas.length; k++) {
    logWealth[k] = (logWealth[k] ?? 0) + Math.log1p((lambdas[k] ?? 0) * excess)
  }
  sum.count++
}

/** In any order, with the same result but for rounding. */
export const mergeTicks = (sums: readonly TickSum[], wager: Wager): TickSum => {
  const merged = emptyTick(wager)
  for (const sum of sums) {
    if (sum.logWealth.length !== wager.lambdas.length) {
      throw new RangeError(`mergeTicks: ${sum.logWealth.length} bets`)
    }
    merged.count += sum.count
    for (const [k, w] of sum.logWealth.entries()) {
      merged.logWealth[k] = (merged.logWealth[k] ?? 0) + w
    }
  }
  return merged
}

export interface Episode {
  /** Tick that opened it. */
  openedAt: number
  /** Active ticks since the last crossing. */
  quietTicks: number
}

/** All that outlives a tick: plain JSON. */
export interface DetectorState {
  /** M of each bet. */
  wealth: number[]
  /** Number of the last folded tick; undefined before the first. */
  lastTick: number | undefined
  activeTicks: number
  differences: number
  /** Times that M reached A, those within an open episode included. */
  crossings: number
  episodes: number
  episode: Episode | undefined
}

export const initialState = (wager: Wager): DetectorState => freshState(wager.lambdas.length)

export const freshState = (bets: number): DetectorState => ({
  wealth: new Array<number>(bets).fill(0),
  lastTick: undefined,
  activeTicks: 0,
  differences: 0,
  crossings: 0,
  episodes: 0,
  episode: undefined,
})

export interface FoldOptions {
  /** A. */
  threshold: number
  quietTicks?: number
}

export type Folded =
  | { ok: true; state: DetectorState; opened: boolean; closed: boolean }
  /** The tick is not after the last folded one: folded already, or late. The state stays. */
  | { ok: false; reason: 'late' }

/** M = mean of M_k. */
export const evidenceOf = (state: DetectorState): number => {
  let sum = 0
  for (const m of state.wealth) sum += m
  return sum / state.wealth.length
}

const wealthAfter = (state: DetectorState, sum: TickSum): number[] =>
  state.wealth.map((m, k) => Math.exp(sum.logWealth[k] ?? 0) * (m + 1))

/** M that a tick reaches, before an episode that it opens starts again at 0. */
export const evidenceReached = (state: DetectorState, sum: TickSum): number =>
  evidenceOf({ ...state, wealth: wealthAfter(state, sum) })

/** Closes one tick. A tick without data changes nothing but its number. */
export const foldTick = (
  state: DetectorState,
  tick: number,
  sum: TickSum,
  options: FoldOptions,
): Folded => {
  const { threshold, quietTicks = episodeQuietTicks } = options
  if (!Number.isSafeInteger(tick)) throw new RangeError(`foldTick: tick ${tick}`)
  if (!(threshold > 1)) throw new RangeError(`foldTick: a threshold of ${threshold}`)
  if (sum.logWealth.length !== state.wealth.length) {
    throw new RangeError(`foldTick: ${sum.logWealth.length} bets`)
  }
  if (state.lastTick !== undefined && tick <= state.lastTick) return { ok: false, reason: 'late' }
  if (sum.count === 0) {
    return { ok: true, state: { ...state, lastTick: tick }, opened: false, closed: false }
  }
  const next: DetectorState = {
    wealth: wealthAfter(state, sum),
    lastTick: tick,
    activeTicks: state.activeTicks + 1,
    differences: state.differences + sum.count,
    crossings: state.crossings,
    episodes: state.episodes,
    episode: state.episode,
  }
  if (evidenceOf(next) >= threshold) return { ok: true, ...crossed(next, tick), closed: false }
  if (state.episode === undefined) return { ok: true, state: next, opened: false, closed: false }
  const quiet = state.episode.quietTicks + 1
  const closed = quiet >= quietTicks
  next.episode = closed ? undefined : { ...state.episode, quietTicks: quiet }
  return { ok: true, state: next, opened: false, closed }
}

/** Without the restart at 0 the bound would grow with time. */
const crossed = (state: DetectorState, tick: number): { state: DetectorState; opened: boolean } => {
  const opened = state.episode === undefined
  return {
    opened,
    state: {
      ...state,
      wealth: state.wealth.map(() => 0),
      crossings: state.crossings + 1,
      episodes: state.episodes + (opened ? 1 : 0),
      episode: { openedAt: state.episode?.openedAt ?? tick, quietTicks: 0 },
    },
  }
}

/** An operator closes the episode; evidence gathered since its last crossing is kept. */
export const acknowledge = (state: DetectorState): DetectorState => ({
  ...state,
  episode: undefined,
})

/** max(0, ln M) / ln A, at least 1 while an episode is open: page at >= 1. */
export const evidenceRatio = (state: DetectorState, threshold: number): number => {
  const ratio = Math.max(0, Math.log(evidenceOf(state))) / Math.log(threshold)
  return state.episode === undefined ? ratio : Math.max(1, ratio)
}
