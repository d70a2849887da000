/** What became of one claim: how far its evidence reaches, and whether the figures bear it out. */
import { type Static, Type } from 'typebox'
import { type EvidenceLevel, evidenceLevels } from '../exchange/alignment.ts'

const closed = { additionalProperties: false } as const

export const claimOutcomes = ['supported', 'not_supported', 'undecided'] as const

const level = Type.Unsafe<EvidenceLevel>({ type: 'string', enum: [...evidenceLevels] })

export const claimResultSchema = Type.Object(
  {
    id: Type.String({
      pattern: '^[0-9a-f]{12}$',
      description: 'For holdfast report --explain.',
    }),
    claim: Type.String({ maxLength: 128 }),
    statement: Type.String(),
    bound: Type.String(),
    claimed_level: level,
    evidenced_level: Type.Union([level, Type.Null()]),
    distance: Type.Union([Type.Integer({ minimum: 0, maximum: 3 }), Type.Null()], {
      description: 'Levels from the evidence to the claim; null: there is no evidence.',
    }),
    outcome: Type.Unsafe<(typeof claimOutcomes)[number]>({
      type: 'string',
      enum: [...claimOutcomes],
    }),
    why: Type.String(),
    closes: Type.Array(Type.String(), { description: 'What would close it.' }),
    row: Type.Union([Type.String(), Type.Null()], {
      description: 'Id of the row whose interval says so.',
    }),
    interval: Type.Union([
      Type.Object(
        { est: Type.Number(), lo: Type.Number(), hi: Type.Number(), unit: Type.String() },
        closed,
      ),
      Type.Null(),
    ]),
    rows: Type.Array(Type.String(), { description: 'All rows that were looked at.' }),
  },
  closed,
)
export type ClaimResult = Static<typeof claimResultSchema>
