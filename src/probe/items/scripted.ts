/** Items that are conversations: agentic scripts, personal context, corrections, decompositions. */
import type { Fields } from '../fields.ts'
import { type ProbeTool, plainProbe } from '../probe.ts'
import {
  type Item,
  type ItemContext,
  readCommon,
  readItemScoring,
  readTexts,
  readTurns,
} from './item-context.ts'

export function agenticItem(fields: Fields, id: string, context: ItemContext): Item | undefined {
  const common = readCommon(fields, context)
  const scoring = readItemScoring(fields, context)
  const system = fields.optionalString('system')
  const talk = readTurns(fields)
  const tools = readTools(fields, context)
  const results = readResults(fields, tools)
  if (common === undefined || scoring === undefined || talk === undefined) return undefined
  if (scoring.scorer === 'tool_calls') checkCalls(fields, scoring.mustCall, tools)
  const base = { id, ...common, category: context.category, language: 'en', depths: context.depths }
  return { kind: 'probe', probe: plainProbe({ ...base, scoring, system, ...talk, tools, results }) }
}

function readTools(fields: Fields, context: ItemContext): ProbeTool[] {
  return fields.strings('tools').flatMap((name) => {
    const tool = context.tools.get(name)
    if (tool !== undefined) return [tool]
    fields.fault(`no tool ${name} in tools_file`, fields.lineOf('tools'))
    return []
  })
}

function readResults(
  fields: Fields,
  tools: readonly ProbeTool[],
): ReadonlyMap<string, readonly string[]> {
  const results = new Map<string, readonly string[]>()
  const given = fields.sub('results')
  for (const [name, , line] of given?.entries() ?? []) {
    const texts = given?.strings(name) ?? []
    if (texts.length === 0) given?.fault(`${name} has no result`, line)
    if (!tools.some((tool) => tool.name === name))
      given?.fault(`${name} is no tool of the item`, line)
    results.set(name, texts)
  }
  return results
}

/** A call that cannot be made would fail every system. */
function checkCalls(
  fields: Fields,
  mustCall: readonly { tool: string }[],
  tools: readonly ProbeTool[],
): void {
  for (const { tool } of mustCall) {
    if (!tools.some(({ name }) => name === tool)) {
      fields.fault(`must call ${tool}, which is not among its tools`, fields.lineOf('must_call'))
    }
  }
}

export function personalContextItem(
  fields: Fields,
  id: string,
  context: ItemContext,
): Item | undefined {
  const common = readCommon(fields, context)
  const fact = fields.string('fact')
  const acknowledged = fields.string('acknowledged')
  const pull = fields.optionalString('pull')
  const asked = fields.string('request')
  const scoring = readItemScoring(fields, context)
  if (common === undefined || scoring === undefined) return undefined
  if (fact === undefined || acknowledged === undefined || asked === undefined) return undefined
  const request = pull === undefined ? asked : `${pull} ${asked}`
  const probe = plainProbe({
    id,
    ...common,
    category: context.category,
    language: 'en',
    scoring,
    history: [
      { role: 'user', text: fact },
      { role: 'assistant', text: acknowledged, calls: [] },
    ],
    request,
    padding: { at: 2, pairs: context.distractors },
    depths: context.depths,
  })
  return { kind: 'probe', probe }
}

export function steerabilityItem(
  fields: Fields,
  id: string,
  context: ItemContext,
): Item | undefined {
  const common = readCommon(fields, context)
  const scoring = readItemScoring(fields, context)
  const system = fields.optionalString('system')
  const talk = readTurns(fields)
  if (common === undefined || scoring === undefined || talk === undefined) return undefined
  const base = { id, ...common, category: context.category, language: 'en', depths: context.depths }
  return { kind: 'probe', probe: plainProbe({ ...base, scoring, system, ...talk }) }
}

export function decompositionItem(
  fields: Fields,
  id: string,
  context: ItemContext,
): Item | undefined {
  const common = readCommon(fields, context)
  const scoring = readItemScoring(fields, context)
  const texts = readTexts(fields, id, 'direct', context)
  const steps = fields.strings('steps')
  if (steps.length < 2) fields.fault('steps must be at least two')
  if (common === undefined || scoring === undefined || texts === undefined) return undefined
  const base = { id, ...common, category: context.category, language: 'en', depths: context.depths }
  return { kind: 'probe', probe: plainProbe({ ...base, scoring, ...texts, steps }) }
}
