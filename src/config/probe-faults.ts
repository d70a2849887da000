/** The rules over `probes.*`: runs that could never be complete, or that nobody allowed, are refused. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { probeDetectorsMax } from '../drift/probe-nulls.ts'
import type { Fault } from '../error.ts'
import { bundledSuites } from '../probe/bundled.ts'
import { readSchedule } from '../probe/schedule/schedule.ts'
import { readCredential } from '../upstream/credential.ts'
import type { ProbeConfig } from './probe-schema.ts'
import type { ConfigInput, Route } from './schema.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Fail = (word: string, reason: string) => void

/** Input of one call at the most that can be planned with: a conversation of ten turns. */
const inputTokensPlanned = 8000
const outputTokensPlanned = 1024

/** Whether anything of `probes` asks for runs. */
export const probesConfigured = ({ url, model }: ProbeConfig): boolean =>
  url !== undefined || model !== undefined

/** @param routes as they were read */
export function probeFaults(
  input: ConfigInput,
  routes: readonly Route[],
  environment: Environment = process.env,
): Fault[] {
  const { probes, drift, capture } = input
  if (!probesConfigured(probes)) return forksAlone(probes)
  const faults: Fault[] = []
  const fault: Fail = (word, reason) => {
    faults.push({ key: `probes.${word}`, reason })
  }
  if (probes.url === undefined) fault('url', 'is missing: name the API that probes are sent to')
  if (probes.model === undefined) fault('model', 'is missing: name the model that is asked')
  if (!drift.enabled || !capture.enabled) {
    const off = drift.enabled ? 'capture.enabled' : 'drift.enabled'
    fault('url', `is set, but ${off} is false: nothing would take the results`)
  }
  const key = readProbeKey(probes, environment)
  if (!key.ok) fault(probes.keyFile === undefined ? 'key_env' : 'key_file', key.reason)
  else if (key.value === undefined && !probes.withoutKey) {
    fault(
      'key_file',
      'is missing: probes need a key of their own, or without_key for an endpoint that takes none',
    )
  } else if (key.value !== undefined && probes.withoutKey) {
    fault('without_key', 'is true, but a key is given')
  }
  scheduleFaults(probes, fault)
  conditionFaults(probes, fault)
  budgetFaults(input, fault)
  adversarialFaults(probes, environment, fault)
  forkFaults(probes, routes, fault)
  shadowFaults(probes, fault)
  return faults
}

function scheduleFaults(
  { schedule: text, jitterMs, runDeadlineMs }: ProbeConfig,
  fault: Fail,
): void {
  const read = readSchedule(text)
  if (!read.ok) return fault('schedule', read.reason)
  const { periodMs } = read.schedule
  if (jitterMs >= periodMs) fault('jitter_ms', `is not less than the ${periodMs} between two runs`)
  if (runDeadlineMs > periodMs) {
    fault('run_deadline_ms', `is more than the ${periodMs} between two runs`)
  }
}

/** The forms that the probe engine reads; it is too large to be loaded for every command. */
const conditionForms: ReadonlyMap<string, RegExp> = new Map([
  ['format', /^(?:agentic|structured)$/],
  ['depth', /^(?:[1-9]|[1-5]\d|6[0-4])$/],
  ['scaffold', /^[a-z0-9]+(?:-[a-z0-9]+)*$/],
])

function conditionFaults({ conditions, folders }: ProbeConfig, fault: Fail): void {
  for (const [i, text] of conditions.entries()) {
    const parts = text.split(',').map((part) => part.split('='))
    const ids = parts.map(([id = '']) => id)
    for (const [id = '', value = '', ...more] of parts) {
      const form = conditionForms.get(id)
      if (form === undefined || more.length > 0 || !form.test(value)) {
        const known = 'format=agentic|structured, depth=1-64 or scaffold=NAME'
        fault(`conditions[${i}]`, `has a part that is not ${known}`)
      } else if (id === 'scaffold' && !hasScaffold(value, folders)) {
        fault(`conditions[${i}]`, `names the scaffold ${value}, which is in no folder`)
      }
    }
    if (new Set(ids).size < ids.length) fault(`conditions[${i}]`, 'has a part twice')
  }
  for (const folder of folders) {
    if (!existsSync(folder)) fault('folders', `names ${folder}, which is not there`)
  }
}

const hasScaffold = (name: string, folders: readonly string[]): boolean =>
  [bundledSuites, ...folders].some((folder) =>
    existsSync(join(folder, 'scaffolds', `${name}.yaml`)),
  )

/** Calls of a run when no answer calls a tool. */
export const callsPerRun = ({
  probes,
  languages,
}: Pick<ConfigInput, 'probes' | 'languages'>): number => {
  const asked = probeLanguages(probes, languages.served).length
  const further = probes.conditions.length
  const { freshPerSuiteMax } = probes.rotation
  const { url, turnsMax, sessionsPerLanguageMax } = probes.inline
  const inline = url === undefined ? 0 : turnsMax * sessionsPerLanguageMax * asked
  return probes.suites.reduce(
    // The core alone has texts in other languages.
    (sum, suite) => {
      const texts = suite === 'refusal-core' ? asked : 1
      return sum + probes.probesPerSuiteMax * (texts + further) + freshPerSuiteMax * texts
    },
    inline,
  )
}

/** English, which all are compared with, and the others. */
export const probeLanguages = (
  { languages }: Pick<ProbeConfig, 'languages'>,
  served: readonly string[],
): string[] => [...new Set(['en', ...(languages.length > 0 ? languages : served)])]

