/** OpenAI chat completions of the simulated model. Shapes: types of the `openai` client, 6.49. */
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

const roles: ReadonlyMap<string, SimulatedTurn['role']> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
  ['tool', 'tool'],
  ['function', 'tool'],
] as const)

export const openaiChat: ApiShape = {
  api: 'openai_chat',
  path: '/chat/completions',
  read: readChat,
  body: chatCompletion,
  events: chatEvents,
  failure: openaiFailure,
}

function readChat(body: JsonObject): ReadRequest {
  const model = stringAt(body, 'model')
  if (model === undefined) return refuseRequest('model', 'you must provide a model parameter')
  const messages = arrayAt(body, 'messages')
  if (messages === undefined || messages.length === 0) {
    return refuseRequest('messages', "Missing required parameter: 'messages'.")
  }
  const turns: SimulatedTurn[] = []
  for (const message of messages) {
    const role = roles.get(stringAt(message, 'role') ?? '')
    if (role === undefined) return refuseRequest('messages', 'Invalid value for a message role.')
    turns.push({ role, texts: contentTexts(valueAt(message, 'content')) })
  }
  return {
    ok: true,
    request: {
      api: 'openai_chat',
      model,
      stream: valueAt(body, 'stream') === true,
      streamUsage: valueAt(valueAt(body, 'stream_options'), 'include_usage') === true,
      turns,
      tools: (arrayAt(body, 'tools') ?? []).flatMap(readTool),
      toolChoice: readToolChoice(valueAt(body, 'tool_choice')),
      output: readOutput(objectAt(body, 'response_format')),
      tokensMax: tokensMaxOf(body, 'max_completion_tokens') ?? tokensMaxOf(body, 'max_tokens'),
      previousResponseId: undefined,
      identity: identityOf(body),
    },
  }
}

export const tokensMaxOf = (body: JsonObject, key: string): number | undefined => {
  const value = valueAt(body, key)
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined
}

function readTool(tool: unknown): SimulatedTool[] {
  const offer = objectAt(tool, 'function') ?? objectAt(tool, 'custom')
  const name = stringAt(offer, 'name')
  if (name === undefined) return []
  const takesText = objectAt(tool, 'custom') !== undefined
  return [{ name, schema: takesText ? undefined : (valueAt(offer, 'parameters') ?? {}) }]
}

export function readToolChoice(choice: unknown): ToolChoice {
  if (choice === 'none') return { kind: 'none' }
  if (choice === 'required') return { kind: 'any' }
  const name = stringAt(valueAt(choice, 'function'), 'name') ?? stringAt(choice, 'name')
  return name === undefined ? { kind: 'auto' } : { kind: 'named', name }
}

function readOutput(format: JsonObject | undefined): OutputShape {
  const type = stringAt(format, 'type')
  if (type === 'json_object') return { kind: 'any' }
  if (type !== 'json_schema') return { kind: 'text' }
  return { kind: 'schema', schema: valueAt(valueAt(format, 'json_schema'), 'schema') }
}

const callId = (answer: SimulatedAnswer, index: number): string =>
  `call_${answer.idSeed.slice(0, 22)}${index.toString().padStart(2, '0')}`

function usage(answer: SimulatedAnswer): object {
  const { input, output } = usageOf(answer)
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}

function finishReason(answer: SimulatedAnswer): string {
  const { content } = answer
  if (content.kind === 'tool_calls') return 'tool_calls'
  return content.kind === 'text' && content.cut ? 'length' : 'stop'
}

function message(answer: SimulatedAnswer): object {
  const { content } = answer
  switch (content.kind) {
    case 'text':
      return { role: 'assistant', content: content.text, refusal: null, annotations: [] }
    case 'marked_refusal':
      return { role: 'assistant', content: null, refusal: content.text, annotations: [] }
    case 'tool_calls':
      return {
        role: 'assistant',
        content: null,
        tool_calls: content.calls.map((call, index) => ({
          id: callId(answer, index),
          type: 'function',
          function: { name: call.name, arguments: call.arguments },
        })),
        refusal: null,
        annotations: [],
      }
  }
}

const head = (answer: SimulatedAnswer, object: string): object => ({
  id: `chatcmpl-${answer.idSeed.slice(0, 29)}`,
  object,
  created: answer.created,
  model: answer.model,
})

const tail = (answer: SimulatedAnswer): object => ({
  service_tier: 'default',
  system_fingerprint: `fp_${answer.model.length.toString(16).padStart(2, '0')}${answer.created.toString(16).slice(-8)}`,
})

function chatCompletion(answer: SimulatedAnswer): object {
  const choice = {
    index: 0,
    message: message(answer),
    logprobs: null,
    finish_reason: finishReason(answer),
  }
  return {
    ...head(answer, 'chat.completion'),
    choices: [choice],
    usage: usage(answer),
    ...tail(answer),
  }
}

function chatEvents(answer: SimulatedAnswer): string[] {
  const wantsUsage = answer.request.streamUsage
  const chunk = (choices: object[], used: object | null = null): string =>
    frame({
      ...head(answer, 'chat.completion.chunk'),
      ...tail(answer),
      choices,
      ...(wantsUsage ? { usage: used } : {}),
    })
  const delta = (part: object, finish: string | null = null): string =>
    chunk([{ index: 0, delta: part, logprobs: null, finish_reason: finish }])
  return [
    ...deltas(answer).map((part) => delta(part)),
    delta({}, finishReason(answer)),
    ...(wantsUsage ? [chunk([], usage(answer))] : []),
    'data: [DONE]\n\n',
  ]
}

function deltas(answer: SimulatedAnswer): object[] {
  const { content } = answer
  switch (content.kind) {
    case 'text':
      return [
        { role: 'assistant', content: '', refusal: null },
        ...piecesOf(content.text).map((piece) => ({ content: piece })),
      ]
    case 'marked_refusal':
      return [
        { role: 'assistant', content: null, refusal: '' },
        ...piecesOf(content.text).map((piece) => ({ refusal: piece })),
      ]
    case 'tool_calls':
      return [
        { role: 'assistant', content: null, refusal: null },
        ...content.calls.flatMap((call, index) => [
          {
            tool_calls: [
              {
                index,
                id: callId(answer, index),
                type: 'function',
                function: { name: call.name, arguments: '' },
              },
            ],
          },
          ...piecesOf(call.arguments).map((piece) => ({
            tool_calls: [{ index, function: { arguments: piece } }],
          })),
        ]),
      ]
  }
}

/** The error body of both OpenAI APIs. */
export function openaiFailure(failure: Failure): object {
  return {
    error: {
      message: failure.message,
      type: failure.type,
      param: failure.param ?? null,
      code: failure.status === 404 ? 'not_found' : null,
    },
  }
}
