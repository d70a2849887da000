/** OpenAI Responses of the simulated model. Shapes: types of the `openai` client, 6.49. */
import {
  arrayAt,
  type JsonObject,
  objectAt,
  stringAt,
  valueAt,
} from '../../decode/untrusted-json.ts'
import {
  identityOf,
  type OutputShape,
  type ReadRequest,
  refuseRequest,
  type SimulatedTool,
  type SimulatedTurn,
} from '../request.ts'
import type { ApiShape } from './api-shape.ts'
import { contentTexts } from './content-texts.ts'
import { openaiFailure, readToolChoice, tokensMaxOf } from './openai-chat.ts'
import { responseObject } from './openai-responses-body.ts'
import { responsesEvents } from './openai-responses-events.ts'

const roles: ReadonlyMap<string, SimulatedTurn['role']> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
] as const)

export const openaiResponses: ApiShape = {
  api: 'openai_responses',
  path: '/responses',
  read: readResponses,
  body: (answer) => responseObject(answer, 'finished'),
  events: responsesEvents,
  failure: openaiFailure,
}

function readResponses(body: JsonObject): ReadRequest {
  const model = stringAt(body, 'model')
  if (model === undefined) return refuseRequest('model', "Missing required parameter: 'model'.")
  const input = valueAt(body, 'input')
  if (typeof input !== 'string' && !Array.isArray(input)) {
    return refuseRequest('input', "Missing required parameter: 'input'.")
  }
  const instructions = stringAt(body, 'instructions')
  const turns: SimulatedTurn[] =
    instructions === undefined ? [] : [{ role: 'system', texts: [instructions] }]
  if (typeof input === 'string') turns.push({ role: 'user', texts: [input] })
  else turns.push(...input.flatMap(readItem))
  return {
    ok: true,
    request: {
      api: 'openai_responses',
      model,
      stream: valueAt(body, 'stream') === true,
      streamUsage: true,
      turns,
      tools: (arrayAt(body, 'tools') ?? []).flatMap(readTool),
      toolChoice: readToolChoice(valueAt(body, 'tool_choice')),
      output: readOutput(objectAt(valueAt(body, 'text'), 'format')),
      tokensMax: tokensMaxOf(body, 'max_output_tokens'),
      previousResponseId: stringAt(body, 'previous_response_id'),
      identity: identityOf(body),
    },
  }
}

function readItem(item: unknown): SimulatedTurn[] {
  const role = roles.get(stringAt(item, 'role') ?? '')
  if (role !== undefined) return [{ role, texts: contentTexts(valueAt(item, 'content')) }]
  const type = stringAt(item, 'type') ?? ''
  if (!type.endsWith('_call_output')) return []
  return [{ role: 'tool', texts: contentTexts(valueAt(item, 'output')) }]
}

function readTool(tool: unknown): SimulatedTool[] {
  const name = stringAt(tool, 'name')
  const type = stringAt(tool, 'type')
  if (name === undefined || (type !== 'function' && type !== 'custom')) return []
  return [{ name, schema: type === 'custom' ? undefined : (valueAt(tool, 'parameters') ?? {}) }]
}

function readOutput(format: JsonObject | undefined): OutputShape {
  const type = stringAt(format, 'type')
  if (type === 'json_object') return { kind: 'any' }
  return type === 'json_schema'
    ? { kind: 'schema', schema: valueAt(format, 'schema') }
    : { kind: 'text' }
}
