/**
 * Canaries: runs of the probe set on a schedule, by whichever replica holds the lease. `step` is called
 * again and again, and never waits for a run; a run never outlives the lease, the stop switch or the
 * budget. All that is known here of the fleet comes from the shared store.
 */
import type { Clock } from '../../clock.ts'
import type { RunState } from '../../drift/run-fold.ts'
import type { BudgetLeft } from '../../spend/limits.ts'
import type { StoreError } from '../../state/store.ts'
import {
  type CanaryRun,
  type CanaryRunDeps,
  type CanaryRunOptions,
  runCanaries,
} from './canary-run.ts'
import type { Lease } from './lease.ts'
import type { ProbeState } from './probe-state.ts'
import type { PurseBudget } from './purse-budget.ts'
import type { DueOptions } from './schedule.ts'
import type { Stop, StopSwitch } from './stop-switch.ts'

export interface CanariesOptions extends Omit<CanaryRunOptions, 'dueAt'> {
  due: DueOptions
  /** How often the store is looked at. */
  refreshMs: number
}

export interface CanariesDeps
  extends Pick<
    CanaryRunDeps,
    'target' | 'scorer' | 'judgeAgain' | 'specs' | 'forks' | 'inline' | 'fresh'
  > {
  lease: Lease
  stopSwitch: StopSwitch
  budget: PurseBudget
  state: ProbeState
  clock: Clock
  onError: (error: StoreError) => void
  /** Before anything is spent: a run that was begun must not be begun again after a crash. */
  claimed: () => Promise<void>
  ended: (run: CanaryRun) => void
  /** A fault of this program ended a run; the next one is due as ever. */
  failed: () => void
}

export interface CanariesReport {
  leads: boolean
  running: boolean
  stop: Stop | undefined
  /** Undefined: the store did not answer. */
  runs: RunState | undefined
  left: readonly BudgetLeft[] | undefined
}

export interface Canaries {
  /** One call at a time; a call while one runs does nothing. */
  step: () => Promise<void>
  report: () => CanariesReport
  /** Looks at the store again, after a change of it. */
  refresh: () => Promise<void>
  /** Resolves when no run is on its way. */
  settled: () => Promise<void>
  close: () => Promise<void>
}

export const createCanaries = (options: CanariesOptions, deps: CanariesDeps): Canaries => {
  const { lease, stopSwitch, budget, state, clock, onError } = deps
  const closing = new AbortController()
  let stepping: Promise<void> | undefined
  let run: Promise<void> | undefined
  let refreshedAt = Number.NEGATIVE_INFINITY
  let runs: RunState | undefined
  let left: readonly BudgetLeft[] | undefined

  const refresh = async (): Promise<void> => {
    refreshedAt = clock.monotonic()
    await stopSwitch.step()
    const view = await state.view()
    if (view.ok) runs = view.value
    else onError(view.error)
    left = await budget.left()
  }
  const begin = async (dueAt: number): Promise<void> => {
    try {
      deps.ended(
        await runCanaries(
          { ...options, dueAt },
          { ...deps, fence: () => lease.held(), signal: closing.signal },
        ),
      )
    } catch {
      deps.failed()
    }
    if (!closing.signal.aborted) await refresh()
  }
  const step = async (): Promise<void> => {
    await lease.step()
    if (clock.monotonic() - refreshedAt >= options.refreshMs) await refresh()
    const fence = lease.held()
    if (fence === undefined || run !== undefined || stopSwitch.current() !== undefined) return
    const claimed = await state.claim(fence, clock.now(), options.due)
    if (!claimed.ok) return onError(claimed.error)
    if (!claimed.value.recorded || claimed.value.value === undefined) return
    await deps.claimed()
    if (closing.signal.aborted) return
    run = begin(claimed.value.value).finally(() => {
      run = undefined
    })
  }
  return {
    refresh,
    step() {
      stepping ??= step().finally(() => {
        stepping = undefined
      })
      return stepping
    },
    report: () => ({
      leads: lease.held() !== undefined,
      running: run !== undefined,
      stop: stopSwitch.current(),
      runs,
      left,
    }),
    settled: async () => run,
    async close() {
      closing.abort()
      await stepping
      await run
      await lease.release()
    },
  }
}
