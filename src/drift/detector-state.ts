/**
 * States and tick sums as they come back from a store: another process wrote them, or nobody knows
 * who. What is not exactly a state is refused as a whole, and the caller counts it.
 */
import type { DetectorState, Episode, TickSum } from './e-detector.ts'
import { fieldsOf, isCount, isTick } from './stored-values.ts'

/** `bets` numbers that pass. */
const numbers = (
  value: unknown,
  bets: number,
  fits: (n: number) => boolean,
): number[] | undefined => {
  if (!Array.isArray(value) || value.length !== bets) return undefined
  const read: number[] = []
  for (const item of value) {
    if (typeof item !== 'number' || !fits(item)) return undefined
    read.push(item)
  }
  return read
}

export const readTickSum = (value: unknown, bets: number): TickSum | undefined => {
  const fields = fieldsOf(value)
  const count = fields?.get('count')
  const logWealth = numbers(fields?.get('logWealth'), bets, Number.isFinite)
  if (!isCount(count) || logWealth === undefined) return undefined
  // A sum of nothing is 0: anything else was not written by a tick.
  if (count === 0 && logWealth.some((w) => w !== 0)) return undefined
  return { count, logWealth }
}

const readEpisode = (value: unknown): Episode | undefined => {
  const fields = fieldsOf(value)
  const openedAt = fields?.get('openedAt')
  const quietTicks = fields?.get('quietTicks')
  return isTick(openedAt) && isCount(quietTicks) ? { openedAt, quietTicks } : undefined
}

export const readDetectorState = (value: unknown, bets: number): DetectorState | undefined => {
  const fields = fieldsOf(value)
  if (fields === undefined) return undefined
  const wealth = numbers(fields.get('wealth'), bets, (m) => Number.isFinite(m) && m >= 0)
  const lastTick = fields.get('lastTick')
  const activeTicks = fields.get('activeTicks')
  const differences = fields.get('differences')
  const crossings = fields.get('crossings')
  const episodes = fields.get('episodes')
  const episode = fields.get('episode')
  const read = episode === undefined ? undefined : readEpisode(episode)
  if (wealth === undefined || (lastTick !== undefined && !isTick(lastTick))) return undefined
  if (!isCount(activeTicks) || !isCount(differences)) return undefined
  if (!isCount(crossings) || !isCount(episodes)) return undefined
  if (episode !== undefined && read === undefined) return undefined
  if (differences < activeTicks || crossings < episodes || crossings > activeTicks) return undefined
  return { wealth, lastTick, activeTicks, differences, crossings, episodes, episode: read }
}
