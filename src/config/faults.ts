/**
 * The rules over several keys, in words, and the step from what the operator wrote to what the
 * program uses. A configuration that can only fail is refused here, before anything listens.
 */
import { detectableLanguages } from '../enrich/language-codes.ts'
import type { Fault } from '../error.ts'
import { readCalibrationFile } from '../judge/calibration-file.ts'
import { initialSeries } from '../metrics/initial-series.ts'
import {
  isWildcard,
  type Parsed,
  parseHostPort,
  parsePrefix,
  parseUpstream,
  plainHost,
} from './address.ts'
import { driftFaults } from './drift-faults.ts'
import { evidenceFaults, evidenceWarnings } from './evidence-faults.ts'
import { gradedFaults, gradedWarnings } from './graded-faults.ts'
import { onnxFaults } from './onnx-faults.ts'
import { otlpFaults } from './otlp-faults.ts'
import { isOwnListener } from './own-listener.ts'
import { probeFaults } from './probe-faults.ts'
import type { Config, ConfigInput, HostPort, Route } from './schema.ts'
import { isWorldReadable, readSecret, readTlsCa } from './secret-files.ts'

export interface Judgement {
  /** Undefined when a part of it could not be made. */
  config: Config | undefined
  faults: Fault[]
  warnings: Fault[]
}

export function judgeConfig(input: ConfigInput): Judgement {
  const faults: Fault[] = []
  const take = <T>(key: string, parsed: Parsed<T>): T | undefined => {
    if (parsed.ok) return parsed.value
    faults.push({ key, reason: parsed.reason })
    return undefined
  }
  const routes = routesOf(input, take, faults)
  const listen = take('listen', parseHostPort(input.listen))
  const admin = take('admin', parseHostPort(input.admin))
  if (listen !== undefined && admin !== undefined && sameListener(listen, admin)) {
    faults.push({ key: 'admin', reason: 'is the same address as listen' })
  }
  if (listen !== undefined && admin !== undefined) {
    faults.push(...isOwnListener({ routes, listen, admin }, (i) => upstreamKey(input, i)))
    // Each call of the judge would itself be judged.
    const judge = judgeRoutes(input)
    faults.push(...isOwnListener({ routes: judge, listen, admin }, () => 'judge.graded.url'))
  }
  faults.push(...limitFaults(input), ...identityFaults(input), ...calibrationFaults(input))
  faults.push(...languageFaults(input), ...evidenceFaults(input))
  faults.push(...gradedFaults(input.judge.graded, input.capture.enabled))
  faults.push(
    ...driftFaults(input),
    ...onnxFaults(input),
    ...otlpFaults(input.otlp),
    ...probeFaults(input, routes),
  )
  if (input.identity.secretFile !== undefined) {
    take('identity.secret_file', readSecret(input.identity.secretFile))
  }
  if (input.proxy.tlsCaFile !== undefined) {
    take('proxy.tls_ca_file', readTlsCa(input.proxy.tlsCaFile))
  }
  const { upstream: _upstream, routes: _routes, listen: _listen, admin: _admin, ...rest } = input
  const whole = listen !== undefined && admin !== undefined && faults.length === 0
  const config = whole ? { ...rest, routes: inMatchOrder(routes), listen, admin } : undefined
  return { config, faults, warnings: warningsOf(input) }
}

/** The monitor could not start with a language that none of its detectors knows. */
const languageFaults = ({ languages }: ConfigInput): Fault[] => {
  const unknown = languages.served.filter((code) => !detectableLanguages.has(code))
  if (unknown.length === 0) return []
  const reason = `names ${unknown.join(', ')}, which cannot be detected`
  return [{ key: 'languages.served', reason }]
}

const judgeRoutes = ({ judge: { graded } }: ConfigInput): Route[] =>
  graded.url === undefined
    ? []
    : [{ prefix: '/', upstream: graded.url, name: 'judge', stripPrefix: true }]

type Take = <T>(key: string, parsed: Parsed<T>) => T | undefined

const upstreamKey = (input: ConfigInput, i: number): string =>
  input.upstream === undefined ? `routes[${i}].upstream` : 'upstream'

/** Longest prefix first, so that the first match is the right one. */
const inMatchOrder = (routes: readonly Route[]): Route[] =>
  [...routes].sort((a, b) => b.prefix.length - a.prefix.length)

