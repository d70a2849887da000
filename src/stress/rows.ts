/**
 * A stress test as rows of the profile: the mean grade of each cell, what each scaffold changes in each
 * model, and the test of the interaction. A cell is of the bare model where its scaffold is empty, and
 * else of single answers under a pinned scaffold.
 */
import { createHash } from 'node:crypto'
import type { Interval } from '../aggregate/wilson.ts'
import { type ProfileRow, type RowContent, sealRow } from '../profile/row.ts'
import type { Analysis, Cell, Lift } from './analyse.ts'
import type { Grid, GridScaffold } from './grid.ts'
import type { Rater } from './raters.ts'

export interface RowContext {
  stress: string
  grid: Grid
  /** Model by target. */
  models: ReadonlyMap<string, string>
  raters: readonly Rater[]
  window: { from: string; to: string }
  /** Of the journal; undefined: none was kept. */
  file: string | undefined
}

type Common = Pick<RowContent, 'dimension' | 'window' | 'suite' | 'judge' | 'source'>

export function stressRows(analysis: Analysis, context: RowContext): ProfileRow[] {
  const common = commonOf(context)
  const scaffoldOf = new Map(context.grid.scaffolds.map((one) => [one.name, one]))
  return [
    ...analysis.cells.map((cell) => cellRow(cell, scaffoldOf.get(cell.scaffold), common, context)),
    ...analysis.lifts.map((lift) => liftRow(lift, scaffoldOf.get(lift.scaffold), common, context)),
    ...interactionRow(analysis, common, context),
  ].map(sealRow)
}

function commonOf({ grid, raters, window, stress, file }: RowContext): Common {
  const { suite, dimension } = grid
  return {
    dimension: dimension.id,
    window,
    suite: { id: suite.category, version: suite.version, hash: suite.hash, epoch: null },
    judge: {
      id: [...new Set(raters.map(({ judge }) => judge))].join(' + ').slice(0, 256),
      version: instrumentOf(raters),
      standing: 'unverified',
      sensitivity: null,
      specificity: null,
    },
    source: {
      kind: 'stress',
      id: stress,
      trace: [file === undefined ? `test ${stress}, not kept` : `${file}, test ${stress}`],
    },
  }
}

/** All raters together are the instrument; one alone goes by its own version. */
function instrumentOf(raters: readonly Rater[]): string {
  const versions = raters.map(({ name, version }) => `${name}/${version}`)
  const [only] = new Set(raters.map(({ version }) => version))
  if (only !== undefined && raters.every(({ version }) => version === only)) {
    return `${only} x${raters.length}`
  }
  return createHash('sha256').update(versions.join('\n')).digest('hex').slice(0, 16)
}

const isBare = (scaffold: GridScaffold | undefined): boolean =>
  scaffold === undefined || scaffold.empty

const methodOf = (interval: Interval | undefined): RowContent['interval'] =>
  interval === undefined ? null : { lo: interval.lo, hi: interval.hi, method: 'bootstrap_by_task' }

function cellRow(
  cell: Cell,
  scaffold: GridScaffold | undefined,
  common: Common,
  { models }: RowContext,
): RowContent {
  const bare = isBare(scaffold)
  return {
    ...common,
    measure: 'mean_grade',
    condition: `scaffold=${cell.scaffold}`,
    baseline: null,
    level: bare ? 'model' : 'response',
    estimate: cell.mean?.est ?? null,
    unit: 'grade',
    n: cell.n,
    interval: methodOf(cell.mean),
    counts: { at_0: cell.at.floor, between: cell.at.between, at_2: cell.at.ceiling },
    model: models.get(cell.target) ?? null,
    scaffold: bare ? null : (scaffold?.hash ?? null),
    exclusions: { ...cell.excluded },
  }
}

function liftRow(
  lift: Lift,
  scaffold: GridScaffold | undefined,
  common: Common,
  { models, grid }: RowContext,
): RowContent {
  return {
    ...common,
    measure: 'mean_grade_change',
    condition: `scaffold=${lift.scaffold}`,
    baseline: `scaffold=${grid.scaffolds[0]?.name ?? ''}`,
    level: isBare(scaffold) ? 'model' : 'response',
    estimate: lift.change?.est ?? null,
    unit: 'grade',
    n: lift.n,
    interval: methodOf(lift.change),
    counts: { pairs: lift.n },
    model: models.get(lift.target) ?? null,
    scaffold: scaffold?.hash ?? null,
    exclusions: { no_pair: grid.tasks.length - lift.n },
  }
}

function interactionRow(
  { interaction }: Analysis,
  common: Common,
  { grid }: RowContext,
): RowContent[] {
  if (interaction === undefined) return []
  return [
    {
      ...common,
      measure: 'scaffold_by_model_p',
      condition: grid.scaffolds.map(({ name }) => `scaffold=${name}`).join(' '),
      baseline: null,
      level: 'response',
      estimate: interaction.p,
      unit: 'share',
      n: interaction.tasks,
      interval: null,
      counts: { statistic: interaction.statistic, permutations: interaction.permutations },
      model: null,
      scaffold: null,
      exclusions: { incomplete_task: grid.tasks.length - interaction.tasks },
    },
  ]
}
