/**
 * The configuration, declared once: type, default, range and description of every key. The YAML
 * file, the HOLDFAST_* environment variables, the command-line flags, docs/configuration.md and
 * docs/config.schema.json are all derived from this object (see keys.ts).
 *
 * Keys are camelCase here and in code, snake_case in the file. Units stand in the key's name.
 */
import { type Static, Type } from 'typebox'
import { coreLanguages } from '../exchange/stratum.ts'
import { drainSchema } from './drain-schema.ts'
import { driftSchema, operatorSchema, stateSchema } from './drift-schema.ts'
import { evidenceSchema } from './evidence-schema.ts'
import { gradedSchema } from './graded-schema.ts'
import { logSchema } from './log-schema.ts'
import { onnxSchema } from './onnx-schema.ts'
import { otlpSchema } from './otlp-schema.ts'
import { overloadSchema } from './overload-schema.ts'
import { probeSchema } from './probe-schema.ts'
import { reloadSchema } from './reload-schema.ts'
import { signalsSchema } from './signals-schema.ts'

const closed = { additionalProperties: false } as const

const routeSchema = Type.Object(
  {
    prefix: Type.String({
      pattern: '^/',
      format: 'holdfast-prefix',
      maxLength: 256,
      description:
        'Requests whose path starts with this prefix, at a segment border, take the route.',
    }),
    upstream: Type.String({
      format: 'holdfast-upstream',
      minLength: 1,
      maxLength: 2048,
      description:
        'Base URL of the model API: http or https, without credentials, query or fragment.',
    }),
    name: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$',
        maxLength: 64,
        description: "The route's name in logs; made from the prefix when absent.",
      }),
    ),
    stripPrefix: Type.Boolean({
      default: true,
      description: 'Remove the prefix from the path before it is put behind the upstream URL.',
    }),
  },
  closed,
)

const proxySchema = Type.Object(
  {
    connectionsMax: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      default: 10_000,
      description: 'Exchanges open to upstreams at the same time; one more is answered 503.',
    }),
    clientConnectionsMax: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      default: 16_384,
      description:
        'Connections of clients open at the same time, idle ones included; one more is closed at once. Each takes a file descriptor.',
    }),
    connectTimeoutMs: Type.Integer({
      minimum: 1,
      maximum: 600_000,
      default: 10_000,
      description: 'Time for DNS, TCP and TLS to an upstream; then the answer is 504.',
    }),
    headersTimeoutMs: Type.Integer({
      minimum: 0,
      maximum: 86_400_000,
      default: 0,
      description: "Time for the upstream's response head; 0 waits as long as the client does.",
    }),
    upstreamIdleMs: Type.Integer({
      minimum: 1,
      maximum: 600_000,
      default: 4000,
      description: 'An upstream connection idle for longer is closed instead of used again.',
    }),
    keepAliveTimeoutMs: Type.Integer({
      minimum: 1000,
      maximum: 3_600_000,
      default: 72_000,
      description: 'An idle client connection is kept open for this long.',
    }),
    headerBytesMax: Type.Integer({
      minimum: 1024,
      maximum: 1_048_576,
      default: 65_536,
      description: 'All headers of a request together; more is answered 431.',
    }),
    tlsCaFile: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'PEM file of certificate authorities trusted for upstreams besides the usual ones.',
      }),
    ),
  },
  closed,
)

const captureSchema = Type.Object(
  {
    enabled: Type.Boolean({
      default: true,
      description: 'Copy traffic for the monitor; false is a plain proxy.',
    }),
    requestBytesMax: Type.Integer({
      minimum: 0,
      maximum: 67_108_864,
      default: 1_048_576,
      description:
        'Longest request body that is read; a longer one passes, is counted, and is not judged.',
    }),
    responseBytesMax: Type.Integer({
      minimum: 0,
      maximum: 67_108_864,
      default: 1_048_576,
      description: 'The same for response bodies.',
    }),
    budgetBytes: Type.Integer({
      minimum: 0,
      maximum: 17_179_869_184,
      default: 67_108_864,
      description: 'All open captures together; above it new ones are not made, and counted.',
    }),
  },
  closed,
)

const monitorSchema = Type.Object(
  {
    windowItems: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      default: 4096,
      description:
        'Exchanges handed to the monitor and not yet acknowledged; above it new ones are dropped, and counted.',
    }),
    windowBytes: Type.Integer({
      minimum: 1,
      maximum: 17_179_869_184,
      default: 67_108_864,
      description: 'The same in bytes.',
    }),
    heapMb: Type.Integer({
      minimum: 32,
      maximum: 65_536,
      default: 256,
      description: "The monitor thread's heap limit in MiB; above it the thread is restarted.",
    }),
    stallMs: Type.Integer({
      minimum: 100,
      maximum: 3_600_000,
      default: 10_000,
      description:
        'A monitor that acknowledges nothing for this long while it has work is restarted.',
    }),
    restartBackoffMaxMs: Type.Integer({
      minimum: 100,
      maximum: 3_600_000,
      default: 30_000,
      description: 'Longest pause between two restarts of the monitor; the pause doubles up to it.',
    }),
  },
  closed,
)

const sampleSchema = Type.Object(
  {
    rate: Type.Number({
      minimum: 0,
      maximum: 1,
      default: 1,
      description:
        'Share of conversations that are read; the same conversations in every replica with the same secret.',
    }),
  },
  closed,
)

