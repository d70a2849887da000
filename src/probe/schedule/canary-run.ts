/**
 * One run of the probe set, from a due time to detectors. It is complete when everything was asked and
 * nearly every answer came; anything less feeds no detector, and says why.
 */
import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { DetectorSpec } from '../../drift/detector-spec.ts'
import type { FoldRunOptions } from '../../drift/run-fold.ts'
import type { ProbeRunOutcome } from '../../exchange/probe-run.ts'
import { gradedJudgeId } from '../../judge/graded-judge.ts'
import type { StoreError } from '../../state/store.ts'
import type { ForkPair } from '../fork/fork-run.ts'
import type { RunPlan } from '../run-plan.ts'
import { type RunResult, runProbes, type Scored } from '../run-probes.ts'
import type { RunAnswer } from '../run-record.ts'
import type { Outcome, ScorerDeps } from '../scorers/scorer.ts'
import type { Target } from '../target.ts'
import type { JudgedAgain } from './judge-again.ts'
import type { Fence } from './lease.ts'
import type { Halt } from './metered-target.ts'
import type { ProbeSet } from './probe-set.ts'
import type { ProbeState } from './probe-state.ts'
import { createRunAnswers } from './run-answers.ts'
import { addControl, addForks, addRun, createSums } from './run-differences.ts'

export interface CanaryRunOptions {
  set: ProbeSet
  dueAt: number
  concurrency: number
  deadlineMs: number
  fold: FoldRunOptions
  /** Names the judges that score and are judged again. */
  judgeVersion: string
}

export interface CanaryRunDeps {
  /** @param run value of the marker */
  target: (run: string, halted: (why: Halt) => void) => Target
  scorer: ScorerDeps
  judgeAgain: () => Promise<JudgedAgain[]>
  /** Asks what is held turn by turn through the data port; undefined: nothing is. */
  inline: ((run: string) => Promise<readonly Scored[]>) | undefined
  /** Items beside the anchors, which feed no detector; undefined: there is no rotation. */
  fresh:
    | {
        epoch: (dueAt: number) => number
        plan: (dueAt: number, exposures: string | undefined) => RunPlan
        exposed: (exposures: string | undefined, scored: readonly Scored[]) => string
      }
    | undefined
  /** Undefined: forks are off. */
  forks: ((run: string, result: RunResult) => Promise<ForkPair[]>) | undefined
  specs: readonly DetectorSpec[]
  state: ProbeState
  fence: () => Fence | undefined
  clock: Clock
  signal: AbortSignal
  onError: (error: StoreError) => void
}

export interface CanaryRun {
  id: string
  outcome: ProbeRunOutcome
  result: RunResult
  opened: readonly string[]
  forks: readonly ForkPair[]
  inline: readonly Scored[]
  fresh: readonly Scored[]
  /** Of anchors and fresh items, for rows of the profile. */
  answers: ReadonlyMap<string, RunAnswer>
}

/** Answers that did not come; more of them, and the pairs that are left may have been chosen by it. */
const errorShareMax = 0.05

export const canaryRunId = ({ version }: ProbeSet, dueAt: number): string =>
  `run_${createHash('sha256').update(`${version} ${dueAt}`).digest('hex').slice(0, 16)}`

