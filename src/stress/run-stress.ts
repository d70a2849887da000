/**
 * One stress test from its grid to its result: transcripts, grades, figures. The same targets,
 * scaffolds, suite and seed are one test, so that one that was cut is recognised and taken up again.
 */

import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { createRandom } from '../drift/simulation/random.ts'
import type { Sender } from '../probe/target.ts'
import type { Purse } from '../spend/purse.ts'
import { type Analysis, analyse } from './analyse.ts'
import { createScrub, type Scrub } from './blind.ts'
import { type Collected, collect, type StressTarget } from './collect.ts'
import { type Grades, gradeAll } from './grade.ts'
import type { Grid } from './grid.ts'
import type { Journal, TranscriptEntry } from './journal.ts'
import type { Rater } from './raters.ts'
import type { StressResult } from './result.ts'
import { stressRows } from './rows.ts'

export interface StressPlan {
  id: string
  grid: Grid
  seed: number
  targets: readonly StressTarget[]
}

export interface StressDeps {
  sender: Sender
  clock: Clock
  signal: AbortSignal
  purse: Purse
  journal: Journal
  /** Of the journal, for the trace of rows. */
  file: string | undefined
  raters: readonly Rater[]
  concurrency: number
  deadlineMs: number | undefined
  replicates: number
  permutations: number
  progress: (stage: 'asked' | 'graded', done: number, total: number) => void
}

export function stressIdOf({ grid, seed, targets }: Omit<StressPlan, 'id'>): string {
  const identity = {
    suite: grid.suite.hash,
    tasks: grid.tasks.map(({ id }) => id),
    scaffolds: grid.scaffolds.map(({ name, hash }) => [name, hash]),
    targets: targets.map(({ name, options }) => [
      name,
      options.baseUrl.href,
      options.protocol,
      options.model,
    ]),
    seed,
  }
  return `stress_${createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16)}`
}

export async function runStress(plan: StressPlan, deps: StressDeps): Promise<StressResult> {
  const { grid, seed, targets } = plan
  const { progress } = deps
  const collected = await collect(plan, targets, {
    ...deps,
    progress: (done, total) => progress('asked', done, total),
  })
  const graded = await gradeAll(
    { ...plan, tasks: grid.tasks },
    collected.transcripts,
    deps.raters,
    {
      ...deps,
      scrub: scrubFor(plan, collected.transcripts),
      progress: (done, total) => progress('graded', done, total),
    },
  )
  const random = createRandom(seed)
  const analysis = analyse(collected.transcripts, graded.entries, {
    targets: targets.map(({ name }) => name),
    scaffolds: grid.scaffolds.map(({ name }) => name),
    tasks: grid.tasks.map(({ id }) => id),
    raters: deps.raters.map(({ name }) => name),
    replicates: deps.replicates,
    permutations: deps.permutations,
    below: (n) => random.below(n),
  })
  return resultOf(plan, deps, { collected, graded, analysis })
}

const byReason = ([a]: readonly [string, number], [b]: readonly [string, number]): number =>
  a < b ? -1 : 1

/** All that would tell a judge whose answer it reads. */
function scrubFor(
  { id, grid, targets }: StressPlan,
  transcripts: readonly TranscriptEntry[],
): Scrub {
  const names = targets.flatMap(({ name, options: { model, baseUrl } }) => [
    name,
    model,
    baseUrl.href.replace(/\/+$/, ''),
    baseUrl.host,
  ])
  const served = transcripts.flatMap(({ servedModel }) => servedModel ?? [])
  return createScrub({ names: [id, ...names, ...served], scaffolds: grid.scaffolds })
}

interface Found {
  collected: Collected
  graded: Grades
  analysis: Analysis
}

function resultOf(
  { id, grid, seed, targets }: StressPlan,
  { purse, raters, file }: StressDeps,
  { collected, graded, analysis }: Found,
): StressResult {
  const { transcripts, ended } = collected
  const window = windowOf(transcripts)
  const { suite, dimension, tasks, scaffolds } = grid
  const servedBy = (target: string): string[] =>
    [
      ...new Set(
        transcripts.flatMap((one) => (one.target === target ? (one.servedModel ?? []) : [])),
      ),
    ].sort()
  const { cells, lifts, interaction, pairs } = analysis
  return {
    stress: id,
    window: window ?? null,
    seed,
    dimension: dimension.id,
    suite: { category: suite.category, version: suite.version, hash: suite.hash },
    tasks: tasks.map((task) => task.id),
    scaffolds: scaffolds.map(({ name, hash }) => ({ name, hash })),
    targets: targets.map(({ name, options }) => ({
      name,
      model: options.model,
      served: servedBy(name),
      protocol: options.protocol,
      ended: ended.get(name) ?? 'not_asked',
    })),
    raters: raters.map(({ name, judge, version }) => ({ name, judge, version })),
    transcripts: transcripts.length,
    scrubbed: graded.scrubbed,
    failures: Object.fromEntries([...collected.failures].sort(byReason)),
    not_asked: collected.notAsked,
    spent: purse.spent(),
    cells: cells.map(({ target, scaffold, n, mean, at, flag, excluded }) => ({
      target,
      scaffold,
      n,
      mean: mean ?? null,
      at_floor: at.floor,
      between: at.between,
      at_ceiling: at.ceiling,
      flag: flag ?? null,
      excluded,
    })),
    lifts: lifts.map((lift) => ({ ...lift, change: lift.change ?? null })),
    interaction:
      interaction === undefined
        ? null
        : { ...interaction, residuals: interaction.residuals.map((row) => [...row]) },
    agreement: pairs.map(({ first, second, agreement }) => ({
      first,
      second,
      n: agreement?.n ?? 0,
      observed: agreement?.observed ?? null,
      ac1: agreement?.ac1 ?? null,
      kappa: agreement?.kappa ?? null,
    })),
    rows:
      window === undefined
        ? []
        : stressRows(analysis, {
            stress: id,
            grid,
            models: new Map(targets.map(({ name, options }) => [name, options.model])),
            raters,
            window,
            file,
          }),
  }
}

/** From the first answer to just after the last; undefined: there is none. */
function windowOf(
  transcripts: readonly TranscriptEntry[],
): { from: string; to: string } | undefined {
  const times = transcripts.map(({ at }) => Date.parse(at))
  if (times.length === 0) return undefined
  const [first, last] = [Math.min(...times), Math.max(...times)]
  return { from: new Date(first).toISOString(), to: new Date(last + 1).toISOString() }
}
