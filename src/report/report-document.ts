/**
 * The report as JSON, declared once: what all forms of it are made from, and its published schema
 * (docs/report.schema.json). Every part with a figure in it has an `id` that `--explain` takes.
 */
import { type Static, Type } from 'typebox'
import { claimResultSchema } from '../claims/claim-result.ts'
import { evidenceLevels } from '../exchange/alignment.ts'
import { detectorMetrics } from '../exchange/detector-metric.ts'
import { profileRowSchema } from '../profile/row.ts'
import { movementReadings } from './movement.ts'

const closed = { additionalProperties: false } as const
const object = <T extends Parameters<typeof Type.Object>[0]>(properties: T) =>
  Type.Object(properties, closed)
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
const oneOf = <const T extends string>(values: readonly T[], description?: string) =>
  Type.Unsafe<T>({
    type: 'string',
    enum: [...values],
    ...(description === undefined ? {} : { description }),
  })
const id = Type.String({
  pattern: '^[0-9a-f]{12}$',
  description: 'For holdfast report --explain.',
})
const time = Type.String({ format: 'date-time', description: 'RFC 3339, UTC.' })
const word = Type.String({ maxLength: 512 })
const number = Type.Number()
const count = Type.Integer({ minimum: 0 })
const limits = object({ est: number, lo: number, hi: number })
const points = { description: 'In percentage points.' }
const traced = Type.Array(Type.String({ maxLength: 512 }), {
  description: 'Where the counts come from.',
})

export const findingKinds = [
  'drift',
  'model_change',
  'review',
  'gap_in_coverage',
  'mix_shift',
  'blind',
  'claim',
  'monitor',
  'quiet',
] as const
/** act: somebody has to decide. look: read the section before deciding. note: good to know. */
export const urgencies = ['act', 'look', 'note'] as const

const findingSchema = object({
  kind: oneOf(findingKinds),
  urgency: oneOf(urgencies),
  text: Type.String(),
  about: Type.Array(id, { description: 'What it is said from.' }),
})

const episodeSchema = object({
  id,
  metric: oneOf(detectorMetrics),
  language: word,
  set: word,
  null: word,
  source: oneOf(['configured', 'learned'] as const),
  g0: number,
  reference: orNull(number),
  baseline: orNull(word),
  series: count,
  judge: word,
  began_at: time,
  opened_at: time,
  closed_at: orNull(time),
  closed_by: orNull(oneOf(['quiet', 'another_instrument'] as const)),
  crossings: count,
  threshold: number,
  /** What was seen while it lasted, and before. */
  during: object({ from: time, to: time, n: count, refused: count, unclear: count }),
  before: orNull(object({ n: count, refused: count, unclear: count })),
  gap_points: orNull(Type.Object({ ...limits.properties, n: count }, { ...closed, ...points })),
  change: orNull(
    Type.Object({ whole: number, mix: number, behaviour: number }, { ...closed, ...points }),
  ),
  within_cells_points: orNull(limits),
  reading: oneOf(movementReadings, 'What the change of the rate is due to.'),
  trace: traced,
})

const deltaSchema = object({
  id,
  at: time,
  category: word,
  language: orNull(word),
  before: object({ model: orNull(word), from: time, to: time, n: count, failures: count }),
  after: object({ model: orNull(word), from: time, to: time, n: count, failures: count }),
  points: Type.Object(limits.properties, { ...closed, ...points }),
  review: Type.Boolean(),
  trace: traced,
})

const movementSchema = object({
  id,
  from: time,
  to: time,
  language: word,
  set: word,
  reference: object({ name: word, n: count, refused: count }),
  n: count,
  refused: count,
  whole_points: orNull(number),
  mix_points: orNull(number),
  behaviour_points: orNull(number),
  within_cells_points: orNull(limits),
  reading: oneOf(movementReadings),
  trace: traced,
})

