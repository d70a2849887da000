/** The keys of the drift detectors, `drift.*`, and of the state that replicas share, `state.*`. */
import { type Static, Type } from 'typebox'
import { memoryBytesMax } from '../state/memory-store.ts'

const closed = { additionalProperties: false } as const

const rate = (description: string) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 1, description }))

export const driftSchema = Type.Object(
  {
    enabled: Type.Boolean({
      default: true,
      description: 'Run the drift detectors over live traffic (docs/drift.md).',
    }),
    tickMs: Type.Integer({
      minimum: 200,
      maximum: 86_400_000,
      default: 3_600_000,
      description: 'Length of a tick: evidence is updated once for each. Seconds are for demos.',
    }),
    graceMs: Type.Integer({
      minimum: 50,
      maximum: 3_600_000,
      default: 120_000,
      description:
        'A tick is folded this long after its end, so that every replica has written its part.',
    }),
    detectorsMax: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 100,
      description:
        'K: detectors that the tolerated false pages are spread over; at least as many as run.',
    }),
    falsePages: Type.Number({
      minimum: 0.001,
      maximum: 10,
      default: 0.2,
      description: 'B: false pages tolerated in 30 days, over all detectors.',
    }),
    gapNull: Type.Number({
      minimum: 0,
      maximum: 0.5,
      default: 0.02,
      description:
        'The null g0: largest gap to English on live traffic that counts as no change, until a pinned baseline teaches one.',
    }),
    refusalReference: rate(
      'The reference r0 of refusal_level in every language, 0 to 1, until a pinned baseline teaches one; without either it waits.',
    ),
    overRefusalReference: rate('The same for over_refusal.'),
    unclearReference: rate('The same for unclear_rate.'),
    flipReference: rate('The same for repeat_flip.'),
    episodeQuietTicks: Type.Integer({
      minimum: 1,
      maximum: 100_000,
      default: 72,
      description: 'An open episode closes by itself after so many ticks with data below A.',
    }),
    samplesPerUserDay: Type.Integer({
      minimum: 1,
      maximum: 1000,
      default: 3,
      description: 'Samples that one user gives a day, in each replica; more would be one voice.',
    }),
    historyDays: Type.Integer({
      minimum: 1,
      maximum: 366,
      default: 35,
      description: 'Ticks are kept this long, for baselines to be pinned from.',
    }),
  },
  closed,
)
export type DriftConfig = Static<typeof driftSchema>

export const stateSchema = Type.Object(
  {
    file: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Snapshot file of the state of a single replica. Without it, and without Redis, evidence is lost when the process ends.',
      }),
    ),
    snapshotMs: Type.Integer({
      minimum: 1000,
      maximum: 3_600_000,
      default: 30_000,
      description: 'How often the snapshot is written; a crash loses at most this.',
    }),
    bytesMax: Type.Integer({
      minimum: 1_048_576,
      maximum: memoryBytesMax,
      default: 67_108_864,
      description: 'State of a single replica in memory; above it writes fail, and are counted.',
    }),
    redisUrl: Type.Optional(
      Type.String({
        pattern: '^rediss?://',
        maxLength: 2048,
        description:
          'Redis or Valkey that replicas share, redis:// or rediss://, without credentials. Needs identity.secret_file.',
      }),
    ),
    redisCluster: Type.Boolean({
      default: false,
      description: 'The address is a node of a cluster.',
    }),
    redisUsername: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: 'ACL user (docs/state.md).' }),
    ),
    redisPasswordFile: Type.Optional(
      Type.String({ minLength: 1, description: 'File that holds the password.' }),
    ),
    redisPasswordEnv: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
        maxLength: 128,
        description: 'Environment variable that holds the password.',
      }),
    ),
    redisCaFile: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'PEM file of the authority of a rediss:// server, besides the usual ones.',
      }),
    ),
    redisPrefix: Type.String({
      pattern: '^[a-z0-9_-]{1,64}$',
      default: 'holdfast',
      description: 'First part of every key.',
    }),
    commandTimeoutMs: Type.Integer({
      minimum: 10,
      maximum: 60_000,
      default: 250,
      description: 'A command without an answer for this long has failed.',
    }),
    connectTimeoutMs: Type.Integer({
      minimum: 10,
      maximum: 60_000,
      default: 500,
      description: 'The same for connecting.',
    }),
  },
  closed,
)
export type StateConfig = Static<typeof stateSchema>

export const operatorSchema = Type.Object(
  {
    tokenFile: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'File of at least 16 bytes: the bearer token of the operator endpoints of the admin port (baselines, deployments, episodes). Without it they are off.',
      }),
    ),
  },
  closed,
)
