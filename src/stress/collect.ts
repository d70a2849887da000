/**
 * Transcripts: every task under every scaffold asked of every target, by the runner of probes. Targets
 * are asked side by side, so that the hour is the same for all. What an earlier part of the test
 * has is not asked again; what fails is written down with its reason and never guessed.
 */

import type { Clock } from '../clock.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { deliveryKey, type Finished } from '../probe/run-file.ts'
import { type EndReason, runProbes } from '../probe/run-probes.ts'
import { byRule } from '../probe/scorers/scorer.ts'
import {
  type Asked,
  createTarget,
  type Sender,
  type Target,
  type TargetOptions,
} from '../probe/target.ts'
import {
  type Amounts,
  noSpend,
  type Prices,
  plus,
  type Tokens,
  tokensFor,
  tokensUsed,
} from '../spend/limits.ts'
import type { Purse } from '../spend/purse.ts'
import { blindId } from './blind.ts'
import { type Grid, planFor } from './grid.ts'
import type { Journal, TranscriptEntry } from './journal.ts'

export interface StressTarget {
  /** Of this test; nobody but the operator reads it. */
  name: string
  options: Omit<TargetOptions, 'run'>
  prices: Prices | undefined
}

export interface CollectDeps {
  sender: Sender
  clock: Clock
  signal: AbortSignal
  purse: Purse
  journal: Journal
  /** For each target. */
  concurrency: number
  deadlineMs: number | undefined
  progress: (done: number, total: number) => void
}

export type CollectEnd = EndReason | 'budget_exhausted'

export interface Collected {
  transcripts: readonly TranscriptEntry[]
  /** By target: why its asking ended. */
  ended: ReadonlyMap<string, CollectEnd>
  /** By reason. */
  failures: ReadonlyMap<string, number>
  notAsked: number
  resumed: number
}

export const cellKey = (target: string, scaffold: string, task: string): string =>
  JSON.stringify([target, scaffold, task])

export async function collect(
  stress: { id: string; grid: Grid; seed: number },
  targets: readonly StressTarget[],
  deps: CollectDeps,
): Promise<Collected> {
  const known = deps.journal.entries.filter((entry) => entry.kind === 'transcript')
  const transcripts: TranscriptEntry[] = [...known]
  const failures = new Map<string, number>()
  const total = targets.length * stress.grid.tasks.length * stress.grid.scaffolds.length
  const keep = (entry: TranscriptEntry | string): void => {
    if (typeof entry === 'string') failures.set(entry, (failures.get(entry) ?? 0) + 1)
    else transcripts.push(entry)
    deps.progress(transcripts.length + sum(failures), total)
  }
  const runs = await Promise.all(
    targets.map(
      async (target) => [target.name, await ask(stress, target, known, keep, deps)] as const,
    ),
  )
  return {
    transcripts,
    ended: new Map(runs.map(([name, run]) => [name, run.ended])),
    failures,
    notAsked: runs.reduce((count, [, run]) => count + run.notAsked, 0),
    resumed: known.length,
  }
}

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((all, count) => all + count, 0)

