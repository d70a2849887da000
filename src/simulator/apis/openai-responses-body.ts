/** The body of a Responses answer: the response object and its output items. */
import { type SimulatedAnswer, usageOf } from './api-shape.ts'

const itemId = (answer: SimulatedAnswer, prefix: string, index: number): string =>
  `${prefix}_${answer.idSeed.slice(0, 46)}${index.toString().padStart(2, '0')}`

export const textPart = (text: string): object => ({
  type: 'output_text',
  annotations: [],
  logprobs: [],
  text,
})

export const refusalPart = (text: string): object => ({ type: 'refusal', refusal: text })

export interface OutputItem {
  id: string
  /** The item when it is opened, and when it is finished. */
  opened: object
  finished: object
}

/** The output items; `message` has one content part. */
export function outputItems(answer: SimulatedAnswer): OutputItem[] {
  const { content } = answer
  if (content.kind === 'tool_calls') {
    return content.calls.map((call, index) => {
      const id = itemId(answer, 'fc', index)
      const of = (args: string, status: string): object => ({
        id,
        type: 'function_call',
        status,
        arguments: args,
        call_id: `call_${answer.idSeed.slice(0, 22)}${index.toString().padStart(2, '0')}`,
        name: call.name,
      })
      return { id, opened: of('', 'in_progress'), finished: of(call.arguments, 'completed') }
    })
  }
  const id = itemId(answer, 'msg', 0)
  const cut = content.kind === 'text' && content.cut
  const part = content.kind === 'text' ? textPart(content.text) : refusalPart(content.text)
  const of = (parts: object[], status: string): object => ({
    id,
    type: 'message',
    status,
    content: parts,
    role: 'assistant',
  })
  return [
    {
      id,
      opened: of([], 'in_progress'),
      finished: of([part], cut ? 'incomplete' : 'completed'),
    },
  ]
}

export const isCut = (answer: SimulatedAnswer): boolean =>
  answer.content.kind === 'text' && answer.content.cut

export function responseObject(answer: SimulatedAnswer, stage: 'opened' | 'finished'): object {
  const finished = stage === 'finished'
  const { input, output } = usageOf(answer)
  const cut = isCut(answer)
  return {
    id: `resp_${answer.idSeed}`,
    object: 'response',
    created_at: answer.created,
    status: !finished ? 'in_progress' : cut ? 'incomplete' : 'completed',
    background: false,
    error: null,
    incomplete_details: finished && cut ? { reason: 'max_output_tokens' } : null,
    instructions: null,
    max_output_tokens: answer.request.tokensMax ?? null,
    max_tool_calls: null,
    model: answer.model,
    output: finished ? outputItems(answer).map((item) => item.finished) : [],
    parallel_tool_calls: true,
    previous_response_id: answer.request.previousResponseId ?? null,
    prompt_cache_key: null,
    reasoning: { effort: null, summary: null },
    safety_identifier: null,
    service_tier: 'default',
    store: true,
    temperature: 1,
    text: { format: { type: 'text' }, verbosity: 'medium' },
    tool_choice: 'auto',
    tools: [],
    top_logprobs: 0,
    top_p: 1,
    truncation: 'disabled',
    usage: finished
      ? {
          input_tokens: input,
          input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
          output_tokens: output,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: input + output,
        }
      : null,
    user: null,
    metadata: {},
  }
}
