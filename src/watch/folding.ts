/**
 * Which ticks are due, and folding them, each once over all replicas: this one folds what nobody has folded
 * yet, and reads again what another one has.
 */
import type { Clock } from '../clock.ts'
import type { FoldedFleet } from '../drift/fold.ts'
import type { Store, Stored } from '../state/store.ts'
import type { FleetStore } from './fleet-store.ts'
import type { HeldTicks } from './held-ticks.ts'
import { openTicks } from './ticks.ts'

export const heldTicksMax = 48

interface FoldingOptions {
  fleet: FleetStore
  held: HeldTicks
  store: Pick<Store, 'upForMs'>
  clock: Clock
  graceMs: number
  /** The last tick that is folded, as far as this replica knows. */
  foldedTick(): number | undefined
  /** Whether it went well; counts a failure. */
  isDone: <T>(result: Stored<T>) => result is { ok: true; value: T }
  /** @returns false where nothing is known yet that it could be a change of */
  onFolded(tick: number, folded: FoldedFleet): boolean
  /** Reads the store again. */
  refresh: () => Promise<boolean>
}

export interface Folding {
  isDue(closable: number | undefined): closable is number
  /** @returns false where the store failed */
  through(closable: number): Promise<boolean>
  /** The store has lost what it held: nothing is folded on less until others have put back what they know. */
  awaitRestored(): void
  isRestoring(): boolean
  /** Two ticks behind: nobody folds. */
  isOverdue(closable: number | undefined): boolean
}

export function createFolding(options: FoldingOptions): Folding {
  const { fleet, held, store, clock, graceMs, isDone, refresh } = options
  let foldedThrough = Number.NEGATIVE_INFINITY
  let restoringUntil = Number.NEGATIVE_INFINITY

  const isRestoring = (): boolean => clock.monotonic() < restoringUntil

  /** Adds those of the ticks that somebody has a part of; false where the store does not say. */
  const look = async (ticks: readonly number[], found: Set<number>): Promise<boolean> => {
    for (const tick of ticks) {
      if (found.has(tick)) continue
      const has = await fleet.hasParts(tick)
      if (!isDone(has)) return false
      if (has.value) found.add(tick)
    }
    return true
  }
  const ticksToFold = async (closable: number): Promise<number[] | undefined> => {
    const open = openTicks(options.foldedTick(), closable, heldTicksMax)
    const found = new Set(open.filter((tick) => held.has(tick)))
    const after = open.filter((tick) => tick > foldedThrough)
    if (!(await look(after, found))) return undefined
    // Folding passes over the ticks before, so they are looked at once more: a clock that is ahead
    // has seen them empty too early.
    const last = Math.max(...found)
    const before = open.filter((tick) => tick <= foldedThrough && tick < last)
    return (await look(before, found)) ? [...found].sort((a, b) => a - b) : undefined
  }

  return {
    isRestoring,
    isDue: (closable): closable is number =>
      closable !== undefined &&
      closable > foldedThrough &&
      !isRestoring() &&
      // After an outage the others get their time to write what they held.
      (store.upForMs() ?? 0) >= graceMs,
    async through(closable) {
      const due = await ticksToFold(closable)
      if (due === undefined) return false
      let byOthers = false
      for (const tick of due) {
        const result = await fleet.fold(tick, held.part(tick))
        if (!isDone(result)) return false
        const { kind } = result.value
        if (kind === 'lost' || kind === 'claimed') return await refresh()
        if (result.value.kind !== 'folded' || !options.onFolded(tick, result.value.folded)) {
          byOthers = true
        }
      }
      foldedThrough = closable
      return byOthers ? await refresh() : true
    },
    awaitRestored() {
      restoringUntil = clock.monotonic() + graceMs
      foldedThrough = Number.NEGATIVE_INFINITY
    },
    isOverdue: (closable) =>
      closable !== undefined && Number.isFinite(foldedThrough) && closable - foldedThrough > 2,
  }
}