function routesOf(input: ConfigInput, take: Take, faults: Fault[]): Route[] {
  if (input.upstream !== undefined) {
    if (input.routes.length > 0) {
      faults.push({ key: 'upstream', reason: 'and routes are both set; keep one of them' })
    }
    const upstream = take('upstream', parseUpstream(input.upstream))
    return upstream === undefined
      ? []
      : [{ prefix: '/', upstream, name: 'default', stripPrefix: true }]
  }
  if (input.routes.length === 0) {
    faults.push({ key: 'upstream', reason: 'is missing: name the model API to stand in front of' })
  }
  const routes = input.routes.flatMap((raw, i) => {
    const prefix = take(`routes[${i}].prefix`, parsePrefix(raw.prefix))
    const upstream = take(`routes[${i}].upstream`, parseUpstream(raw.upstream))
    if (prefix === undefined || upstream === undefined) return []
    return [
      { prefix, upstream, name: raw.name ?? nameFrom(prefix), stripPrefix: raw.stripPrefix, i },
    ]
  })
  for (const word of ['prefix', 'name'] as const) {
    const first = new Map<string, number>()
    for (const route of routes) {
      const earlier = first.get(route[word])
      if (earlier === undefined) first.set(route[word], route.i)
      else {
        const reason = `is the same as that of routes[${earlier}]`
        faults.push({ key: `routes[${route.i}].${word}`, reason })
      }
    }
  }
  return routes.map(({ prefix, upstream, name, stripPrefix }) => ({
    prefix,
    upstream,
    name,
    stripPrefix,
  }))
}

const nameFrom = (prefix: string): string =>
  prefix
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[-_.]+|-+$/g, '')
    .slice(0, 64) || 'default'

function sameListener(a: HostPort, b: HostPort): boolean {
  if (a.port === 0 || a.port !== b.port) return false
  const [first, second] = [plainHost(a.host), plainHost(b.host)]
  return first === second || isWildcard(first) || isWildcard(second)
}

function limitFaults(input: ConfigInput): Fault[] {
  const faults: Fault[] = []
  const largest = input.capture.requestBytesMax + input.capture.responseBytesMax
  for (const [key, bytes] of [
    ['capture.budget_bytes', input.capture.budgetBytes],
    ['monitor.window_bytes', input.monitor.windowBytes],
  ] as const) {
    if (!input.capture.enabled || bytes >= largest) continue
    const sum = 'capture.request_bytes_max + capture.response_bytes_max'
    faults.push({ key, reason: `is smaller than one largest exchange (${sum} = ${largest})` })
  }
  if (input.drain.delayMs > input.drain.deadlineMs) {
    faults.push({ key: 'drain.delay_ms', reason: 'is longer than drain.deadline_ms' })
  }
  if (input.overload.stopShare <= input.overload.limitShare) {
    faults.push({ key: 'overload.stop_share', reason: 'is not above overload.limit_share' })
  }
  const needed = initialSeries({ languages: input.languages.served, models: input.metrics.models })
  if (needed > input.metrics.seriesMax) {
    const reason = `is below the ${needed} series that the served languages and models start with`
    faults.push({ key: 'metrics.series_max', reason })
  }
  return faults
}

const credentialHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
])

function identityFaults(input: ConfigInput): Fault[] {
  return (
    [
      ['identity.header', input.identity.header],
      ['languages.override_header', input.languages.overrideHeader],
      ['identity.tenant_header', input.identity.tenantHeader],
    ] as const
  ).flatMap(([key, header]) =>
    header !== undefined && credentialHeaders.has(header.toLowerCase())
      ? [{ key, reason: 'names a header that carries a credential' }]
      : [],
  )
}

/** The place in the file stands in the reason: the key is the one to change here. */
function calibrationFaults({ judge }: ConfigInput): Fault[] {
  if (judge.calibrationFile === undefined) return []
  const read = readCalibrationFile(judge.calibrationFile)
  if (read.ok) return []
  return read.faults.map(({ key, reason }) => ({
    key: 'judge.calibration_file',
    reason: key === 'file' ? `names a file that ${reason}` : `${key} ${reason}`,
  }))
}

function warningsOf(input: ConfigInput): Fault[] {
  const warnings: Fault[] = [...gradedWarnings(input.judge.graded), ...evidenceWarnings(input)]
  const { secretFile } = input.identity
  if (secretFile !== undefined && isWorldReadable(secretFile)) {
    warnings.push({
      key: 'identity.secret_file',
      reason: 'may be read by every user of this machine',
    })
  }
  return warnings
}
