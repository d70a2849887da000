/** The options of `holdfast stress`, read and checked: every fault at once. */
import { parseArgs } from 'node:util'
import { type Fault, messageOf } from '../error.ts'
import type { Category } from '../probe/category.ts'
import type { PurseLimits } from '../spend/purse.ts'
import { defaultScaffolds, defaultTasks } from '../stress/grid.ts'
import { stressCategories } from '../stress/stress-dimension.ts'
import { readEndpoints, type StressEndpoint, targetProtocols } from './stress-endpoints.ts'

export const onBoardRaters = ['lexical', 'learned'] as const
export type OnBoardRater = (typeof onBoardRaters)[number]

export interface StressOptions {
  targets: readonly StressEndpoint[]
  judges: readonly StressEndpoint[]
  onBoard: readonly OnBoardRater[]
  repeats: number
  category: Category
  suites: readonly string[]
  scaffolds: readonly string[]
  tasks: number
  seed: number
  concurrency: number
  timeoutMs: number
  retriesMax: number
  deadlineMs: number | undefined
  temperature: boolean
  limits: PurseLimits
  replicates: number
  permutations: number
  out: string | undefined
  rows: string | undefined
  json: boolean
}

export type ReadStress =
  | { ok: true; options: StressOptions }
  | { ok: false; faults: readonly Fault[]; lines: readonly string[] }

const flags = {
  targets: { type: 'string', multiple: true },
  judges: { type: 'string', multiple: true },
  repeats: { type: 'string' },
  suite: { type: 'string', default: 'verification' },
  suites: { type: 'string', multiple: true },
  scaffolds: { type: 'string', default: defaultScaffolds.join(',') },
  tasks: { type: 'string', default: String(defaultTasks) },
  seed: { type: 'string', default: '1' },
  concurrency: { type: 'string', default: '4' },
  'timeout-ms': { type: 'string', default: '60000' },
  retries: { type: 'string', default: '2' },
  'deadline-s': { type: 'string' },
  'no-temperature': { type: 'boolean', default: false },
  'calls-max': { type: 'string' },
  'tokens-max': { type: 'string' },
  'usd-max': { type: 'string' },
  replicates: { type: 'string', default: '2000' },
  permutations: { type: 'string', default: '9999' },
  out: { type: 'string' },
  rows: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

const judgeProtocols = ['openai_chat', 'anthropic_messages'] as const
const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: flags }).values

export function readStress(args: readonly string[], env: NodeJS.ProcessEnv): ReadStress {
  let values: ReturnType<typeof parse>
  try {
    values = parse(args)
  } catch (error) {
    return { ok: false, faults: [{ key: 'arguments', reason: messageOf(error) }], lines: [] }
  }
  const faults: Fault[] = []
  const lines: string[] = []
  const fault = (key: string, reason: string): void => {
    faults.push({ key: `--${key}`, reason })
  }
  /** A faulty number is noted, and stands as the least one. */
  const whole = (key: keyof typeof flags, min: number, max: number): number => {
    const text = String(values[key])
    if (/^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text)
    fault(key, `must be a whole number from ${min} to ${max}`)
    return min
  }
  const optional = (key: 'deadline-s' | 'calls-max' | 'tokens-max', max: number) =>
    values[key] === undefined ? undefined : whole(key, 1, max)
  const endpoints = (key: 'targets' | 'judges', given: readonly string[]): StressEndpoint[] => {
    const protocols = key === 'targets' ? targetProtocols : judgeProtocols
    const read = readEndpoints(given, key, protocols, env)
    if (read.ok) return [...read.endpoints]
    lines.push(...read.lines)
    return []
  }
  const targets = endpoints('targets', values.targets ?? [])
  if ((values.targets ?? []).length === 0) fault('targets', 'is missing')
  const named = (values.judges ?? []).flatMap((text) => (isOnBoard(text) ? [] : [text]))
  const onBoard = onBoardRaters.filter((id) => (values.judges ?? []).includes(id))
  const judges = endpoints('judges', named)
  const repeats = values.repeats === undefined ? undefined : whole('repeats', 1, 20)
  // One judge alone says nothing of how far its grades can be trusted.
  const times = repeats ?? (judges.length + onBoard.length < 2 ? 2 : 1)
  if (judges.length * times + onBoard.length < 2) {
    fault('judges', 'two raters at least: two judges, or one that is a model and --repeats 2')
  }
  const category = stressCategories.find((one) => one === values.suite)
  if (category === undefined) fault('suite', `must be one of ${stressCategories.join(', ')}`)
  const usdMax = usdOf(values['usd-max'], fault)
  if (usdMax !== undefined && [...targets, ...judges].some(({ prices }) => prices === undefined)) {
    fault('usd-max', 'needs input_usd and output_usd of every target and judge')
  }
  const scaffolds = values.scaffolds.split(',').map((name) => name.trim())
  const deadlineS = optional('deadline-s', 1_000_000)
  const limits = limitsOf(optional('calls-max', 1e12), optional('tokens-max', 1e15), usdMax)
  const options = {
    targets,
    judges,
    onBoard,
    repeats: times,
    suites: values.suites ?? [],
    scaffolds: scaffolds.filter((name) => name !== ''),
    tasks: whole('tasks', 1, 10_000),
    seed: whole('seed', 0, Number.MAX_SAFE_INTEGER),
    concurrency: whole('concurrency', 1, 256),
    timeoutMs: whole('timeout-ms', 100, 3_600_000),
    retriesMax: whole('retries', 0, 10),
    deadlineMs: deadlineS === undefined ? undefined : deadlineS * 1000,
    temperature: !values['no-temperature'],
    limits,
    replicates: whole('replicates', 100, 1_000_000),
    permutations: whole('permutations', 99, 10_000_000),
    out: values.out,
    rows: values.rows,
    json: values.json,
  }
  return faults.length + lines.length > 0 || category === undefined
    ? { ok: false, faults, lines }
    : { ok: true, options: { ...options, category } }
}

const isOnBoard = (text: string): boolean => onBoardRaters.some((id) => id === text)

function usdOf(
  text: string | undefined,
  fault: (key: string, reason: string) => void,
): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() !== '' && value > 0 && value <= 1e9) return value
  fault('usd-max', 'must be a number above 0')
  return undefined
}

const limitsOf = (
  calls: number | undefined,
  tokens: number | undefined,
  usd: number | undefined,
): PurseLimits => ({
  ...(calls === undefined ? {} : { calls }),
  ...(tokens === undefined ? {} : { tokens }),
  ...(usd === undefined ? {} : { usd }),
})
