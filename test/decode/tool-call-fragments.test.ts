/** Tool calls cut into any deltas, in any order between calls, are the calls that were sent. */
import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import t from 'tap'
import { decodeFailures } from '../../src/decode/decoder.ts'
import type { ToolCall } from '../../src/exchange/exchange.ts'
import type { KnownProtocol } from '../../src/exchange/protocol.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'
import { fuzz } from '../fuzz-runs.ts'

const sse = (events: readonly object[]): string =>
  events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')

interface Delta {
  call: number
  text: string
}

const chat = (calls: readonly ToolCall[], deltas: readonly Delta[]): string => {
  const chunk = (call: object): object => ({
    choices: [{ index: 0, delta: { tool_calls: [call] } }],
  })
  return sse([
    ...calls.map(({ id, name }, index) =>
      chunk({ index, id, type: 'function', function: { name, arguments: '' } }),
    ),
    ...deltas.map(({ call, text }) => chunk({ index: call, function: { arguments: text } })),
    { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
  ])
}

/** The output is left out of the terminal event, so that the deltas are what is read. */
const responses = (calls: readonly ToolCall[], deltas: readonly Delta[]): string =>
  sse([
    ...calls.map(({ id, name }, index) => ({
      type: 'response.output_item.added',
      output_index: index,
      item: { type: 'function_call', call_id: id, name, arguments: '' },
    })),
    ...deltas.map(({ call, text }) => ({
      type: 'response.function_call_arguments.delta',
      output_index: call,
      delta: text,
    })),
    { type: 'response.completed', response: { status: 'completed', output: [] } },
  ])

const messages = (calls: readonly ToolCall[], deltas: readonly Delta[]): string =>
  sse([
    { type: 'message_start', message: { content: [] } },
    ...calls.map(({ id, name }, index) => ({
      type: 'content_block_start',
      index,
      content_block: { type: 'tool_use', id, name, input: '' },
    })),
    ...deltas.map(({ call, text }) => ({
      type: 'content_block_delta',
      index: call,
      delta: { type: 'input_json_delta', partial_json: text },
    })),
    { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
    { type: 'message_stop' },
  ])

const writers: readonly [KnownProtocol, typeof chat][] = [
  ['openai_chat', chat],
  ['openai_responses', responses],
  ['anthropic_messages', messages],
]

const toolCall = fc.record<ToolCall>(
  {
    id: fc.string({ minLength: 1, maxLength: 6 }),
    name: fc.string({ minLength: 1, maxLength: 8 }),
    arguments: fc.oneof(
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
    ),
  },
  { noNullPrototype: true },
)

/** Cuts every call's arguments at random places and mixes the pieces, keeping each call's order. */
const fragmented = fc
  .tuple(
    fc.array(toolCall, { minLength: 1, maxLength: 5 }),
    fc.infiniteStream(fc.nat({ max: 6 })),
    fc.infiniteStream(fc.nat()),
  )
  .map(([calls, sizes, picks]) => {
    const queues = calls.map(({ arguments: text }, call) => {
      const pieces: Delta[] = []
      let at = 0
      while (at < text.length) {
        const size = sizes.next().value ?? 1
        pieces.push({ call, text: text.slice(at, at + size) })
        at += size === 0 && pieces.length > 500 ? 1 : size
      }
      return pieces
    })
    const deltas: Delta[] = []
    for (;;) {
      const open = queues.filter((queue) => queue.length > 0)
      if (open.length === 0) return { calls, deltas }
      const next = open[(picks.next().value ?? 0) % open.length]?.shift()
      if (next !== undefined) deltas.push(next)
    }
  })

for (const [protocol, write] of writers) {
  void t.test(`${protocol}: any fragmentation gives the whole calls`, async () => {
    fc.assert(
      fc.property(fragmented, ({ calls, deltas }) => {
        const decoded = decodeBodies(protocol, { response: write(calls, deltas) })
        return isDeepStrictEqual(exchangeOf(decoded).answer.toolCalls, calls)
      }),
      fuzz('tool_call_fragments', 20261121),
    )
  })
}

const places = fc.oneof(
  fc.integer({ min: -3, max: 140 }),
  fc.constantFrom(127, 128, 4_294_967_295, 1e300, 0.5, null, true, '0', '__proto__', [0], {}),
)

void t.test(
  'calls in any place are at most 128, or not decoded; memory follows the bytes',
  async (t) => {
    const wires: readonly KnownProtocol[] = [
      'openai_chat',
      'openai_responses',
      'anthropic_messages',
    ]
    let decodedCount = 0
    let most = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...wires),
        fc.array(fc.tuple(places, fc.string({ maxLength: 4 })), { minLength: 1, maxLength: 160 }),
        (protocol, deltas) => {
          const response = sse(
            protocol === 'openai_chat'
              ? [
                  ...deltas.map(([index, text]) => ({
                    choices: [
                      {
                        index: 0,
                        delta: {
                          tool_calls: [
                            { index, id: 'i', function: { name: 'f', arguments: text } },
                          ],
                        },
                      },
                    ],
                  })),
                  { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
                ]
              : protocol === 'openai_responses'
                ? [
                    ...deltas.map(([output_index, text]) => ({
                      type: 'response.output_item.added',
                      output_index,
                      item: { type: 'function_call', call_id: 'i', name: 'f', arguments: text },
                    })),
                    { type: 'response.completed', response: { status: 'completed', output: [] } },
                  ]
                : [
                    { type: 'message_start', message: { content: [] } },
                    ...deltas.map(([index]) => ({
                      type: 'content_block_start',
                      index,
                      content_block: { type: 'tool_use', id: 'i', name: 'f', input: {} },
                    })),
                    { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
                    { type: 'message_stop' },
                  ],
          )
          const decoded = decodeBodies(protocol, { response })
          if (!decoded.ok) return decodeFailures.some((reason) => reason === decoded.reason)
          decodedCount++
          const { toolCalls } = decoded.exchange.answer
          most = Math.max(most, toolCalls.length)
          return toolCalls.length <= 128 && toolCalls.length <= deltas.length
        },
      ),
      fuzz('tool_call_places', 20261128),
    )
    t.ok(decodedCount > 20, `${decodedCount} decoded, of ${most} calls at most`)
  },
)
