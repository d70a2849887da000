/** The options of `holdfast probe run`, read and checked: every fault at once. */
import { parseArgs } from 'node:util'
import { type Fault, messageOf } from '../error.ts'
import { type ProbeProtocol, probeProtocols } from '../exchange/protocol.ts'
import { type Category, categories } from '../probe/category.ts'
import { readCredential } from '../upstream/credential.ts'
import type { Secret } from '../upstream/secret.ts'

export interface GradedOptions {
  url: URL
  model: string
  protocol: 'openai_chat' | 'anthropic_messages'
  key: Secret | undefined
  callsMax: number
}

export interface ProbeRunOptions {
  category: Category
  suites: readonly string[]
  /** As written; [] when none is given. */
  conditions: readonly string[]
  baseline: string
  target: URL
  model: string
  protocol: ProbeProtocol
  key: Secret | undefined
  temperature: boolean
  judge: 'lexical' | 'learned'
  graded: GradedOptions | undefined
  calibration: string | undefined
  concurrency: number
  seed: number
  limit: number | undefined
  timeoutMs: number
  deadlineMs: number | undefined
  retriesMax: number
  json: boolean
  out: string | undefined
  keepText: boolean
  failOverPoints: number | undefined
  allowAdversarial: boolean
}

export type ReadProbeRun = { ok: true; options: ProbeRunOptions } | { ok: false; faults: Fault[] }

const flags = {
  suite: { type: 'string', default: 'refusal-core' },
  suites: { type: 'string', multiple: true },
  conditions: { type: 'string', multiple: true },
  baseline: { type: 'string', default: 'baseline' },
  target: { type: 'string' },
  model: { type: 'string' },
  protocol: { type: 'string', default: 'openai_chat' },
  'key-env': { type: 'string' },
  'key-file': { type: 'string' },
  'no-temperature': { type: 'boolean', default: false },
  judge: { type: 'string', default: 'lexical' },
  'judge-url': { type: 'string' },
  'judge-model': { type: 'string' },
  'judge-protocol': { type: 'string', default: 'openai_chat' },
  'judge-key-env': { type: 'string' },
  'judge-key-file': { type: 'string' },
  'judge-calls-max': { type: 'string', default: '10000' },
  calibration: { type: 'string' },
  concurrency: { type: 'string', default: '4' },
  seed: { type: 'string', default: '1' },
  limit: { type: 'string' },
  'timeout-ms': { type: 'string', default: '60000' },
  'deadline-s': { type: 'string' },
  retries: { type: 'string', default: '2' },
  json: { type: 'boolean', default: false },
  out: { type: 'string' },
  'keep-text': { type: 'boolean', default: false },
  'fail-over-points': { type: 'string' },
  'allow-p2': { type: 'boolean', default: false },
} as const

const gradedProtocols = ['openai_chat', 'anthropic_messages'] as const