const identitySchema = Type.Object(
  {
    header: Type.Optional(
      Type.String({
        pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
        maxLength: 128,
        description:
          'Request header that names the conversation; it goes before all other evidence.',
      }),
    ),
    secretFile: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'File of at least 32 bytes that keys all hashes of conversations and users; shared by replicas. Without it each process makes its own.',
      }),
    ),
    tenantHeader: Type.Optional(
      Type.String({
        pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
        maxLength: 128,
        description:
          'Request header that names the tenant; evidence keeps a keyed hash of it, by which a tenant can be found and forgotten.',
      }),
    ),
    conversationsMax: Type.Integer({
      minimum: 1,
      maximum: 100_000_000,
      default: 100_000,
      description:
        'Conversations remembered at the same time; the longest unseen is forgotten first.',
    }),
  },
  closed,
)

const languagesSchema = Type.Object(
  {
    served: Type.Array(Type.String({ pattern: '^[a-z]{2}$', format: 'holdfast-language' }), {
      minItems: 1,
      maxItems: 60,
      uniqueItems: true,
      default: [...coreLanguages],
      description:
        'ISO 639-1 codes of the languages your users write in. Detection is restricted to them; every other one is counted as `other`.',
    }),
    overrideHeader: Type.Optional(
      Type.String({
        pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
        maxLength: 128,
        description:
          'Request header that states the language (one of the served codes); it goes before detection.',
      }),
    ),
  },
  closed,
)

export const liveJudges = ['lexical', 'learned', 'onnx'] as const

const judgeSchema = Type.Object(
  {
    live: Type.Enum(liveJudges, {
      default: 'lexical',
      description:
        'The on-board judge whose verdicts are counted. `learned` finds more soft refusals and costs about three times the CPU (docs/learned-judge.md). `onnx` is a classifier of your own, judge.onnx.',
    }),
    requestSets: Type.Boolean({
      default: false,
      description:
        'Classify live requests as should_refuse, benign or unsure, and count verdicts by that set; otherwise all are `unclassified`.',
    }),
    calibrationFile: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'File that `holdfast eval judge --calibration` wrote. Rates are corrected with it while it is of the judge that runs.',
      }),
    ),
    onnx: onnxSchema,
    graded: gradedSchema,
  },
  closed,
)

const metricsSchema = Type.Object(
  {
    models: Type.Array(Type.String({ minLength: 1, maxLength: 128 }), {
      maxItems: 200,
      uniqueItems: true,
      default: [],
      description:
        'Model names that get a series of their own; every other one is counted as `other`.',
    }),
    modelsAutoMax: Type.Integer({
      minimum: 0,
      maximum: 200,
      default: 20,
      description:
        'With an empty `models`: the first so many names seen get a series of their own.',
    }),
    seriesMax: Type.Integer({
      minimum: 1000,
      maximum: 200_000,
      default: 20_000,
      description:
        'All series together; a new one above it is not made, and counted in holdfast_label_overflow_total.',
    }),
  },
  closed,
)

const statusSchema = Type.Object(
  {
    enabled: Type.Boolean({
      default: true,
      description:
        'Serve the status page on the admin port (docs/status-page.md). Beyond loopback it needs operator.token_file.',
    }),
  },
  closed,
)

export const configSchema = Type.Object(
  {
    upstream: Type.Optional(
      Type.String({
        format: 'holdfast-upstream',
        minLength: 1,
        maxLength: 2048,
        description: 'Base URL of the model API. Short for one route with the prefix `/`.',
      }),
    ),
    routes: Type.Array(routeSchema, {
      maxItems: 100,
      default: [],
      description: 'Several model APIs behind one address; the longest prefix wins. File only.',
    }),
    listen: Type.String({
      format: 'holdfast-host-port',
      default: '127.0.0.1:8787',
      description:
        'HOST:PORT that clients connect to; an IPv6 host in brackets; port 0 takes a free one.',
    }),
    admin: Type.String({
      format: 'holdfast-host-port',
      default: '127.0.0.1:9464',
      description: 'HOST:PORT of /metrics, /healthz, /readyz and the status page.',
    }),
    proxy: proxySchema,
    drain: drainSchema,
    capture: captureSchema,
    monitor: monitorSchema,
    overload: overloadSchema,
    sample: sampleSchema,
    identity: identitySchema,
    languages: languagesSchema,
    judge: judgeSchema,
    drift: driftSchema,
    state: stateSchema,
    operator: operatorSchema,
    evidence: evidenceSchema,
    status: statusSchema,
    signals: signalsSchema,
    probes: probeSchema,
    metrics: metricsSchema,
    otlp: otlpSchema,
    log: logSchema,
    reload: reloadSchema,
  },
  closed,
)

/** As written by the operator, defaults filled in. */
export type ConfigInput = Static<typeof configSchema>

export interface HostPort {
  host: string
  port: number
}

export interface Route {
  prefix: string
  /** Normalised base URL without a trailing slash. */
  upstream: string
  name: string
  stripPrefix: boolean
}

/** As the rest of the program sees it: addresses parsed, `upstream` turned into a route. */
export interface Config extends Omit<ConfigInput, 'upstream' | 'routes' | 'listen' | 'admin'> {
  /** At least one; longest prefix first. */
  routes: Route[]
  listen: HostPort
  admin: HostPort
}