export async function runCanaries(
  options: CanaryRunOptions,
  deps: CanaryRunDeps,
): Promise<CanaryRun> {
  const { set, dueAt } = options
  const id = canaryRunId(set, dueAt)
  const stop = new AbortController()
  let halt: Halt | undefined
  const target = deps.target(id, (why) => {
    halt ??= why
    stop.abort()
  })
  const answers = createRunAnswers(set, () => deps.clock.now())
  const ask = async (plan: RunPlan, epoch?: number): Promise<RunResult> =>
    await runProbes(
      {
        plan,
        concurrency: options.concurrency,
        deadlineMs: options.deadlineMs,
        finished: new Map(),
      },
      {
        target,
        scorer: deps.scorer,
        clock: deps.clock,
        signal: AbortSignal.any([deps.signal, stop.signal]),
        delivered: (delivery, what, outcome) => answers.add(delivery, what, outcome, epoch),
      },
    )
  const result = await ask(set.plan)
  const ended = halt ?? outcomeOf(result, set.plan)
  const nothing = { opened: [], forks: [], inline: [], fresh: [], answers: answers.all() }
  if (ended !== 'complete') return { id, outcome: ended, result, ...nothing }
  const fresh = await askFresh(ask, dueAt, deps)
  const inline = (await deps.inline?.(id)) ?? []
  const forks = (await deps.forks?.(id, result)) ?? []
  const folded = await record({ id, result, forks, options, deps })
  const { outcome, opened } = folded
  return { id, outcome, result, opened, forks, inline, fresh, answers: answers.all() }
}

/** What was asked is counted, whatever came back: the system has seen it. */
async function askFresh(
  ask: (plan: RunPlan, epoch: number) => Promise<RunResult>,
  dueAt: number,
  { fresh, state, fence, onError }: CanaryRunDeps,
): Promise<readonly Scored[]> {
  if (fresh === undefined) return []
  const kept = await state.exposures()
  if (!kept.ok) {
    onError(kept.error)
    return []
  }
  const { scored } = await ask(fresh.plan(dueAt, kept.value), fresh.epoch(dueAt))
  const held = fence()
  if (held === undefined || scored.length === 0) return scored
  const exposed = await state.expose(held, (now) => fresh.exposed(now, scored))
  if (!exposed.ok) onError(exposed.error)
  return scored
}

/** A grade that did not come leaves its item out; it says nothing of which answers came. */
const isUnanswered = ({ score, judge }: Outcome): boolean =>
  score === 'error' && !judge.startsWith(`${gradedJudgeId}/`)

export function outcomeOf({ ended, notAsked, scored }: RunResult, plan: RunPlan): ProbeRunOutcome {
  if (ended === 'deadline' || ended === 'unreachable') return ended
  if (ended === 'aborted') return 'lease_lost'
  if (ended !== 'done') return 'stopped'
  const errors = scored.filter(({ outcome }) => isUnanswered(outcome)).length
  return notAsked > 0 || errors > errorShareMax * plan.deliveries.length ? 'incomplete' : 'complete'
}

interface Recording {
  id: string
  result: RunResult
  forks: readonly ForkPair[]
  options: CanaryRunOptions
  deps: CanaryRunDeps
}

const lost = { outcome: 'lease_lost', opened: [] } as const
const away = { outcome: 'store_away', opened: [] } as const

async function record({
  id,
  result,
  forks,
  options,
  deps,
}: Recording): Promise<Pick<CanaryRun, 'outcome' | 'opened'>> {
  const { state } = deps
  const sums = createSums(deps.specs)
  addRun(sums, result.scored, options.set.plan.base.key)
  addForks(sums, forks)
  const again = await deps.judgeAgain()
  const fence = deps.fence()
  if (fence === undefined) return lost
  const verdicts = new Map(again.map((one) => [one.id, one.refused]))
  const referred = await state.refer(fence, options.judgeVersion, verdicts)
  if (!referred.ok) {
    deps.onError(referred.error)
    return away
  }
  if (!referred.value.recorded) return lost
  const reference = referred.value.value.reference.get(options.judgeVersion)
  for (const { id: transcript, language, refused } of again) {
    const first = reference?.get(transcript)
    if (first !== undefined) addControl(sums, language, first, refused)
  }
  const run = { id, dueAt: options.dueAt, sums: sums.sums }
  const folded = await state.fold(fence, run, options.fold)
  if (!folded.ok) {
    deps.onError(folded.error)
    return away
  }
  if (!folded.value.recorded) return lost
  return { outcome: 'complete', opened: folded.value.value?.opened ?? [] }
}
