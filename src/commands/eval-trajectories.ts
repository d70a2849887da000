/**
 * `holdfast eval trajectories`: whether two sets of conversations call their tools differently, by a
 * permutation test over whole conversations.
 */
import { parseArgs } from 'node:util'
import { createRandom } from '../drift/simulation/random.ts'
import {
  type Trajectory,
  type TrajectoryChange,
  trajectoryChange,
} from '../drift/trajectory-change.ts'
import { messageOf } from '../error.ts'
import type { Command, CommandIo } from './command.ts'
import { readJsonLines } from './read-lines.ts'
import { type Condition, fieldText, fits, readTrajectory } from './trajectory-rows.ts'

const usageFault = 2
/** Runs of one task are alike: dealing over tasks would hide a change behind their differences. */
const taskField = 'task_id'
const noStratum = 'none'
const significant = 0.01

const help = `Usage: holdfast eval trajectories A.jsonl B.jsonl [options]

Says whether the tools of B are called in another order than those of A. Each line of a file is a
conversation: {"tool_sequence": ["search", "read"]}, or {"messages": [...]} in the chat format of
OpenAI or Anthropic. The measure is the Jensen-Shannon divergence of steps from tool to tool; what it
is compared with are the same conversations, dealt to the two sets at random.

  --permutations N     how often they are dealt (default 999)
  --seed N             seed of the dealing (default 1)
  --stratum FIELD      deal only among rows that are equal in this field; "none": among all
                       (default task_id, when both files have the same tasks equally often)
  --where FIELD=VALUE  leave out all other rows, of both files; may be given again
  --where-a, --where-b the same for one file
  --json               print one JSON object

Called a change when p <= ${significant}. Exit code 2: a file, a line or an option cannot be used, or
no row is left.
`

interface Options {
  files: readonly [string, string]
  permutations: number
  seed: number
  stratum: string | undefined
  conditions: readonly [readonly Condition[], readonly Condition[]]
  json: boolean
}

const whole = (text: string | undefined, otherwise: number, max: number): number | undefined => {
  if (text === undefined) return otherwise
  const value = Number(text)
  return /^\d+$/.test(text) && value <= max ? value : undefined
}

const conditionsOf = (texts: readonly string[]): Condition[] | string => {
  const conditions: Condition[] = []
  for (const text of texts) {
    const at = text.indexOf('=')
    if (at < 1) return `--where needs FIELD=VALUE, not ${text}`
    conditions.push({ field: text.slice(0, at), value: text.slice(at + 1) })
  }
  return conditions
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      permutations: { type: 'string' },
      seed: { type: 'string' },
      stratum: { type: 'string' },
      where: { type: 'string', multiple: true },
      'where-a': { type: 'string', multiple: true },
      'where-b': { type: 'string', multiple: true },
      json: { type: 'boolean' },
    },
    allowPositionals: true,
  })

const readArgs = (args: readonly string[]): Options | string => {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    return messageOf(error)
  }
  const { values, positionals } = parsed
  const [first, second, ...further] = positionals
  if (first === undefined || second === undefined || further.length > 0) {
    return `two files are needed, not ${positionals.length}`
  }
  const permutations = whole(values.permutations, 999, 1_000_000)
  if (permutations === undefined || permutations < 1) {
    return '--permutations must be a whole number from 1 to 1000000'
  }
  const seed = whole(values.seed, 1, Number.MAX_SAFE_INTEGER)
  if (seed === undefined) return '--seed must be a whole number'
  const both = values.where ?? []
  const a = conditionsOf([...both, ...(values['where-a'] ?? [])])
  if (typeof a === 'string') return a
  const b = conditionsOf([...both, ...(values['where-b'] ?? [])])
  if (typeof b === 'string') return b
  return {
    files: [first, second],
    permutations,
    seed,
    stratum: values.stratum,
    conditions: [a, b],
    json: values.json ?? false,
  }
}

interface Conversation {
  tools: string[]
  /** Value of the asked stratum field, or of the task field. */
  stratum: string | undefined
}

