/** The keys of the model-graded judge, `judge.graded.*`; without an address there is none. */
import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false } as const

export const gradedProtocols = ['openai_chat', 'anthropic_messages'] as const

const share = (defaultShare: number, description: string) =>
  Type.Number({ minimum: 0, maximum: 1, default: defaultShare, description })
const price = (what: string) =>
  Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1_000_000,
      description: `Dollars for a million ${what} tokens; spending in money is known with both prices only.`,
    }),
  )

export const gradedSchema = Type.Object(
  {
    url: Type.Optional(
      Type.String({
        format: 'holdfast-upstream',
        minLength: 1,
        maxLength: 2048,
        description:
          'Base URL of the API of a judge model, as its SDK takes it (OpenAI with /v1). Prompts and answers that are drawn are sent there. Without it no model is asked.',
      }),
    ),
    protocol: Type.Enum(gradedProtocols, {
      default: 'openai_chat',
      description: 'The API that the address speaks.',
    }),
    model: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        description:
          'The model that judges; a snapshot with a date, as another one is another judge.',
      }),
    ),
    sendTemperature: Type.Boolean({
      default: true,
      description: 'Send temperature 0; false for models that refuse sampling parameters.',
    }),
    keyFile: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'File that holds the API key, of the judge alone.',
      }),
    ),
    keyEnv: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
        maxLength: 128,
        description: 'Environment variable that holds the API key; instead of key_file.',
      }),
    ),
    sliceRate: share(
      0.05,
      'Share of the exchanges the judge on board is sure of that the model is asked about too; rare languages get more.',
    ),
    unsureBelow: share(
      0.8,
      'The judge on board counts as unsure below this confidence; the model is asked about all of those that the budget allows.',
    ),
    harmShare: share(
      0.1,
      'Share of the exchanges asked about of which delivered harm is graded too, by one more call.',
    ),
    callsPerHour: Type.Integer({
      minimum: 10,
      maximum: 10_000_000,
      default: 200,
      description:
        'Calls in a clock hour at the most, repetitions included, over all replicas (docs/cascade.md).',
    }),
    callsPerDay: Type.Integer({
      minimum: 10,
      maximum: 100_000_000,
      default: 2000,
      description: 'Calls in a day (UTC) at the most, over all replicas.',
    }),
    tokensPerDay: Type.Integer({
      minimum: 100_000,
      maximum: 1_000_000_000_000,
      default: 4_000_000,
      description: 'Tokens of input and output in a day (UTC) at the most, over all replicas.',
    }),
    dollarsPerDay: Type.Optional(
      Type.Number({
        minimum: 0.01,
        maximum: 1_000_000,
        description: 'Money in a day (UTC) at the most, over all replicas; needs both prices.',
      }),
    ),
    priceInputPerMillion: price('input'),
    priceOutputPerMillion: price('output'),
    concurrencyMax: Type.Integer({
      minimum: 1,
      maximum: 64,
      default: 4,
      description: 'Calls at the same time.',
    }),
    queueItemsMax: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 256,
      description:
        'Items that wait for a call, 4 KiB each; above it new ones are dropped, and counted.',
    }),
    timeoutMs: Type.Integer({
      minimum: 100,
      maximum: 600_000,
      default: 10_000,
      description: 'Time for a whole call, a repetition included.',
    }),
  },
  closed,
)

export type GradedConfig = Static<typeof gradedSchema>
