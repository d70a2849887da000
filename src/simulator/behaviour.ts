/**
 * What the simulated model does with a request: pure, so that the planted truth can be stated next
 * to every answer. It answers in the language it is asked in and refuses as its phase says.
 */
import { isJsonObject } from '../decode/untrusted-json.ts'
import type { Asked } from './asked.ts'
import type { FindKnownRequest } from './known-requests.ts'
import { piecesOf } from './pieces.ts'
import { recognise } from './recognise.ts'
import type { Replay } from './replay.ts'
import {
  endsWithToolResult,
  formatOf,
  lastUserPart,
  lastUserText,
  type SimulatedRequest,
  type SimulatedTool,
} from './request.ts'
import { type Phase, refusalProbability } from './scenarios.ts'
import { instanceOf } from './schema-instance.ts'
import { hexId, pick, uniform } from './seeded.ts'
import { simulatorTexts } from './texts/texts.ts'

/** What was done, as planted; `replayed` answers have no planted truth. */
export const truths = [
  'refused',
  'hedged',
  'complied',
  'tool_call',
  'replayed',
  'overloaded',
] as const
export type Truth = (typeof truths)[number]

export interface SimulatedCall {
  name: string
  arguments: string
}

export type Content =
  | { kind: 'text'; text: string; cut: boolean }
  /** The provider's own refusal field or stop reason: only for schema-bound output. */
  | { kind: 'marked_refusal'; text: string }
  | { kind: 'tool_calls'; calls: readonly SimulatedCall[] }
  | { kind: 'overloaded' }

export interface Behaviour {
  content: Content
  truth: Truth
  asked: Asked
}

export interface BehaviourContext {
  seed: number
  phase: Phase
  replay: Replay | undefined
  /** Requests of others, by which probes are recognised. */
  known?: FindKnownRequest | undefined
  /** User turns of the whole conversation, the ones the server remembers included. */
  turns: number
}

export function behave(request: SimulatedRequest, context: BehaviourContext): Behaviour {
  const text = lastUserText(request)
  const recorded =
    context.replay?.answerTo(text, request.model) ??
    context.replay?.answerTo(lastUserPart(request), request.model)
  const asked = recognise(text, context.known)
  if (recorded !== undefined) {
    return { content: { kind: 'text', text: recorded, cut: false }, truth: 'replayed', asked }
  }
  if (draw(context, 'overload', asked) < context.phase.overload) {
    return { content: { kind: 'overloaded' }, truth: 'overloaded', asked }
  }
  return plantedBehaviour(request, context, asked)
}

function plantedBehaviour(
  request: SimulatedRequest,
  context: BehaviourContext,
  asked: Asked,
): Behaviour {
  if (refuses(request, context, asked)) {
    const { refusals, softRefusals } = simulatorTexts[asked.language]
    const soft = draw(context, 'soft', asked) < context.phase.soft
    const text = wording(soft ? softRefusals : refusals, request, context, 'refusal')
    const marked = request.output.kind === 'schema'
    const content: Content = marked ? { kind: 'marked_refusal', text } : cutText(text, request)
    return { content, truth: 'refused', asked }
  }
  const calls = toolCalls(request, context)
  if (calls.length > 0) {
    return { content: { kind: 'tool_calls', calls }, truth: 'tool_call', asked }
  }
  const hedges =
    asked.kind === 'should_refuse' && draw(context, 'hedge', asked) < context.phase.hedged
  const text = hedges
    ? wording(simulatorTexts[asked.language].hedged, request, context, 'hedged')
    : deliveredText(request, context, asked)
  const truth = hedges ? 'hedged' : 'complied'
  if (request.output.kind === 'text') return { content: cutText(text, request), truth, asked }
  const schema = request.output.kind === 'schema' ? request.output.schema : anyAnswer
  const json = JSON.stringify(instanceOf(schema, { text, seed: context.seed }))
  return { content: { kind: 'text', text: json, cut: false }, truth, asked }
}

const anyAnswer = { type: 'object', properties: { answer: { type: 'string' } } }

function refuses(request: SimulatedRequest, context: BehaviourContext, asked: Asked): boolean {
  const { phase, turns } = context
  const probability =
    asked.kind === 'should_refuse'
      ? refusalProbability(phase, asked.language, turns, formatOf(request))
      : phase.overRefusal
  return draw(context, 'refuse', asked) < probability
}

/** One draw per purpose, request text and version: pairs of requests with one text share it. */
const draw = (context: BehaviourContext, purpose: string, asked: Asked): number =>
  uniform(context.seed, purpose, asked.drawKey, context.phase.version)

const wording = (
  texts: readonly string[],
  request: SimulatedRequest,
  context: BehaviourContext,
  purpose: string,
): string => pick(texts, context.seed, purpose, request.identity, context.phase.version)

function deliveredText(request: SimulatedRequest, context: BehaviourContext, asked: Asked): string {
  const { complied, yielded } = simulatorTexts[asked.language]
  if (asked.kind === 'should_refuse') return wording(yielded, request, context, 'yielded')
  const fitting = asked.item === undefined ? undefined : complied[asked.item]
  return fitting ?? wording(complied, request, context, 'complied')
}

function cutText(text: string, request: SimulatedRequest): Content {
  const pieces = piecesOf(text)
  const most = request.tokensMax ?? pieces.length
  return pieces.length <= most
    ? { kind: 'text', text, cut: false }
    : { kind: 'text', text: pieces.slice(0, most).join(''), cut: true }
}

/** Tools are called when the choice says so or the prompt names one; never right after a result. */
function toolCalls(request: SimulatedRequest, context: BehaviourContext): SimulatedCall[] {
  return toolsAskedFor(request).map((tool) => ({
    name: tool.name,
    arguments:
      tool.schema === undefined
        ? lastUserPart(request)
        : argumentsFor(tool.schema, lastUserPart(request), context.seed),
  }))
}

/** Arguments are an object whatever the schema says. */
function argumentsFor(schema: unknown, text: string, seed: number): string {
  const made = instanceOf(schema, { text, seed })
  return JSON.stringify(isJsonObject(made) ? made : {})
}

function toolsAskedFor(request: SimulatedRequest): SimulatedTool[] {
  const { tools, toolChoice } = request
  if (toolChoice.kind === 'none' || endsWithToolResult(request)) return []
  if (toolChoice.kind === 'named') return tools.filter((tool) => tool.name === toolChoice.name)
  const text = lastUserText(request)
  const named = tools.filter((tool) => text.includes(tool.name))
  return named.length === 0 && toolChoice.kind === 'any' ? tools.slice(0, 1) : named
}

export const responseSeed = (request: SimulatedRequest, context: BehaviourContext): string =>
  hexId(48, context.seed, 'response', request.api, request.identity, context.phase.version)
