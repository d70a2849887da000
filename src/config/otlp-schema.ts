/** The keys of the export to OpenTelemetry, `otlp.*`. */
import { type Static, Type } from 'typebox'

export const otlpSchema = Type.Object(
  {
    endpoint: Type.Optional(
      Type.String({
        format: 'holdfast-upstream',
        minLength: 1,
        maxLength: 2048,
        description:
          'Base URL of an OTLP/HTTP receiver; verdicts go to its /v1/logs (docs/otlp.md). Without it nothing is exported.',
      }),
    ),
    bearerTokenFile: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'File with the token that is sent as `authorization: Bearer TOKEN`.',
      }),
    ),
    intervalMs: Type.Integer({
      minimum: 100,
      maximum: 600_000,
      default: 5000,
      description: 'Verdicts are gathered for this long.',
    }),
    queueItemsMax: Type.Integer({
      minimum: 1,
      maximum: 100_000,
      default: 2048,
      description: 'Verdicts that wait; above it new ones are dropped, and counted.',
    }),
    timeoutMs: Type.Integer({
      minimum: 100,
      maximum: 600_000,
      default: 10_000,
      description: 'Time for one export, waiting that the receiver asked for included.',
    }),
  },
  { additionalProperties: false },
)
export type OtlpConfig = Static<typeof otlpSchema>
