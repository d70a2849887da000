/** The keys of the evidence store, `evidence.*`; without a folder nothing is recorded. */
import { type Static, Type } from 'typebox'

export const evidenceTexts = ['none', 'redacted'] as const

export const evidenceSchema = Type.Object(
  {
    folder: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Folder that records of judged exchanges, probes, episodes and baselines are kept in (docs/evidence.md); one of its own for each replica. Without it nothing is recorded.',
      }),
    ),
    text: Type.Enum(evidenceTexts, {
      default: 'none',
      description:
        'Whether records hold text. `none`: keyed digests and sizes. `redacted`: the last prompt and the answer, with what has the form of a secret or of personal data taken out; names stay.',
    }),
    textBytesMax: Type.Integer({
      minimum: 64,
      maximum: 16_384,
      default: 4096,
      description: 'Bytes kept of each text, with `text: redacted`.',
    }),
    bytesMax: Type.Integer({
      minimum: 4_194_304,
      maximum: 1_099_511_627_776,
      default: 1_073_741_824,
      description: 'All segments of the folder together; the oldest are removed.',
    }),
    ageMaxDays: Type.Integer({
      minimum: 1,
      maximum: 3650,
      default: 30,
      description: 'Segments whose last record is older are removed.',
    }),
    segmentBytes: Type.Integer({
      minimum: 1_048_576,
      maximum: 67_108_864,
      default: 8_388_608,
      description: 'Size of a segment, the unit that is removed.',
    }),
    flushMs: Type.Integer({
      minimum: 10,
      maximum: 900,
      default: 250,
      description: 'Records wait so long at the most before they are written and synced together.',
    }),
  },
  { additionalProperties: false },
)

export type EvidenceConfig = Static<typeof evidenceSchema>
