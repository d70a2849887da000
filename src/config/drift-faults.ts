/** The rules over `drift.*` and `state.*`: detectors that could not keep their bound are refused. */
import { liveDetectorsMax } from '../drift/nulls.ts'
import type { Fault } from '../error.ts'
import { parseRedisAddress } from '../state/redis-address.ts'
import { readCredential } from '../upstream/credential.ts'
import type { StateConfig } from './drift-schema.ts'
import { probeDetectorCount } from './probe-faults.ts'
import type { ConfigInput } from './schema.ts'
import { readTlsCa, readToken } from './secret-files.ts'

type Environment = Readonly<Record<string, string | undefined>>

export function driftFaults(input: ConfigInput, environment: Environment = process.env): Fault[] {
  const { drift, languages, judge, operator } = input
  const faults: Fault[] = [...stateFaults(input, environment)]
  const running = liveDetectorsMax(languages.served, judge.requestSets) + probeDetectorCount(input)
  if (drift.enabled && running > drift.detectorsMax) {
    const reason = `is ${drift.detectorsMax}, but ${running} detectors run: set it to ${running} or more`
    faults.push({ key: 'drift.detectors_max', reason })
  }
  if (drift.graceMs > 24 * drift.tickMs) {
    faults.push({ key: 'drift.grace_ms', reason: 'is longer than 24 ticks' })
  }
  if (operator.tokenFile !== undefined) {
    const token = readToken(operator.tokenFile)
    if (!token.ok) faults.push({ key: 'operator.token_file', reason: token.reason })
  }
  return faults
}

function stateFaults({ state, identity }: ConfigInput, environment: Environment): Fault[] {
  const faults: Fault[] = []
  const fault = (word: string, reason: string): void => {
    faults.push({ key: `state.${word}`, reason })
  }
  if (state.redisUrl === undefined) {
    for (const [word, value] of redisOnly(state)) {
      if (value !== undefined) fault(word, 'is set, but state.redis_url is not')
    }
    return faults
  }
  if (state.file !== undefined) fault('file', 'and state.redis_url are both set; keep one of them')
  if (identity.secretFile === undefined) {
    fault('redis_url', 'needs identity.secret_file: without it replicas do not know each other')
  }
  const address = parseRedisAddress(state.redisUrl, state.redisCluster)
  if (!address.ok) fault('redis_url', address.reason)
  else if (state.redisUrl.includes('@')) {
    fault('redis_url', 'holds credentials: use redis_username and redis_password_file')
  }
  const password = readRedisPassword(state, environment)
  if (!password.ok) {
    fault(
      state.redisPasswordFile === undefined ? 'redis_password_env' : 'redis_password_file',
      password.reason,
    )
  }
  if (state.redisCaFile !== undefined) {
    const ca = readTlsCa(state.redisCaFile)
    if (!ca.ok) fault('redis_ca_file', ca.reason)
  }
  return faults
}

const redisOnly = (state: StateConfig): [string, string | undefined][] => [
  ['redis_username', state.redisUsername],
  ['redis_password_file', state.redisPasswordFile],
  ['redis_password_env', state.redisPasswordEnv],
  ['redis_ca_file', state.redisCaFile],
]

export const readRedisPassword = (
  { redisPasswordFile: file, redisPasswordEnv: variable }: StateConfig,
  environment: Environment = process.env,
): ReturnType<typeof readCredential> =>
  readCredential(
    {
      ...(file === undefined ? {} : { file }),
      ...(variable === undefined ? {} : { variable }),
    },
    environment,
  )