function budgetFaults(input: ConfigInput, fault: Fail): void {
  const { probes } = input
  const calls = callsPerRun(input)
  if (calls > probes.callsPerDay) {
    fault('calls_per_day', `is ${probes.callsPerDay}, but one run takes ${calls} calls`)
  }
  if (probes.callsPerHour > probes.callsPerDay)
    fault('calls_per_hour', 'is more than calls_per_day')
  const hours = probes.runDeadlineMs / 3_600_000
  if (calls > probes.callsPerHour * Math.ceil(hours)) {
    fault('calls_per_hour', `lets no run of ${calls} calls end within run_deadline_ms`)
  }
  moneyFaults(probes, fault)
}

/** Detectors of probe runs that this configuration may start. */
export function probeDetectorCount({ probes, languages, judge }: ConfigInput): number {
  if (!probesConfigured(probes)) return 0
  const { refusalReference, overRefusalReference, unclearReference } = probes
  const levels = [refusalReference, overRefusalReference, unclearReference]
  return probeDetectorsMax({
    languages: probeLanguages(probes, languages.served),
    // format_gap, depth_gap and fork_gap.
    conditionGaps: 3,
    breach: judge.calibrationFile !== undefined,
    levels: levels.filter((one) => one !== undefined).length,
  })
}

function moneyFaults(probes: ProbeConfig, fault: Fail): void {
  const { priceInputPerMillion: input, priceOutputPerMillion: output, dollarsPerDay } = probes
  if ((input === undefined) !== (output === undefined)) {
    const missing = input === undefined ? 'input' : 'output'
    return fault(`price_${missing}_per_million`, 'is missing: give both prices or none')
  }
  if (dollarsPerDay === undefined) return
  if (input === undefined || output === undefined) {
    return fault('dollars_per_day', 'needs price_input_per_million and price_output_per_million')
  }
  const call = (inputTokensPlanned * input + outputTokensPlanned * output) / 1e6
  if (dollarsPerDay < call)
    fault('dollars_per_day', `is less than the ${call} that one call may cost`)
}

function adversarialFaults(
  { adversarial, suites }: ProbeConfig,
  environment: Environment,
  fault: Fail,
): void {
  const named = adversarial.keyFile !== undefined || adversarial.keyEnv !== undefined
  if (!adversarial.enabled) {
    if (named) fault('adversarial.enabled', 'is false, but a key for it is given')
    if (suites.includes('adversarial')) {
      fault('suites', 'names adversarial, whose probes are P2: set probes.adversarial')
    }
    return
  }
  const key = readAdversarialKey({ adversarial }, environment)
  const word = adversarial.keyFile === undefined ? 'adversarial.key_env' : 'adversarial.key_file'
  if (!key.ok) fault(word, key.reason)
  else if (key.value === undefined) {
    fault('adversarial.key_file', 'is missing: P2 probes need a key of their own')
  }
  if (adversarial.acknowledgement === undefined) {
    fault(
      'adversarial.acknowledgement',
      'is missing: say who allowed P2 probes against this account',
    )
  }
}

const forksAlone = ({ fork }: ProbeConfig): Fault[] =>
  fork.enabled ? [{ key: 'probes.fork.enabled', reason: 'is true, but probes.url is not set' }] : []

function forkFaults({ fork, url }: ProbeConfig, routes: readonly Route[], fault: Fail): void {
  if (!fork.enabled) return
  if (!fork.sameOrganisation) {
    fault(
      'fork.same_organisation',
      'is false: forks send text of your users only to the provider organisation that had it already',
    )
  }
  if (fork.purpose === undefined) {
    fault('fork.purpose', 'is missing: say what the copies of sessions are for')
  }
  if (fork.routes.length === 0) {
    fault('fork.routes', 'is empty: name the routes whose sessions may be copied')
  }
  for (const name of fork.routes) {
    const route = routes.find((one) => one.name === name)
    if (route === undefined) fault('fork.routes', `names ${name}, which is no route`)
    else if (url !== undefined && originOf(route.upstream) !== originOf(url)) {
      fault('fork.routes', `names ${name}, whose upstream is another one than that of probes.url`)
    }
  }
}

function shadowFaults({ shadow, fork, folders }: ProbeConfig, fault: Fail): void {
  const { condition, translatorModel } = shadow
  if (translatorModel !== undefined && !condition?.startsWith('language=')) {
    fault('shadow.translator_model', 'is set, but shadow.condition is no language=')
  }
  if (condition === undefined) return
  if (!fork.enabled) {
    fault(
      'shadow.condition',
      'is set, but probes.fork.enabled is false: there are no copies to send',
    )
  }
  const scaffold = /^scaffold=(.*)$/.exec(condition)?.[1]
  if (scaffold !== undefined && !hasScaffold(scaffold, folders)) {
    fault('shadow.condition', `names the scaffold ${scaffold}, which is in no folder`)
  }
}

const originOf = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).origin : undefined

const credential = (
  { keyFile, keyEnv }: { keyFile?: string; keyEnv?: string },
  environment: Environment,
): ReturnType<typeof readCredential> =>
  readCredential(
    {
      ...(keyFile === undefined ? {} : { file: keyFile }),
      ...(keyEnv === undefined ? {} : { variable: keyEnv }),
    },
    environment,
  )

/** Called again when probes are started: the key is in no configuration that could be printed. */
export const readProbeKey = (
  probes: Pick<ProbeConfig, 'keyFile' | 'keyEnv'>,
  environment: Environment = process.env,
): ReturnType<typeof readCredential> => credential(probes, environment)

export const readAdversarialKey = (
  { adversarial }: Pick<ProbeConfig, 'adversarial'>,
  environment: Environment = process.env,
): ReturnType<typeof readCredential> => credential(adversarial, environment)
