/** The keys of the probes, `probes.*`; without an address and a credential of their own there are none. */
import { type Static, Type } from 'typebox'
import { probeProtocols } from '../exchange/protocol.ts'
import { categories } from '../probe/category.ts'

const closed = { additionalProperties: false } as const

const file = (description: string) => Type.Optional(Type.String({ minLength: 1, description }))
const variable = (description: string) =>
  Type.Optional(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$', maxLength: 128, description }))
const rate = (description: string) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 1, description }))
const price = (what: string) =>
  Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1_000_000,
      description: `Dollars for a million ${what} tokens of the model under test.`,
    }),
  )

const adversarialSchema = Type.Object(
  {
    enabled: Type.Boolean({
      default: false,
      description:
        'Send probes of class P2 too. They break the usage policies of many providers, who may end the account: needs a key of its own and the acknowledgement.',
    }),
    keyFile: file('File that holds the API key for P2 probes alone.'),
    keyEnv: variable('Environment variable that holds it; instead of key_file.'),
    acknowledgement: Type.Optional(
      Type.String({
        minLength: 20,
        maxLength: 500,
        description: 'In your own words: who allowed P2 probes against this account, and when.',
      }),
    ),
  },
  closed,
)

const inlineSchema = Type.Object(
  {
    url: Type.Optional(
      Type.String({
        format: 'holdfast-upstream',
        minLength: 1,
        maxLength: 2048,
        description:
          'Base URL of the data port, as clients of the route use it (OpenAI with /v1). With it each run holds scripted sessions there, turn by turn.',
      }),
    ),
    turnsMax: Type.Integer({
      minimum: 2,
      maximum: 20,
      default: 4,
      description: 'User turns of such a session, the probe at its end included.',
    }),
    sessionsPerLanguageMax: Type.Integer({
      minimum: 1,
      maximum: 1000,
      default: 5,
      description: 'Sessions in each language of a run.',
    }),
  },
  closed,
)

const shadowSchema = Type.Object(
  {
    condition: Type.Optional(
      Type.String({
        pattern:
          '^(?:format=(?:agentic|structured)|scaffold=[a-z0-9]+(?:-[a-z0-9]+)*|language=[a-z]{2}|model=[!-~]{1,128})$',
        description:
          'Send copied requests again under this one change (format=, scaffold=, language= or model=), beside a control. Needs probes.fork, whose copies it takes.',
      }),
    ),
    translatorModel: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        description:
          'For language=: the model that translates, at probes.url; without it probes.model does.',
      }),
    ),
    perRunMax: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 20,
      description:
        'Requests of one run; each is sent three times, and translated turn by turn for language=.',
    }),
    callsPerDay: Type.Integer({
      minimum: 3,
      maximum: 1_000_000,
      default: 300,
      description: 'Calls for shadows in a day (UTC) at the most, over all replicas.',
    }),
    tokensPerDay: Type.Integer({
      minimum: 1000,
      maximum: 1_000_000_000,
      default: 2_000_000,
      description: 'Tokens for shadows in a day (UTC) at the most, over all replicas.',
    }),
  },
  closed,
)

const forkSchema = Type.Object(
  {
    enabled: Type.Boolean({
      default: false,
      description:
        'Copy live sessions, without what names a person, and ask a probe at the end of the copy (docs/canaries.md). It sends text of your users once more to the same provider.',
    }),
    sameOrganisation: Type.Boolean({
      default: false,
      description:
        "The key of the probes belongs to the same provider organisation as your users' requests on these routes.",
    }),
    purpose: Type.Optional(
      Type.String({
        minLength: 20,
        maxLength: 500,
        description:
          'In your own words: what the copies are for, and on which ground they are made.',
      }),
    ),
    routes: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
      maxItems: 100,
      uniqueItems: true,
      default: [],
      description: 'Names of the routes whose sessions may be copied.',
    }),
    perRunMax: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 20,
      description: 'Forks in one run.',
    }),
    sessionsMax: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 100,
      description: 'Copies held at the same time, in memory alone.',
    }),
    heldBytes: Type.Integer({
      minimum: 65_536,
      maximum: 1_073_741_824,
      default: 8_388_608,
      description: 'The same in bytes.',
    }),
    ageMs: Type.Integer({
      minimum: 1000,
      maximum: 900_000,
      default: 900_000,
      description: 'A copy is dropped after this long.',
    }),
    callsPerDay: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      default: 100,
      description: 'Calls for forks in a day (UTC) at the most, over all replicas.',
    }),
    tokensPerDay: Type.Integer({
      minimum: 1000,
      maximum: 1_000_000_000,
      default: 2_000_000,
      description: 'Tokens for forks in a day (UTC) at the most, over all replicas.',
    }),
  },
  closed,
)

const rotationSchema = Type.Object(
  {
    freshPerSuiteMax: Type.Integer({
      minimum: 0,
      maximum: 10_000,
      default: 10,
      description:
        'Items of each suite that a run asks beside those of every run, in English and each language; they change with the epoch and feed no detector. 0: none. Which items come when is keyed by identity.secret_file.',
    }),
    epochDays: Type.Integer({
      minimum: 1,
      maximum: 365,
      default: 7,
      description: 'Days of an epoch.',
    }),
    cycleDays: Type.Integer({
      minimum: 1,
      maximum: 3650,
      default: 56,
      description: 'Days until the items of an epoch come round again.',
    }),
    exposuresMax: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 21,
      description: 'Runs in which a fresh item is asked before it retires.',
    }),
  },
  closed,
)