async function ask(
  { id, grid, seed }: { id: string; grid: Grid; seed: number },
  target: StressTarget,
  known: readonly TranscriptEntry[],
  keep: (entry: TranscriptEntry | string) => void,
  deps: CollectDeps,
): Promise<{ ended: CollectEnd; notAsked: number }> {
  const { clock, journal } = deps
  const nameOf = new Map(grid.scaffolds.map(({ name, condition }) => [condition.key, name]))
  const halt = new AbortController()
  const spentOn = new WeakMap<Uint8Array, Amounts>()
  const metered = createMetered(target, id, deps, spentOn, () => halt.abort())
  const result = await runProbes(
    {
      plan: planFor(grid, target.name, seed),
      concurrency: deps.concurrency,
      deadlineMs: deps.deadlineMs,
      finished: finishedOf(grid, target.name, known),
    },
    {
      target: metered,
      // Graded afterwards, by judges that do not know what they read.
      scorer: { judges: [], graded: undefined, detectLanguage: () => 'und' },
      clock,
      signal: AbortSignal.any([deps.signal, halt.signal]),
      delivered({ probe, condition }, what) {
        const scaffold = nameOf.get(condition.key) ?? condition.key
        const common = {
          stress: id,
          at: new Date(clock.now()).toISOString(),
          spent: spendOf(what.asked, spentOn),
          target: target.name,
          scaffold,
          task: probe.id,
        }
        if (what.kind === 'failed') {
          journal.append({ kind: 'failed', ...common, reason: what.reason })
          keep(what.reason)
          return
        }
        const { last, answerText, exchanges } = what.transcript
        const entry: TranscriptEntry = {
          kind: 'transcript',
          ...common,
          id: blindId(seed, cellKey(target.name, scaffold, probe.id)),
          servedModel: last.servedModel ?? null,
          answer: answerText === '' ? last.answer.refusal : answerText,
          exchanges: exchanges.length,
        }
        journal.append(entry)
        keep(entry)
      },
    },
  )
  const exhausted = halt.signal.aborted && !deps.signal.aborted
  return { ended: exhausted ? 'budget_exhausted' : result.ended, notAsked: result.notAsked }
}

function finishedOf(
  { scaffolds, tasks }: Grid,
  target: string,
  known: readonly TranscriptEntry[],
): Map<string, Finished> {
  const language = new Map(tasks.map((task) => [task.id, task.language]))
  const keyOf = new Map(scaffolds.map(({ name, condition }) => [name, condition.key]))
  const outcome = byRule('refusal', 'unscored')
  return new Map(
    known
      .filter((entry) => entry.target === target)
      .map(({ task, scaffold }) => [
        deliveryKey(task, keyOf.get(scaffold) ?? scaffold),
        { outcome, language: language.get(task) ?? 'und' },
      ]),
  )
}

/** A target whose calls are reserved before they are sent and settled at what the answer used. */
function createMetered(
  { options, prices }: StressTarget,
  run: string,
  { sender, clock, purse }: CollectDeps,
  spentOn: WeakMap<Uint8Array, Amounts>,
  exhausted: () => void,
): Target {
  return {
    async ask(plan) {
      let settle: ((usage: Tokens | undefined) => Amounts) | undefined
      const paying: Sender = {
        async post(request) {
          const attempts = 1 + request.retriesMax
          // A token is at least a byte of what is sent.
          const one = {
            inputTokens: request.body.byteLength,
            outputTokens: plan.parameters.tokensMax,
          }
          const charge = purse.reserve(attempts, tokensFor(one, attempts), prices)
          if (charge === undefined) {
            exhausted()
            return { attempts: 0, kind: 'failed', reason: 'connect' }
          }
          const reply = await sender.post(request)
          settle = (usage) => charge.settle(reply.attempts, tokensUsed(one, reply.attempts, usage))
          return reply
        },
      }
      const asked = await createTarget({ ...options, run }, { sender: paying, clock }).ask(plan)
      spentOn.set(asked.requestBody, settle?.(usageOf(asked)) ?? noSpend)
      return asked
    },
  }
}

function usageOf(asked: Asked): Tokens | undefined {
  if (asked.kind === 'failed') return undefined
  const { inputTokens, outputTokens }: Exchange['usage'] = asked.exchange.usage
  return inputTokens === undefined || outputTokens === undefined
    ? undefined
    : { inputTokens, outputTokens }
}

const spendOf = (asked: readonly Asked[], spentOn: WeakMap<Uint8Array, Amounts>): Amounts =>
  asked.reduce<Amounts>(
    (sum, { requestBody }) => plus(sum, spentOn.get(requestBody) ?? noSpend),
    noSpend,
  )
