/**
 * What one exchange says of how tools are called: its own new steps from tool to tool, how surprising
 * they are to a baseline, loops, arguments against the schemas offered, and how the last round of
 * tools went. Each exchange of a conversation gives only what is new in it, so summing over exchanges
 * counts every step once.
 *
 * Assumes that the history is sent again with each request, as the formats have it. Where the server
 * keeps it (`stateful`) and no call is shown, the step that leads to the first new call is unknown and
 * left out. Pure but for the names, which are a closed set (tool-names.ts).
 */
import { type BigramModel, endSymbol, startSymbol } from '../aggregate/surprisal.ts'
import type { Exchange, StopReason, ToolCall, Turn } from '../exchange/exchange.ts'
import { newestCalls } from '../exchange/tool-calls.ts'
import { argumentValidity } from './argument-validity.ts'
import { loopCandidates } from './loop-candidates.ts'
import { toolLoops } from './tool-loop.ts'
import type { ToolNames } from './tool-names.ts'

/** Calls of the trajectory that are looked at, the newest. */
export const trajectoryCallsMax = 256
/** Calls of an answer whose arguments are checked; more are `unknown`. */
export const checkedCallsMax = 32

export interface ToolWatch {
  /** From tool to tool, with the start and end symbols of surprisal.ts. */
  steps: [before: string, after: string][]
  /** Mean over the steps; undefined without a baseline or a step. */
  surprisalBits: number | undefined
  /** Different steps that the baseline does not have; undefined without one. */
  newTransitions: number | undefined
  /** The newest calls of the trajectory hold the same call, arguments included, three times. */
  loop: boolean
  /** Of the answer's calls. unknown: no schema, a call that was cut off, or too much to check. */
  invalidArguments: { valid: number; invalid: number; unknown: number }
  /** Since the last turn of the assistant. unknown: the format has no flag for errors. */
  toolResults: { ok: number; error: number; unknown: number }
}

/** `names` are those of the baseline, or of the reference that is being gathered. */
export const watchTools = (
  exchange: Exchange,
  names: ToolNames,
  baseline: BigramModel | undefined,
): ToolWatch => {
  const calls = newestCalls(exchange, trajectoryCallsMax)
  const steps = newSteps(exchange, calls, names)
  return {
    steps,
    surprisalBits: baseline === undefined ? undefined : meanBits(steps, baseline),
    newTransitions: baseline === undefined ? undefined : unseen(steps, baseline),
    loop: toolLoops(loopCandidates(calls)).length > 0,
    invalidArguments: argumentsOf(exchange),
    toolResults: resultsOf(exchange),
  }
}

/** The model had its say: it was not cut off, and does not wait for a tool. */
const finished: ReadonlySet<StopReason> = new Set(['stop', 'refusal', 'content_filter'])

const newSteps = (
  exchange: Exchange,
  calls: readonly ToolCall[],
  names: ToolNames,
): ToolWatch['steps'] => {
  const { answer, turns, stateful } = exchange
  const own = Math.min(answer.toolCalls.length, calls.length)
  const last = calls[calls.length - own - 1]
  // With as many calls as are looked at, what came before them is not known either.
  const hidden = stateful || calls.length === trajectoryCallsMax
  let before = last === undefined ? (hidden ? undefined : startSymbol) : names.of(last.name)
  const steps: ToolWatch['steps'] = []
  for (const { name } of calls.slice(calls.length - own)) {
    const after = names.of(name)
    if (before !== undefined) steps.push([before, after])
    before = after
  }
  const ends = own > 0 ? ranOnServer(exchange) : endsWithCall(turns)
  if (ends && before !== undefined && finished.has(answer.stop)) steps.push([before, endSymbol])
  return steps
}

/** The provider ran the last call itself, and the answer went on to its end. */
const ranOnServer = ({ answer, tools }: Exchange): boolean => {
  const last = answer.toolCalls.at(-1)
  return tools.some(({ name, serverSide }) => serverSide && name === last?.name)
}

/** The newest turn of the assistant closes with a call: what comes next was not counted before. */
const endsWithCall = (turns: readonly Turn[]): boolean =>
  turns.findLast(({ role }) => role === 'assistant')?.parts.at(-1)?.kind === 'tool_call'

export const meanBits = (steps: ToolWatch['steps'], baseline: BigramModel): number | undefined => {
  if (steps.length === 0) return undefined
  let bits = 0
  for (const [before, after] of steps) bits += baseline.stepBits(before, after)
  return bits / steps.length
}

const unseen = (steps: ToolWatch['steps'], baseline: BigramModel): number =>
  new Set(steps.filter((step) => !baseline.hasStep(...step)).map((step) => JSON.stringify(step)))
    .size

const argumentsOf = ({ answer, tools }: Exchange): ToolWatch['invalidArguments'] => {
  const counts = { valid: 0, invalid: 0, unknown: 0 }
  const calls = answer.toolCalls
  if (calls.length === 0) return counts
  const schemas = new Map(tools.map(({ name, parameters }) => [name, parameters]))
  const complete = finished.has(answer.stop) || answer.stop === 'tool_calls'
  for (const [i, call] of calls.entries()) {
    // Where an answer was cut, its last call may have been.
    const isWhole = complete || i < calls.length - 1
    const { verdict } =
      isWhole && i < checkedCallsMax
        ? argumentValidity(call.arguments, schemas.get(call.name))
        : ({ verdict: 'unknown' } as const)
    counts[verdict]++
  }
  return counts
}

/** Only these clients say of every result whether it is an error. */
const resultsOf = ({ protocol, turns }: Exchange): ToolWatch['toolResults'] => {
  const counts = { ok: 0, error: 0, unknown: 0 }
  const isFlagged = protocol === 'anthropic_messages' || protocol === 'bedrock_converse'
  for (let i = turns.length - 1; i >= 0 && turns[i]?.role !== 'assistant'; i--) {
    for (const part of turns[i]?.parts ?? []) {
      if (part.kind !== 'tool_result') continue
      if (part.isError) counts.error++
      else if (isFlagged) counts.ok++
      else counts.unknown++
    }
  }
  return counts
}