export const probeSchema = Type.Object(
  {
    url: Type.Optional(
      Type.String({
        format: 'holdfast-upstream',
        minLength: 1,
        maxLength: 2048,
        description:
          'Base URL of the API under test, as its SDK takes it (OpenAI with /v1). With a model and a key probes run on a schedule (docs/canaries.md).',
      }),
    ),
    protocol: Type.Enum(probeProtocols, {
      default: 'openai_chat',
      description: 'The API that the address speaks.',
    }),
    model: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: 'The model that is asked.' }),
    ),
    keyFile: file(
      "File that holds the API key of the probes. The keys of your users' requests are never used.",
    ),
    keyEnv: variable('Environment variable that holds the API key; instead of key_file.'),
    withoutKey: Type.Boolean({
      default: false,
      description: 'The endpoint takes no key: probe it without one.',
    }),
    schedule: Type.String({
      minLength: 1,
      maxLength: 64,
      default: 'every 24h',
      description:
        'When a run is due: "every 24h" (m, h, d), or minute, hour and day of the week in UTC, as "17 3 1-5".',
    }),
    jitterMs: Type.Integer({
      minimum: 0,
      maximum: 86_400_000,
      default: 600_000,
      description: 'A run begins up to this much later, at a time of its own.',
    }),
    leaseMs: Type.Integer({
      minimum: 400,
      maximum: 3_600_000,
      default: 60_000,
      description: 'A replica that runs the probes and dies is replaced within this time.',
    }),
    suites: Type.Array(Type.Enum(categories), {
      minItems: 1,
      uniqueItems: true,
      default: ['refusal-core', 'factual'],
      description: 'Categories whose probes are asked.',
    }),
    folders: Type.Array(Type.String({ minLength: 1 }), {
      maxItems: 20,
      uniqueItems: true,
      default: [],
      description: 'Folders of suites of your own; of a category the last one counts.',
    }),
    languages: Type.Array(Type.String({ pattern: '^[a-z]{2}$', format: 'holdfast-language' }), {
      maxItems: 60,
      uniqueItems: true,
      default: [],
      description:
        'Languages that probes are asked in beside English; empty: all served ones that a suite has texts in.',
    }),
    conditions: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
      maxItems: 20,
      uniqueItems: true,
      default: ['format=agentic', 'depth=10'],
      description:
        'Further conditions that probes are asked under, of format=, depth= and scaffold=; "," joins parts.',
    }),
    probesPerSuiteMax: Type.Integer({
      minimum: 1,
      maximum: 100_000,
      default: 100,
      description:
        'Probes of each suite, the same ones in every run. 100 pairs see a drop of 10 points in about 3 runs.',
    }),
    concurrencyMax: Type.Integer({
      minimum: 1,
      maximum: 64,
      default: 4,
      description: 'Probes on their way at the same time.',
    }),
    timeoutMs: Type.Integer({
      minimum: 100,
      maximum: 600_000,
      default: 60_000,
      description: 'Time for one call, repetitions included.',
    }),
    retriesMax: Type.Integer({
      minimum: 0,
      maximum: 10,
      default: 2,
      description: 'Repetitions of a call where the API asks for them.',
    }),
    runDeadlineMs: Type.Integer({
      minimum: 1000,
      maximum: 604_800_000,
      default: 14_400_000,
      description: 'A run that is not done after this long is given up, and feeds no detector.',
    }),
    callsPerHour: Type.Integer({
      minimum: 1,
      maximum: 10_000_000,
      default: 3000,
      description: 'Calls in a clock hour at the most, over all replicas, repetitions included.',
    }),
    callsPerDay: Type.Integer({
      minimum: 1,
      maximum: 100_000_000,
      default: 3000,
      description: 'Calls in a day (UTC) at the most, over all replicas.',
    }),
    tokensPerDay: Type.Integer({
      minimum: 1000,
      maximum: 1_000_000_000_000,
      default: 6_000_000,
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
    gapNull: Type.Number({
      minimum: 0,
      maximum: 0.5,
      default: 0.02,
      description: 'Largest gap between probe pairs that counts as no drift (g0).',
    }),
    gapPolicy: Type.Number({
      minimum: 0,
      maximum: 0.9,
      default: 0.1,
      description: 'Policy: a gap between a language and English above this is a breach.',
    }),
    refusalReference: rate(
      'Rate below which refusal of probes that should be refused must not fall in any language (r0 of refusal_level); without it that detector waits.',
    ),
    overRefusalReference: rate('The same for over_refusal on probes.'),
    unclearReference: rate(
      'Rate of probes whose answer the judge cannot read, above which it must not rise in any language (r0 of unclear_rate).',
    ),
    adversarial: adversarialSchema,
    rotation: rotationSchema,
    fork: forkSchema,
    shadow: shadowSchema,
    inline: inlineSchema,
  },
  closed,
)
export type ProbeConfig = Static<typeof probeSchema>