const readFile = async (
  file: string,
  conditions: readonly Condition[],
  stratum: string | undefined,
  signal: AbortSignal,
): Promise<Conversation[] | string> => {
  const conversations: Conversation[] = []
  const read = await readJsonLines(
    file,
    (row) => {
      const trajectory = readTrajectory(row)
      if (!trajectory.ok) return trajectory.why
      if (!fits(trajectory.fields, conditions)) return undefined
      const value = fieldText(trajectory.fields, stratum ?? taskField)
      const asked = stratum !== undefined && stratum !== noStratum
      if (asked && value === undefined) return `no "${stratum}"`
      conversations.push({ tools: trajectory.tools, stratum: value })
      return undefined
    },
    signal,
  )
  if (!read.ok) return read.why
  return conversations.length > 0 ? conversations : `${file}: no row is left`
}

/** How often each stratum is there; undefined when a conversation has none. */
const tally = (conversations: readonly Conversation[]): string | undefined => {
  const counts = new Map<string, number>()
  for (const { stratum } of conversations) {
    if (stratum === undefined) return undefined
    counts.set(stratum, (counts.get(stratum) ?? 0) + 1)
  }
  return JSON.stringify([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The field that is dealt within; undefined: among all. */
const stratumOf = (
  asked: string | undefined,
  first: readonly Conversation[],
  second: readonly Conversation[],
): string | undefined => {
  if (asked !== undefined) return asked === noStratum ? undefined : asked
  const tasks = tally(first)
  return tasks !== undefined && tasks === tally(second) ? taskField : undefined
}

const within = (
  stratum: string | undefined,
  conversations: readonly Conversation[],
): Trajectory[] =>
  conversations.map(({ tools, stratum: value }) => ({
    tools,
    stratum: stratum === undefined ? '' : (value ?? ''),
  }))

const meanCalls = (trajectories: readonly Trajectory[]): number =>
  trajectories.reduce((sum, { tools }) => sum + tools.length, 0) / trajectories.length

interface Report extends TrajectoryChange {
  stratum: string | undefined
  first: readonly Trajectory[]
  second: readonly Trajectory[]
}

const jsonOf = ({ first, second, stratum, ...change }: Report): string =>
  JSON.stringify({
    a: { conversations: first.length, calls_mean: meanCalls(first) },
    b: { conversations: second.length, calls_mean: meanCalls(second) },
    divergence_bits: change.divergenceBits,
    expected_bits: change.expectedBits,
    p: change.p,
    permutations: change.permutations,
    stratum: stratum ?? null,
    change: change.p <= significant,
  })

const readable = ({ first, second, stratum, ...change }: Report): string => `\
                         A        B
conversations     ${String(first.length).padStart(8)} ${String(second.length).padStart(8)}
calls on average  ${meanCalls(first).toFixed(1).padStart(8)} ${meanCalls(second).toFixed(1).padStart(8)}

divergence        ${change.divergenceBits.toFixed(4)} bits; dealt at random ${change.expectedBits.toFixed(4)} on average
p                 ${change.p.toFixed(4)} (${change.permutations} permutations${stratum === undefined ? '' : `, within ${stratum}`})
${change.p <= significant ? 'change' : 'no change'} at p <= ${significant}
`

export const evalTrajectories: Command = {
  words: ['eval', 'trajectories'],
  summary: 'Test whether two sets of conversations call their tools differently',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const fault = (why: string): number => {
      io.stderr.write(`holdfast eval trajectories: ${why}\n`)
      return usageFault
    }
    const options = readArgs(args)
    if (typeof options === 'string') return fault(options)
    const sides: Conversation[][] = []
    for (const i of [0, 1] as const) {
      const { files, conditions, stratum } = options
      const side = await readFile(files[i], conditions[i], stratum, io.signal)
      if (typeof side === 'string') return fault(side)
      sides.push(side)
    }
    const [first = [], second = []] = sides
    const random = createRandom(options.seed)
    const stratum = stratumOf(options.stratum, first, second)
    const a = within(stratum, first)
    const b = within(stratum, second)
    const change = trajectoryChange(a, b, options.permutations, random)
    if (change === undefined) return fault('no conversation to compare')
    const report = { stratum, first: a, second: b, ...change }
    io.stdout.write(options.json ? `${jsonOf(report)}\n` : readable(report))
    return 0
  },
}