const gapSchema = object({
  id,
  from: time,
  to: time,
  ticks: count,
  reason: oneOf(['no_record', 'dropped', 'no_verdict'] as const),
  dropped: Type.Record(Type.String(), count),
  trace: traced,
})

const languageSchema = object({
  id,
  language: word,
  exchanges: count,
  samples: count,
  unclear: count,
  standing: word,
  watched: Type.Array(oneOf(detectorMetrics)),
  detectable_gap_points: orNull(number),
  blind: Type.Boolean(),
  why: orNull(word),
})

const coverageSchema = object({
  id,
  ticks: count,
  ticks_with_verdicts: count,
  tick_ms: count,
  judged: count,
  dropped: Type.Record(Type.String(), count),
  gaps: Type.Array(gapSchema),
  languages: Type.Array(languageSchema),
  dimensions: Type.Array(
    object({
      dimension: word,
      rows: Type.Record(Type.String(), count),
      furthest: orNull(oneOf(evidenceLevels)),
    }),
  ),
  not_replayed: Type.Array(word),
  unreadable: count,
})

const judgeSchema = object({
  id,
  judge: word,
  version: word,
  language: word,
  standing: word,
  sensitivity: orNull(Type.Object({ ...limits.properties, n: count }, closed)),
  specificity: orNull(Type.Object({ ...limits.properties, n: count }, closed)),
  rows: count,
})

export const changeKinds = [
  'model',
  'judge',
  'baseline',
  'scaffold',
  'suite',
  'deployment',
] as const
const changeSchema = object({
  id,
  at: orNull(time),
  kind: oneOf(changeKinds),
  from: orNull(word),
  to: word,
  trace: traced,
})

const incidentSchema = object({
  id,
  from: time,
  to: time,
  what: word,
  n: orNull(count),
  trace: traced,
})

const seriesSchema = object({
  id,
  kind: oneOf(['refusal_rate', 'evidence'] as const),
  language: word,
  set: word,
  metric: orNull(oneOf(detectorMetrics)),
  points: Type.Array(
    object({
      from: time,
      to: time,
      value: orNull(number),
      lo: orNull(number),
      hi: orNull(number),
      n: count,
    }),
  ),
})

export const reportSchema = object({
  format: Type.Literal('holdfast-report'),
  version: Type.Literal(1),
  period: object({ from: time, to: time }),
  inputs: Type.Array(object({ name: word, sha256: Type.String(), holds: word })),
  summary: object({ headline: Type.String(), findings: Type.Array(findingSchema) }),
  profile: Type.Array(profileRowSchema),
  claims: Type.Array(claimResultSchema),
  episodes: Type.Array(episodeSchema),
  deltas: Type.Array(deltaSchema),
  movements: Type.Array(movementSchema),
  coverage: orNull(coverageSchema),
  judges: Type.Array(judgeSchema),
  changes: Type.Array(changeSchema),
  incidents: Type.Array(incidentSchema),
  replay: orNull(
    object({ id, detectors: count, checked: count, agrees: count, threshold: number }),
  ),
  series: Type.Array(seriesSchema),
  method: Type.Array(object({ name: word, formula: Type.String(), used_for: Type.String() })),
  reproduce: Type.Array(Type.String()),
  clauses: Type.Array(
    object({
      framework: word,
      clause: word,
      asks: Type.String(),
      evidence: Type.String(),
      parts: Type.Array(word),
    }),
  ),
})

export type Report = Static<typeof reportSchema>
export type Finding = Static<typeof findingSchema>
export type Episode = Static<typeof episodeSchema>
export type Delta = Static<typeof deltaSchema>
export type MovementEntry = Static<typeof movementSchema>
export type Coverage = Static<typeof coverageSchema>
export type CoverageGap = Static<typeof gapSchema>
export type LanguageCoverage = Static<typeof languageSchema>
export type JudgeEntry = Static<typeof judgeSchema>
export type ChangeEntry = Static<typeof changeSchema>
export type Incident = Static<typeof incidentSchema>
export type Series = Static<typeof seriesSchema>