export function readProbeRun(args: readonly string[], env: NodeJS.ProcessEnv): ReadProbeRun {
  const faults: Fault[] = []
  let values: ReturnType<typeof parse>
  try {
    values = parse(args)
  } catch (error) {
    return { ok: false, faults: [{ key: 'arguments', reason: messageOf(error) }] }
  }
  const fault = (key: string, reason: string): undefined => {
    faults.push({ key: `--${key}`, reason })
    return undefined
  }
  const oneOf = <T extends string>(key: string, text: string, all: readonly T[]): T | undefined =>
    all.find((one) => one === text) ?? fault(key, `must be one of ${all.join(', ')}`)
  const whole = (key: string, text: string, min: number, max: number): number | undefined =>
    /^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max
      ? Number(text)
      : fault(key, `must be a whole number from ${min} to ${max}`)
  const optional = (key: 'limit' | 'deadline-s', max: number): number | undefined => {
    const text = values[key]
    return text === undefined ? undefined : whole(key, text, 1, max)
  }
  const address = (key: string, text: string | undefined): URL | undefined =>
    text === undefined
      ? fault(key, 'is missing')
      : (urlOf(text) ?? fault(key, 'must be an http or https URL without credentials'))
  const secret = (name: string, file: string | undefined, variable: string | undefined) => {
    const read = readCredential(
      { ...(file === undefined ? {} : { file }), ...(variable === undefined ? {} : { variable }) },
      env,
    )
    return read.ok ? read.value : fault(name, `the key ${read.reason}`)
  }

  const category = oneOf('suite', values.suite, categories)
  const target = address('target', values.target)
  const model = values.model ?? fault('model', 'is missing')
  const protocol = oneOf('protocol', values.protocol, probeProtocols)
  const key = secret('key-file', values['key-file'], values['key-env'])
  const judge = oneOf('judge', values.judge, ['lexical', 'learned'])
  const concurrency = whole('concurrency', values.concurrency, 1, 256)
  const seed = whole('seed', values.seed, 0, Number.MAX_SAFE_INTEGER)
  const limit = optional('limit', 1_000_000)
  const timeoutMs = whole('timeout-ms', values['timeout-ms'], 100, 3_600_000)
  const deadlineS = optional('deadline-s', 1_000_000)
  const retriesMax = whole('retries', values.retries, 0, 10)
  const points = pointsOf(values['fail-over-points'], fault)
  const graded = readGraded(values, { fault, address, secret, oneOf, whole })
  if (
    faults.length > 0 ||
    category === undefined ||
    target === undefined ||
    model === undefined ||
    protocol === undefined ||
    judge === undefined ||
    concurrency === undefined ||
    seed === undefined ||
    timeoutMs === undefined ||
    retriesMax === undefined
  ) {
    return { ok: false, faults }
  }
  return {
    ok: true,
    options: {
      category,
      suites: values.suites ?? [],
      conditions: (values.conditions ?? []).flatMap(splitConditions),
      baseline: values.baseline,
      target,
      model,
      protocol,
      key,
      temperature: !values['no-temperature'],
      judge,
      graded,
      calibration: values.calibration,
      concurrency,
      seed,
      limit,
      timeoutMs,
      deadlineMs: deadlineS === undefined ? undefined : deadlineS * 1000,
      retriesMax,
      json: values.json,
      out: values.out,
      keepText: values['keep-text'],
      failOverPoints: points,
      allowAdversarial: values['allow-p2'],
    },
  }
}

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: flags }).values

/** Conditions are composed by commas, and told apart by semicolons or spaces. */
const splitConditions = (text: string): string[] => text.split(/[;\s]+/).filter((one) => one !== '')

function urlOf(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const web = url.protocol === 'http:' || url.protocol === 'https:'
  return web && url.username === '' && url.password === '' ? url : undefined
}

function pointsOf(
  text: string | undefined,
  fault: (key: string, reason: string) => undefined,
): number | undefined {
  if (text === undefined) return undefined
  const points = Number(text)
  return text.trim() !== '' && points >= 0 && points <= 100
    ? points
    : fault('fail-over-points', 'must be a number of points from 0 to 100')
}

interface Readers {
  fault: (key: string, reason: string) => undefined
  address: (key: string, text: string | undefined) => URL | undefined
  secret: (
    name: string,
    file: string | undefined,
    variable: string | undefined,
  ) => Secret | undefined
  oneOf: <T extends string>(key: string, text: string, all: readonly T[]) => T | undefined
  whole: (key: string, text: string, min: number, max: number) => number | undefined
}

/** Undefined: none is asked for, or its faults are noted. */
function readGraded(values: ReturnType<typeof parse>, read: Readers): GradedOptions | undefined {
  const given = values['judge-url'] ?? values['judge-model']
  if (given === undefined) return undefined
  const url = read.address('judge-url', values['judge-url'])
  const model = values['judge-model'] ?? read.fault('judge-model', 'is missing')
  const protocol = read.oneOf('judge-protocol', values['judge-protocol'], gradedProtocols)
  const key = read.secret('judge-key-file', values['judge-key-file'], values['judge-key-env'])
  const callsMax = read.whole('judge-calls-max', values['judge-calls-max'], 1, 10_000_000)
  if (url === undefined || model === undefined || protocol === undefined) return undefined
  return callsMax === undefined ? undefined : { url, model, protocol, key, callsMax }
}
