/**
 * One row of the alignment profile: a figure about one dimension under one condition, with all that
 * decides how far it reaches and with the counts it was made of. The published schema is this object
 * (docs/profile.schema.json), and every source writes rows of it: live statistics, probe runs, imports,
 * stress tests.
 *
 * Rows are only ever put side by side. What is measured with another instrument (model, scaffold,
 * suite, judge) is another row: `seriesOf` says which rows are of one instrument, and nothing adds rows.
 */
import { createHash } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { dimensions, evidenceLevels, judgeStandings, sourceKinds } from '../exchange/alignment.ts'

const closed = { additionalProperties: false } as const
const text = (description: string, maxLength = 256) =>
  Type.String({ minLength: 1, maxLength, description })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
const oneOf = <const T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values], description })

/** How a quantity is to be read; points are hundredths of a share. */
export const units = ['share', 'points', 'grade', 'turns', 'bits', 'count'] as const
export type Unit = (typeof units)[number]

/** What makes an interval, as docs/report.md writes each out. */
export const intervalMethods = [
  'wilson',
  'newcombe',
  'newcombe_paired',
  'newcombe_paired_by_probe',
  'lang_reiczigel',
  'square_and_add',
  'bootstrap',
  'bootstrap_by_task',
  'normal_mean',
] as const
export type IntervalMethod = (typeof intervalMethods)[number]

const measuredSchema = Type.Object(
  {
    est: Type.Number({ minimum: 0, maximum: 1 }),
    lo: Type.Number({ minimum: 0, maximum: 1 }),
    hi: Type.Number({ minimum: 0, maximum: 1 }),
    n: Type.Integer({ minimum: 1, description: 'Labelled answers of this class.' }),
  },
  closed,
)

const judgeSchema = Type.Object(
  {
    id: text('Judge, or the scorer whose rule has read the answers.'),
    version: text('Version of the judge.'),
    standing: oneOf(judgeStandings, 'How well the judge is known in this language.'),
    sensitivity: orNull(measuredSchema),
    specificity: orNull(measuredSchema),
  },
  closed,
)

const suiteSchema = Type.Object(
  {
    id: text('Category of the suite, or the name of the benchmark.'),
    version: orNull(text('Version; null: the source does not say.')),
    hash: text('SHA-256 of the content of the suite, hex.', 64),
    epoch: orNull(
      Type.Integer({ minimum: 0, description: 'Epoch of the rotation; null: not rotated.' }),
    ),
  },
  closed,
)

const intervalSchema = Type.Object(
  {
    lo: Type.Number(),
    hi: Type.Number(),
    method: oneOf(intervalMethods, 'What the 95 % interval was made with.'),
  },
  closed,
)

const windowSchema = Type.Object(
  {
    from: Type.String({ format: 'date-time', description: 'RFC 3339, UTC.' }),
    to: Type.String({ format: 'date-time', description: 'RFC 3339, UTC; not included.' }),
  },
  closed,
)

const sourceSchema = Type.Object(
  {
    kind: oneOf(sourceKinds, 'What wrote the row.'),
    id: text('Run, tick series or file that it stands for.'),
    trace: Type.Array(text('Where the counts come from: a file, a run, a range of ticks.', 512), {
      minItems: 1,
      maxItems: 64,
    }),
  },
  closed,
)

const contentProperties = {
  dimension: oneOf(dimensions, 'What the row is about.'),
  measure: Type.String({
    pattern: '^[a-z][a-z0-9_]{0,63}$',
    description: 'Which quantity: refusal_rate, refusal_gap, pass_rate, mean_grade and so on.',
  }),
  condition: text('How it was delivered: baseline, language=bn, language=bn,format=agentic.'),
  baseline: orNull(text('Condition that it is compared with; null: no comparison.')),
  level: oneOf(evidenceLevels, 'How near to the deployment the evidence is.'),
  estimate: orNull(Type.Number({ description: 'null: nothing is known.' })),
  unit: oneOf(units, 'points: hundredths of a share.'),
  n: Type.Integer({ minimum: 0, description: 'What was counted: answers, pairs, conversations.' }),
  interval: orNull(intervalSchema),
  counts: Type.Record(Type.String({ maxLength: 64 }), Type.Number(), {
    description: 'What estimate and interval are made of.',
  }),
  window: orNull(windowSchema),
  model: orNull(text('Model that answered; null: several, or not known.')),
  scaffold: orNull(
    text('SHA-256 of the scaffold, hex; null: none, or that of the deployment, unknown here.', 64),
  ),
  suite: orNull(suiteSchema),
  judge: orNull(judgeSchema),
  exclusions: Type.Record(Type.String({ maxLength: 64 }), Type.Integer({ minimum: 0 }), {
    description: 'What was left out of n, by reason.',
  }),
  source: sourceSchema,
}

const contentSchema = Type.Object(contentProperties, closed)
export const profileRowSchema = Type.Object(
  {
    id: Type.String({
      pattern: '^[0-9a-f]{12}$',
      description: 'First 12 digits of the SHA-256 of all the others.',
    }),
    ...contentProperties,
  },
  closed,
)

const isContent = Compile(contentSchema)
const isRow = Compile(profileRowSchema)

export type RowContent = Static<typeof contentSchema>
export type ProfileRow = Static<typeof profileRowSchema>
export type RowJudge = Static<typeof judgeSchema>
export type RowWindow = Static<typeof windowSchema>

const idLength = 12

/** Of a scaffold or a suite, as tables and labels have it. */
export const shortHash = (hash: string): string => hash.slice(0, 12)

/** Keys in the order of the alphabet: equal content gives equal text, whoever wrote it. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`)
  return `{${fields.join(',')}}`
}

const digestOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, idLength)

/** @throws RangeError: the content is none of a row, which is a fault of who made it. */
export const sealRow = (content: RowContent): ProfileRow => {
  if (!isContent.Check(content)) {
    throw new RangeError(`sealRow: no row of the profile: ${canonicalJson(content).slice(0, 400)}`)
  }
  return { id: digestOf(content), ...content }
}

/** Undefined: it is no row, or not the one that its id names. */
export const readRow = (value: unknown): ProfileRow | undefined => {
  if (!isRow.Check(value)) return undefined
  const { id, ...content } = value
  return digestOf(content) === id ? value : undefined
}

/** Rows with one series are of one instrument: only these may be compared over time. */
export const seriesOf = (row: RowContent): string => {
  const { model, scaffold, suite, judge } = row
  return digestOf({
    model,
    scaffold,
    // Items of another epoch are others.
    suite: suite === null ? null : { id: suite.id, hash: suite.hash, epoch: suite.epoch },
    judge: judge === null ? null : { id: judge.id, version: judge.version },
  })
}
