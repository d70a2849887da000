/**
 * What the fleet remembers of its runs: which due time was taken last, and what the complete runs have
 * taught the detectors. Every write is fenced: a holder that has been replaced changes nothing.
 */
import { acknowledge } from '../../drift/e-detector.ts'
import {
  emptyRunState,
  type FoldedRun,
  type FoldedRunInput,
  type FoldRunOptions,
  foldRun,
  type RunState,
  readRunState,
  runStateText,
  withReference,
} from '../../drift/run-fold.ts'
import { fieldsOf, isTick, parseJson } from '../../drift/stored-values.ts'
import type { Seen, Store, Stored, Writes } from '../../state/store.ts'
import { probeKeptMs, probeKeys } from './keys.ts'
import { type Fence, fenceKeys, mayRecord } from './lease.ts'
import { type DueOptions, dueNow } from './schedule.ts'

export interface ProbeStateOptions {
  store: Pick<Store, 'transact' | 'read'>
  onBadEntry: () => void
}

export type Recorded<T> = { recorded: true; value: T } | { recorded: false }

export interface ProbeState {
  view: () => Promise<Stored<RunState>>
  /** Takes the due time, if there is one; undefined: none is. */
  claim: (
    fence: Fence,
    now: number,
    due: DueOptions,
  ) => Promise<Stored<Recorded<number | undefined>>>
  /** undefined: it had been folded, or a later one had. */
  fold: (
    fence: Fence,
    run: FoldedRunInput,
    options: FoldRunOptions,
  ) => Promise<Stored<Recorded<FoldedRun | undefined>>>
  /** The verdicts that a judge is held to from now on; those that it was held to before stay. */
  refer: (
    fence: Fence,
    judge: string,
    verdicts: ReadonlyMap<string, boolean>,
  ) => Promise<Stored<Recorded<RunState>>>
  /** How often fresh items have been asked, as it was kept; undefined: nothing is. */
  exposures: () => Promise<Stored<string | undefined>>
  /** @param next from what is kept to what will be */
  expose: (
    fence: Fence,
    next: (kept: string | undefined) => string,
  ) => Promise<Stored<Recorded<undefined>>>
  /** By an operator. False: the detector has no open episode. */
  acknowledge: (detector: string) => Promise<Stored<boolean>>
}

const version = 1

const claimText = (dueAt: number): string => JSON.stringify({ version, dueAt })

const readClaim = (text: string | undefined): number | undefined => {
  const fields = text === undefined ? undefined : fieldsOf(parseJson(text))
  const dueAt = fields?.get('dueAt')
  return fields?.get('version') === version && isTick(dueAt) ? dueAt : undefined
}

export const createProbeState = ({ store, onBadEntry }: ProbeStateOptions): ProbeState => {
  const stateIn = ({ values }: Pick<Seen, 'values'>): RunState => {
    const text = values.get(probeKeys.state)
    const read = text === undefined ? emptyRunState : readRunState(text)
    if (read === undefined) onBadEntry()
    return read ?? emptyRunState
  }
  const kept = (key: string, value: string) => ({ key, value, ttlMs: probeKeptMs })
  const keptState = (state: RunState) => kept(probeKeys.state, runStateText(state))
  const watch = { values: [probeKeys.state, probeKeys.claim, ...fenceKeys], parts: [] }
  const exposureWatch = { values: [probeKeys.exposures, ...fenceKeys], parts: [] }
  const fenced = <T>(
    fence: Fence,
    decide: (seen: Seen) => { value: T; set?: NonNullable<Writes['set']> },
  ): Promise<Stored<Recorded<T>>> =>
    store.transact<Recorded<T>>(watch, (seen) => {
      if (!mayRecord(seen, fence)) return { result: { recorded: false } }
      const { value, set } = decide(seen)
      const result = { recorded: true, value } as const
      return set === undefined ? { result } : { result, writes: { set } }
    })
  return {
    async view() {
      const read = await store.read([probeKeys.state])
      return read.ok ? { ok: true, value: stateIn({ values: read.value }) } : read
    },
    claim: (fence, now, options) =>
      fenced<number | undefined>(fence, (seen) => {
        const due = dueNow(now, readClaim(seen.values.get(probeKeys.claim)), options)
        if (due.kind === 'wait') return { value: undefined }
        const claimed = kept(probeKeys.claim, claimText(due.dueAt))
        if (due.kind === 'due') return { value: due.dueAt, set: [claimed] }
        const state = stateIn(seen)
        const ahead = state.dueAt !== undefined && state.dueAt > due.dueAt
        // Runs from a wrong future would keep all true ones from being folded.
        const set = ahead ? [claimed, keptState({ ...state, dueAt: due.dueAt })] : [claimed]
        return { value: undefined, set }
      }),
    fold: (fence, run, options) =>
      fenced<FoldedRun | undefined>(fence, (seen) => {
        const folded = foldRun(stateIn(seen), run, options)
        return folded === undefined
          ? { value: undefined }
          : { value: folded, set: [keptState(folded.state)] }
      }),
    refer: (fence, judge, verdicts) =>
      fenced<RunState>(fence, (seen) => {
        const state = withReference(stateIn(seen), judge, verdicts)
        return { value: state, set: [keptState(state)] }
      }),
    async exposures() {
      const read = await store.read([probeKeys.exposures])
      return read.ok ? { ok: true, value: read.value.get(probeKeys.exposures) } : read
    },
    expose: (fence, next) =>
      store.transact<Recorded<undefined>>(exposureWatch, (seen) => {
        if (!mayRecord(seen, fence)) return { result: { recorded: false } }
        const text = next(seen.values.get(probeKeys.exposures))
        return {
          result: { recorded: true, value: undefined },
          writes: { set: [kept(probeKeys.exposures, text)] },
        }
      }),
    acknowledge: (detector) =>
      store.transact<boolean>(watch, (seen) => {
        const state = stateIn(seen)
        const known = state.detectors.get(detector)
        if (known?.episode === undefined) return { result: false }
        const detectors = new Map(state.detectors).set(detector, acknowledge(known))
        return { result: true, writes: { set: [keptState({ ...state, detectors })] } }
      }),
  }
}
