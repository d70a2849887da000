/** The rules over `judge.graded.*`: a judge that could never give a verdict is refused. */
import type { Fault } from '../error.ts'
import { readCredential } from '../upstream/credential.ts'
import type { GradedConfig } from './graded-schema.ts'

/** What one call may be charged at most: a token is at least a byte of what is sent. */
const inputTokensMax = 16_384
const outputTokensMax = 64
/** A call and its repetition are reserved together. */
const callsReserved = 2

export function gradedFaults(
  graded: GradedConfig,
  captureEnabled: boolean,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Fault[] {
  if (graded.url === undefined) return []
  const faults: Fault[] = []
  const fault = (word: string, reason: string): void => {
    faults.push({ key: `judge.graded.${word}`, reason })
  }
  if (graded.model === undefined) fault('model', 'is missing: name the model that judges')
  if (!captureEnabled)
    fault('url', 'is set, but capture.enabled is false: there is nothing to judge')
  if (graded.callsPerHour > graded.callsPerDay) {
    fault('calls_per_hour', 'is more than calls_per_day')
  }
  faults.push(...moneyFaults(graded))
  const credential = readGradedKey(graded, environment)
  if (!credential.ok) {
    fault(graded.keyFile === undefined ? 'key_env' : 'key_file', credential.reason)
  }
  return faults
}

export function gradedWarnings({ url, keyFile, keyEnv }: GradedConfig): Fault[] {
  const keyed = keyFile !== undefined || keyEnv !== undefined
  if (url === undefined || !URL.canParse(url) || !isPlainAndRemote(url)) return []
  const what = keyed ? 'the key, prompts and answers cross' : 'prompts and answers cross'
  return [{ key: 'judge.graded.url', reason: `is http: ${what} the network in the clear` }]
}

/** Called again when the judge is built: the key is in no configuration that could be printed. */
export const readGradedKey = (
  { keyFile, keyEnv }: Pick<GradedConfig, 'keyFile' | 'keyEnv'>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ReturnType<typeof readCredential> =>
  readCredential(
    {
      ...(keyFile === undefined ? {} : { file: keyFile }),
      ...(keyEnv === undefined ? {} : { variable: keyEnv }),
    },
    environment,
  )

function moneyFaults(graded: GradedConfig): Fault[] {
  const { priceInputPerMillion: input, priceOutputPerMillion: output, dollarsPerDay } = graded
  if ((input === undefined) !== (output === undefined)) {
    const missing = input === undefined ? 'input' : 'output'
    return [
      {
        key: `judge.graded.price_${missing}_per_million`,
        reason: 'is missing: give both prices or none',
      },
    ]
  }
  if (dollarsPerDay === undefined) return []
  const key = 'judge.graded.dollars_per_day'
  if (input === undefined || output === undefined) {
    return [{ key, reason: 'needs price_input_per_million and price_output_per_million' }]
  }
  const call = (inputTokensMax * input + outputTokensMax * output) / 1e6
  if (dollarsPerDay >= callsReserved * call) return []
  return [
    {
      key,
      reason: `is less than the ${callsReserved * call} that one call and its repetition may cost`,
    },
  ]
}

function isPlainAndRemote(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}
