/** The event sequence of a streamed Responses answer: every event numbered, no [DONE] at the end. */
import { piecesOf } from '../pieces.ts'
import { frame, type SimulatedAnswer } from './api-shape.ts'
import {
  isCut,
  type OutputItem,
  outputItems,
  refusalPart,
  responseObject,
  textPart,
} from './openai-responses-body.ts'

interface Event {
  type: string
  fields: object
}

export function responsesEvents(answer: SimulatedAnswer): string[] {
  const opened = { response: responseObject(answer, 'opened') }
  const events: Event[] = [
    { type: 'response.created', fields: opened },
    { type: 'response.in_progress', fields: opened },
    ...outputItems(answer).flatMap((item, index) => itemEvents(answer, item, index)),
    {
      type: isCut(answer) ? 'response.incomplete' : 'response.completed',
      fields: { response: responseObject(answer, 'finished') },
    },
  ]
  return events.map(({ type, fields }, index) =>
    frame({ type, sequence_number: index, ...fields }, type),
  )
}

function itemEvents(answer: SimulatedAnswer, item: OutputItem, outputIndex: number): Event[] {
  const place = { output_index: outputIndex }
  return [
    { type: 'response.output_item.added', fields: { ...place, item: item.opened } },
    ...innerEvents(answer, item, outputIndex),
    { type: 'response.output_item.done', fields: { ...place, item: item.finished } },
  ]
}

function innerEvents(answer: SimulatedAnswer, item: OutputItem, outputIndex: number): Event[] {
  const { content } = answer
  const place = { item_id: item.id, output_index: outputIndex }
  switch (content.kind) {
    case 'text':
      return partEvents({ ...place, content_index: 0 }, content.text, 'text')
    case 'marked_refusal':
      return partEvents({ ...place, content_index: 0 }, content.text, 'refusal')
    case 'tool_calls': {
      const call = content.calls[outputIndex]
      if (call === undefined) return []
      return [
        ...piecesOf(call.arguments).map((delta) => ({
          type: 'response.function_call_arguments.delta',
          fields: { ...place, delta },
        })),
        {
          type: 'response.function_call_arguments.done',
          fields: { ...place, name: call.name, arguments: call.arguments },
        },
      ]
    }
  }
}

function partEvents(place: object, text: string, kind: 'text' | 'refusal'): Event[] {
  const name = kind === 'text' ? 'response.output_text' : 'response.refusal'
  const part = kind === 'text' ? textPart : refusalPart
  const probabilities = kind === 'text' ? { logprobs: [] } : {}
  return [
    { type: 'response.content_part.added', fields: { ...place, part: part('') } },
    ...piecesOf(text).map((delta) => ({
      type: `${name}.delta`,
      fields: { ...place, delta, ...probabilities },
    })),
    { type: `${name}.done`, fields: { ...place, [kind]: text, ...probabilities } },
    { type: 'response.content_part.done', fields: { ...place, part: part(text) } },
  ]
}
