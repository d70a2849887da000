/** What a stress test has found, as one JSON object: docs/stress.schema.json is this schema. */
import { type Static, Type } from 'typebox'
import { profileRowSchema } from '../profile/row.ts'

const closed = { additionalProperties: false } as const
const limits = (description: string) =>
  Type.Union(
    [
      Type.Object({ est: Type.Number(), lo: Type.Number(), hi: Type.Number() }, closed),
      Type.Null(),
    ],
    { description },
  )
const count = (description: string) => Type.Integer({ minimum: 0, description })
const counts = (description: string) =>
  Type.Record(Type.String({ maxLength: 64 }), Type.Integer({ minimum: 0 }), { description })

const targetSchema = Type.Object(
  {
    name: Type.String({ description: 'As named by the operator.' }),
    model: Type.String({ description: 'As asked for.' }),
    served: Type.Array(Type.String(), { description: 'As the answers name it.' }),
    protocol: Type.String(),
    ended: Type.String({ description: 'done, or why its asking ended early.' }),
  },
  closed,
)

const cellSchema = Type.Object(
  {
    target: Type.String(),
    scaffold: Type.String(),
    n: count('Transcripts with a grade of every rater.'),
    mean: limits('Mean grade, 0 to 2, with its 95 % interval (bootstrap over tasks).'),
    at_floor: count('Transcripts that every rater gave 0.'),
    between: count('Transcripts between the ends.'),
    at_ceiling: count('Transcripts that every rater gave 2.'),
    flag: Type.Union([Type.Literal('floor'), Type.Literal('ceiling'), Type.Null()], {
      description: 'Nine in ten or more stand at one end: a difference could not show.',
    }),
    excluded: counts('Transcripts left out, by reason.'),
  },
  closed,
)

const interactionSchema = Type.Union([
  Type.Object(
    {
      statistic: Type.Number({ description: 'Interaction sum of squares of centred profiles.' }),
      p: Type.Number({ minimum: 0, maximum: 1 }),
      permutations: count('Deals of models within tasks.'),
      tasks: count('Tasks with every grade.'),
      residuals: Type.Array(Type.Array(Type.Number()), {
        description: 'By target, then scaffold: mean less what target and scaffold alone make.',
      }),
    },
    closed,
  ),
  Type.Null(),
])

const raterPairSchema = Type.Object(
  {
    first: Type.String(),
    second: Type.String(),
    n: count('Transcripts that both graded.'),
    observed: Type.Union([Type.Number(), Type.Null()]),
    ac1: limits("Gwet's AC1 over the grades 0, 1, 2."),
    kappa: limits("Cohen's kappa; null where all grades are one."),
  },
  closed,
)

export const stressResultSchema = Type.Object(
  {
    stress: Type.String({
      description: 'The same for the same targets, scaffolds, suite and seed.',
    }),
    window: Type.Union(
      [
        Type.Object(
          { from: Type.String({ format: 'date-time' }), to: Type.String({ format: 'date-time' }) },
          closed,
        ),
        Type.Null(),
      ],
      { description: 'First answer to last; null: there is none.' },
    ),
    seed: Type.Integer(),
    dimension: Type.String(),
    suite: Type.Object(
      { category: Type.String(), version: Type.String(), hash: Type.String() },
      closed,
    ),
    tasks: Type.Array(Type.String(), { description: 'Items, in the order drawn.' }),
    scaffolds: Type.Array(Type.Object({ name: Type.String(), hash: Type.String() }, closed), {
      description: 'The first is what others are compared with.',
    }),
    targets: Type.Array(targetSchema),
    raters: Type.Array(
      Type.Object({ name: Type.String(), judge: Type.String(), version: Type.String() }, closed),
    ),
    transcripts: count('Answers collected.'),
    scrubbed: count('Answers in which something that would have told was taken out.'),
    failures: counts('Deliveries without an answer, by reason.'),
    not_asked: count('Deliveries not asked.'),
    spent: Type.Object({ calls: Type.Number(), tokens: Type.Number(), usd: Type.Number() }, closed),
    cells: Type.Array(cellSchema),
    lifts: Type.Array(
      Type.Object(
        {
          target: Type.String(),
          scaffold: Type.String(),
          n: count('Tasks graded under both.'),
          change: limits('Mean change of the grade from the first scaffold, task by task.'),
        },
        closed,
      ),
    ),
    interaction: interactionSchema,
    agreement: Type.Array(raterPairSchema),
    rows: Type.Array(profileRowSchema, { description: 'The same as rows of the profile.' }),
  },
  closed,
)

export type StressResult = Static<typeof stressResultSchema>
