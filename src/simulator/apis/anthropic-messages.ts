/** Anthropic Messages of the simulated model. Shapes: types of `@anthropic-ai/sdk`, 1.11. */
import {
  arrayAt,
  type JsonObject,
  objectAt,
  stringAt,
  valueAt,
} from '../../decode/untrusted-json.ts'
import { piecesOf } from '../pieces.ts'
import {
  identityOf,
  type OutputShape,
  type ReadRequest,
  refuseRequest,
  type SimulatedTool,
  type SimulatedTurn,
  type ToolChoice,
} from '../request.ts'
import { type ApiShape, type Failure, frame, type SimulatedAnswer, usageOf } from './api-shape.ts'
import { contentTexts } from './content-texts.ts'
import { tokensMaxOf } from './openai-chat.ts'

export const anthropicMessages: ApiShape = {
  api: 'anthropic_messages',
  path: '/messages',
  read: readMessages,
  body: finishedMessage,
  events: messageEvents,
  failure: anthropicFailure,
}

function readMessages(body: JsonObject): ReadRequest {
  const model = stringAt(body, 'model')
  if (model === undefined) return refuseRequest('model', 'model: Field required')
  const tokensMax = tokensMaxOf(body, 'max_tokens')
  if (tokensMax === undefined) return refuseRequest('max_tokens', 'max_tokens: Field required')
  const messages = arrayAt(body, 'messages')
  if (messages === undefined || messages.length === 0) {
    return refuseRequest('messages', 'messages: at least one message is required')
  }
  const system = contentTexts(valueAt(body, 'system'))
  return {
    ok: true,
    request: {
      api: 'anthropic_messages',
      model,
      stream: valueAt(body, 'stream') === true,
      streamUsage: true,
      turns: [
        ...(system.length === 0 ? [] : [{ role: 'system' as const, texts: system }]),
        ...messages.flatMap(readMessage),
      ],
      tools: (arrayAt(body, 'tools') ?? []).flatMap(readTool),
      toolChoice: readToolChoice(objectAt(body, 'tool_choice')),
      output: readOutput(body),
      tokensMax,
      previousResponseId: undefined,
      identity: identityOf(body),
    },
  }
}

/** Tool results come with the role `user`: only what stands beside them is a person's turn. */
function readMessage(message: unknown): SimulatedTurn[] {
  const role = stringAt(message, 'role')
  const content = valueAt(message, 'content')
  const texts = contentTexts(content)
  if (role === 'assistant') return [{ role: 'assistant', texts }]
  if (role === 'system') return [{ role: 'system', texts }]
  const results: unknown[] = Array.isArray(content)
    ? content.filter((part: unknown) => stringAt(part, 'type') === 'tool_result')
    : []
  const spoken: SimulatedTurn[] = texts.length === 0 ? [] : [{ role: 'user', texts }]
  const returned = results.map(
    (result): SimulatedTurn => ({ role: 'tool', texts: contentTexts(valueAt(result, 'content')) }),
  )
  return results.length === 0 && texts.length === 0
    ? [{ role: 'user', texts: [] }]
    : [...returned, ...spoken]
}

function readTool(tool: unknown): SimulatedTool[] {
  const name = stringAt(tool, 'name')
  const schema = valueAt(tool, 'input_schema')
  return name === undefined || schema === undefined ? [] : [{ name, schema }]
}

function readToolChoice(choice: JsonObject | undefined): ToolChoice {
  const name = stringAt(choice, 'name')
  switch (stringAt(choice, 'type') ?? 'auto') {
    case 'none':
      return { kind: 'none' }
    case 'any':
      return { kind: 'any' }
    case 'tool':
      return name === undefined ? { kind: 'any' } : { kind: 'named', name }
    default:
      return { kind: 'auto' }
  }
}

/** `output_format` is the older place of the same thing. */
function readOutput(body: JsonObject): OutputShape {
  const format =
    objectAt(valueAt(body, 'output_config'), 'format') ?? objectAt(body, 'output_format')
  return stringAt(format, 'type') === 'json_schema'
    ? { kind: 'schema', schema: valueAt(format, 'schema') }
    : { kind: 'text' }
}

const toolUseId = (answer: SimulatedAnswer, index: number): string =>
  `toolu_${answer.idSeed.slice(0, 22)}${index.toString().padStart(2, '0')}`

function message(answer: SimulatedAnswer, content: object[], stop: object, output: number): object {
  return {
    model: answer.model,
    id: `msg_${answer.idSeed.slice(0, 24)}`,
    type: 'message',
    role: 'assistant',
    content,
    ...stop,
    usage: usage(usageOf(answer).input, output),
  }
}

const usage = (input: number, output: number): object => ({
  input_tokens: input,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
  output_tokens: output,
  service_tier: 'standard',
})

const notStopped = { stop_reason: null, stop_sequence: null, stop_details: null }

function stopOf(answer: SimulatedAnswer): object {
  const { content } = answer
  const stop = (reason: string, details: object | null = null): object => ({
    stop_reason: reason,
    stop_sequence: null,
    stop_details: details,
  })
  switch (content.kind) {
    case 'tool_calls':
      return stop('tool_use')
    case 'marked_refusal':
      return stop('refusal', { type: 'refusal', category: 'general_harms', explanation: null })
    case 'text':
      return stop(content.cut ? 'max_tokens' : 'end_turn')
  }
}

function finishedMessage(answer: SimulatedAnswer): object {
  const { content } = answer
  const blocks =
    content.kind === 'tool_calls'
      ? content.calls.map((call, index) => ({
          type: 'tool_use',
          id: toolUseId(answer, index),
          name: call.name,
          input: JSON.parse(call.arguments) as unknown,
        }))
      : [{ type: 'text', text: content.text }]
  return message(answer, blocks, stopOf(answer), usageOf(answer).output)
}

interface Block {
  opened: object
  deltas: object[]
}

function blocksOf(answer: SimulatedAnswer): Block[] {
  const { content } = answer
  if (content.kind !== 'tool_calls') {
    const deltas = piecesOf(content.text).map((text) => ({ type: 'text_delta', text }))
    return [{ opened: { type: 'text', text: '' }, deltas }]
  }
  return content.calls.map((call, index) => ({
    opened: { type: 'tool_use', id: toolUseId(answer, index), name: call.name, input: {} },
    deltas: ['', ...piecesOf(call.arguments)].map((partial_json) => ({
      type: 'input_json_delta',
      partial_json,
    })),
  }))
}

function messageEvents(answer: SimulatedAnswer): string[] {
  const event = (type: string, fields: object): string => frame({ type, ...fields }, type)
  const { input, output } = usageOf(answer)
  return [
    event('message_start', { message: message(answer, [], notStopped, 1) }),
    ...blocksOf(answer).flatMap((block, index) => [
      event('content_block_start', { index, content_block: block.opened }),
      ...(index === 0 ? [event('ping', {})] : []),
      ...block.deltas.map((delta) => event('content_block_delta', { index, delta })),
      event('content_block_stop', { index }),
    ]),
    event('message_delta', { delta: stopOf(answer), usage: usage(input, output) }),
    event('message_stop', {}),
  ]
}

function anthropicFailure(failure: Failure, idSeed: string): object {
  return {
    type: 'error',
    error: { type: failure.type, message: failure.message },
    request_id: `req_${idSeed.slice(0, 24)}`,
  }
}
