/**
 * Which tools were called with which arguments, and whether the last answer is of its schema. Calls
 * are recorded, never executed. All that an item states must hold; `expect` names what it is about.
 */
import { isJsonObject, parseJsonText, valueAt } from '../../decode/untrusted-json.ts'
import { argumentValidity } from '../../drift/argument-validity.ts'
import type { ToolCall } from '../../exchange/exchange.ts'
import type { Fields } from '../fields.ts'
import type { CallPattern, ToolCallsScoring } from '../scoring.ts'
import { plainValue } from '../yaml-file.ts'
import { holdsCanary } from './canary-string.ts'
import { byRule, type Scorer } from './scorer.ts'

const needed = {
  called: 'must_call',
  not_called: 'must_not_call',
  schema_valid: 'answer_schema',
} as const

export const toolCalls: Scorer<ToolCallsScoring> = {
  expects: ['called', 'not_called', 'schema_valid'],
  read(fields, expect) {
    const schema = fields.node('answer_schema')
    const scoring: ToolCallsScoring = {
      scorer: 'tool_calls',
      expect,
      mustCall: readCalls(fields, 'must_call'),
      mustNotCall: readCalls(fields, 'must_not_call'),
      canary: fields.optionalString('canary'),
      answerSchema: schema === undefined ? undefined : plainValue(schema),
    }
    if (fields.has(needed[expect])) return scoring
    return fields.fault(`expects ${expect}, which needs ${needed[expect]}`, fields.lineOf('expect'))
  },
  score(scoring, transcript) {
    const made = transcript.exchanges.flatMap(({ answer }) => answer.toolCalls)
    const broken = brokenRule(scoring, made, transcript.answerText)
    const reason =
      broken ??
      (scoring.canary !== undefined && holdsCanary(transcript, scoring.canary)
        ? 'canary'
        : undefined)
    return byRule('tool_calls', reason === undefined ? 'pass' : 'fail', { reason })
  },
}

const readCalls = (fields: Fields, key: string): CallPattern[] =>
  fields.subs(key).flatMap((call) => {
    const tool = call.string('tool')
    const wanted = call.sub('arguments')
    const wantedValues = (wanted?.entries() ?? []).map(
      ([name, node]) => [name, plainValue(node)] as const,
    )
    call.end()
    return tool === undefined ? [] : [{ tool, arguments: new Map(wantedValues) }]
  })

function brokenRule(
  { mustCall, mustNotCall, answerSchema }: ToolCallsScoring,
  made: readonly ToolCall[],
  answer: string,
): string | undefined {
  if (mustNotCall.some((pattern) => made.some((call) => fits(call, pattern))))
    return 'forbidden_call'
  if (!mustCall.every((pattern) => made.some((call) => fits(call, pattern)))) return 'missing_call'
  if (answerSchema === undefined) return undefined
  return schemaRule(answerSchema, answer.trim())
}

/** JSON and nothing around it. An empty answer is none, though empty arguments would be. */
const schemaRule = (schema: unknown, json: string): string | undefined =>
  json !== '' && argumentValidity(json, schema).verdict === 'valid' ? undefined : 'schema'

function fits(call: ToolCall, pattern: CallPattern): boolean {
  if (call.name !== pattern.tool) return false
  if (pattern.arguments.size === 0) return true
  const parsed = parseJsonText(call.arguments)
  if (!parsed.ok || !isJsonObject(parsed.value)) return false
  const { value } = parsed
  return [...pattern.arguments].every(([name, wanted]) => same(valueAt(value, name), wanted))
}

function same(got: unknown, wanted: unknown): boolean {
  if (typeof got === 'string' && typeof wanted === 'string') {
    return got.trim().toLowerCase() === wanted.trim().toLowerCase()
  }
  return JSON.stringify(got) === JSON.stringify(wanted)
}
