/**
 * Runs a plan: so many deliveries at a time, each asked, scored and handed on. It ends early when the
 * account is refused, when nothing can be reached, at its deadline or on a signal, and says so; what
 * was not asked then is counted, never guessed.
 */
import type { Clock } from '../clock.ts'
import { type Delivered, deliver } from './deliver.ts'
import { createIdleQueue } from './idle-queue.ts'
import { deliveryKey, type Finished } from './run-file.ts'
import type { Delivery, RunPlan } from './run-plan.ts'
import { byRule, type Outcome, type ScorerDeps } from './scorers/scorer.ts'
import { score } from './scorers/scorers.ts'
import type { StopReason, Target } from './target.ts'

export interface RunOptions {
  plan: RunPlan
  concurrency: number
  /** Of the whole run; undefined: none. */
  deadlineMs: number | undefined
  /** By `deliveryKey`: not asked again. */
  finished: ReadonlyMap<string, Finished>
}

export interface RunDeps {
  target: Target
  scorer: ScorerDeps
  clock: Clock
  signal: AbortSignal
  /** After each delivery, in the order they end. */
  delivered(delivery: Delivery, what: Delivered, outcome: Outcome): void
  progress?: (done: number, total: number) => void
}

export interface Scored {
  delivery: Delivery
  outcome: Outcome
}

export const endReasons = ['done', 'aborted', 'deadline', 'unreachable'] as const
export type EndReason = (typeof endReasons)[number] | StopReason

export interface RunResult {
  /** In the order of the plan; without those that were never asked. */
  scored: readonly Scored[]
  ended: EndReason
  notAsked: number
  /** Taken from an earlier part of the run. */
  resumed: number
}

/** Failures in a row, of the transport alone, that end a run. */
const unreachableAfter = 20
const transportFailures: ReadonlySet<string> = new Set(['connect', 'tls'])
/** Answers that may wait to be scored, for each exchange at a time. */
const unscoredMax = 4

export async function runProbes(options: RunOptions, deps: RunDeps): Promise<RunResult> {
  const { deliveries } = options.plan
  const { clock, signal } = deps
  const outcomes = new Map<number, Outcome>()
  const waiting: number[] = []
  for (const [i, { probe, condition }] of deliveries.entries()) {
    const known = options.finished.get(deliveryKey(probe.id, condition.key))
    if (known === undefined) waiting.push(i)
    else outcomes.set(i, known.outcome)
  }
  const resumed = outcomes.size
  const concurrency = Math.max(1, options.concurrency)
  const end = options.deadlineMs === undefined ? undefined : clock.monotonic() + options.deadlineMs
  const scoring = createIdleQueue(unscoredMax * concurrency)
  let ended: EndReason = 'done'
  let unreachable = 0
  let next = 0

  const mayGoOn = (): boolean => {
    if (ended !== 'done') return false
    if (signal.aborted) ended = 'aborted'
    else if (end !== undefined && clock.monotonic() >= end) ended = 'deadline'
    return ended === 'done'
  }
  const one = async (index: number, delivery: Delivery): Promise<void> => {
    const what = await deliver(delivery.probe, deps.target)
    // What the end of the run cut off is not an error of the system under test.
    if (signal.aborted && what.kind === 'failed') return
    if (what.kind === 'answered') unreachable = 0
    else if (what.stop !== undefined) ended = what.stop
    else if (transportFailures.has(what.reason) && ++unreachable >= unreachableAfter) {
      ended = 'unreachable'
    }
    await scoring.add(async () => {
      const outcome = await outcomeOf(what, deps.scorer)
      outcomes.set(index, outcome)
      deps.delivered(delivery, what, outcome)
      deps.progress?.(outcomes.size, deliveries.length)
    })
  }
  const worker = async (): Promise<void> => {
    while (next < waiting.length && mayGoOn()) {
      const index = waiting[next++]
      const delivery = index === undefined ? undefined : deliveries[index]
      if (index !== undefined && delivery !== undefined) await one(index, delivery)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  await scoring.drained()
  const scored = deliveries.flatMap((delivery, i): Scored[] => {
    const outcome = outcomes.get(i)
    return outcome === undefined ? [] : [{ delivery, outcome }]
  })
  if (signal.aborted && outcomes.size < deliveries.length && ended === 'done') ended = 'aborted'
  return { scored, ended, notAsked: deliveries.length - scored.length, resumed }
}

async function outcomeOf(what: Delivered, deps: ScorerDeps): Promise<Outcome> {
  if (what.kind === 'answered') return score(what.transcript, deps)
  return { ...byRule('refusal', 'error', { reason: what.reason }), judge: 'none', version: '1' }
}
