/** Hostile bodies through all decoders: never an exception, never more out than in. */
import * as fc from 'fast-check'
import t from 'tap'
import { type Decoded, decodeFailures } from '../../src/decode/decoder.ts'
import { decoders } from '../../src/decode/decoders.ts'
import { providerRefusalReasons } from '../../src/exchange/exchange.ts'
import type { KnownProtocol } from '../../src/exchange/protocol.ts'
import { decodeBodies, requests } from '../fixtures/wire/wire-exchange.ts'
import { wireFixtures } from '../fixtures/wire/wire-fixtures.ts'
import { fuzz } from '../fuzz-runs.ts'

/** Requests with everything in them, for mutation. */
const richRequests: { protocol: KnownProtocol; request: string }[] = [
  {
    protocol: 'openai_chat',
    request: JSON.stringify({
      model: 'm',
      messages: [
        { role: 'system', content: 'be brief' },
        { role: 'user', content: [{ type: 'text', text: '你好' }, { type: 'image_url' }] },
        { role: 'assistant', tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{}' } }] },
        { role: 'tool', tool_call_id: 'c', content: 'r' },
      ],
      tools: [{ type: 'function', function: { name: 'f' } }],
    }),
  },
  {
    protocol: 'openai_responses',
    request: JSON.stringify({
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'hi' }] },
        { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c', output: [{ type: 'input_text', text: 'r' }] },
        { type: 'mcp_call', id: 'm', name: 'g', arguments: '{}', output: 'x' },
        { type: 'item_reference', id: 'i' },
      ],
      tools: [{ type: 'function', name: 'f' }, { type: 'web_search' }],
    }),
  },
  {
    protocol: 'anthropic_messages',
    request: JSON.stringify({
      system: [{ type: 'text', text: 'be brief' }],
      messages: [
        { role: 'user', content: 'hi' },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 't', name: 'f', input: { a: [1] } }],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'r' }] },
      ],
      thread: { type: 'continue', previous_message_id: 'm' },
    }),
  },
]

/** Every string of a value that a peer could have made long, and every closed word. */
const checkShape = (decoded: Decoded, bytes: number): void => {
  if (!decoded.ok) {
    const known: readonly string[] = [...decodeFailures, 'no_answer']
    if (!known.includes(decoded.reason)) throw new Error(`reason ${decoded.reason}`)
    return
  }
  const { exchange } = decoded
  for (const reason of exchange.providerRefusals) {
    if (!providerRefusalReasons.includes(reason)) throw new Error(`refusal ${reason}`)
  }
  // A refusal text can stand in both of two places, JSON text can grow by escapes: six times at most.
  const size = JSON.stringify(exchange).length
  if (size > 1_500 + 8 * bytes) throw new Error(`${size} characters out of ${bytes} bytes`)
}

const pieces = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  '\\',
  '\n',
  '\n\n',
  '\r',
  'data: ',
  'event: ',
  'null',
  'true',
  '-1',
  '1e999',
  '0.5',
  '128',
  '"__proto__":',
  '"constructor":{"prototype":{"polluted":1}},',
  '"index":',
  '"type":',
  '"content":',
  '"text":',
  '"tool_calls":',
  '"role":"user"',
  '\\ud800',
  '\u2028',
  '\uFEFF',
  '🙂',
  '[DONE]',
  '['.repeat(70),
  'x'.repeat(300),
]

/** Puts `value` in the place of one node of a JSON text, found by walking along `walk`. */
const replaceNode = (text: string, walk: readonly number[], value: unknown): string => {
  const root: unknown = JSON.parse(text)
  let node: unknown = root
  for (const [step, pick] of walk.entries()) {
    if (typeof node !== 'object' || node === null) break
    const keys = Object.keys(node)
    const key = keys[pick % keys.length]
    if (key === undefined) break
    const child: unknown = Reflect.get(node, key)
    const isLast = step === walk.length - 1 || typeof child !== 'object' || child === null
    if (isLast && value === undefined) Reflect.deleteProperty(node, key)
    else if (isLast) Object.defineProperty(node, key, { value, enumerable: true })
    node = child
  }
  return JSON.stringify(root)
}

/** The same inside one event of a stream; every seventh time the event is left out instead. */
const replaceInEvent = (text: string, at: number, walk: readonly number[], value: unknown) => {
  const events = text.split('\n\n')
  const place = at % events.length
  const [head, json] = events[place]?.split('data: ') ?? []
  if (at % 7 === 0) events.splice(place, 1)
  else if (json?.startsWith('{')) events[place] = `${head}data: ${replaceNode(json, walk, value)}`
  return events.join('\n\n')
}

const bodies = [
  ...wireFixtures.map(({ protocol, text }) => ({
    protocol,
    request: JSON.stringify(requests[protocol]),
    response: text,
  })),
  ...richRequests.map(({ protocol, request }) => ({
    protocol,
    request,
    response: '{"choices":[],"output":[],"content":[]}',
  })),
]

const outcomeOf = (
  protocol: KnownProtocol,
  mutated: { request: string; response: string },
  status: number,
): string => {
  const decoded = decodeBodies(protocol, mutated, { status })
  checkShape(decoded, Buffer.byteLength(mutated.request) + Buffer.byteLength(mutated.response))
  return decoded.ok ? 'decoded' : decoded.reason
}

const count = (counted: Map<string, number>, outcome: string): void => {
  counted.set(outcome, (counted.get(outcome) ?? 0) + 1)
}

const statuses = fc.constantFrom(200, 200, 200, 200, 200, 200, 400, 500)

void t.test('bodies with edited bytes never throw and leave Object.prototype alone', async (t) => {
  const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype).sort())
  const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 }))
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 30 }), piece), { maxLength: 6 })
  const counted = new Map<string, number>()
  fc.assert(
    fc.property(
      fc.constantFrom(...bodies),
      fc.boolean(),
      edits,
      statuses,
      (body, first, made, status) => {
        const mutate = (text: string): string =>
          made.reduce((now, [at, cut, piece]) => {
            const place = at % (now.length + 1)
            return now.slice(0, place) + piece + now.slice(place + cut)
          }, text)
        const { protocol, request, response } = body
        const mutated = first
          ? { request: mutate(request), response }
          : { request, response: mutate(response) }
        count(counted, outcomeOf(protocol, mutated, status))
      },
    ),
    fuzz('edited_bodies', 20261121),
  )
  t.equal(JSON.stringify(Object.getOwnPropertyNames(Object.prototype).sort()), before)
  t.equal(Reflect.get({}, 'polluted'), undefined)
  for (const outcome of ['decoded', 'not_json', 'too_deep', 'error_status']) {
    t.ok((counted.get(outcome) ?? 0) > 25, `${outcome}: ${counted.get(outcome)}`)
  }
})

void t.test('bodies with other values in them never throw and stay bounded', async (t) => {
  const value = fc.oneof(
    fc.constantFrom(undefined, null, true, 0, -1, 0.5, 127, 128, 1e300, '', 'x'.repeat(500)),
    fc.constantFrom([], {}, [null], [[]], ['text'], [{}], { type: 'text' }, [{ type: 'text' }]),
    fc.constantFrom('refusal', 'tool_use', 'function_call', 'item_reference', 'error', 'user'),
    fc.jsonValue({ maxDepth: 2 }),
  )
  const walk = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 6 })
  const counted = new Map<string, number>()
  fc.assert(
    fc.property(
      fc.constantFrom(...bodies),
      fc.boolean(),
      fc.nat(),
      walk,
      value,
      statuses,
      (body, inRequest, at, steps, put, status) => {
        const { protocol, request, response } = body
        const isStream = !response.startsWith('{')
        const mutated = inRequest
          ? { request: replaceNode(request, steps, put), response }
          : {
              request,
              response: isStream
                ? replaceInEvent(response, at, steps, put)
                : replaceNode(response, steps, put),
            }
        count(counted, outcomeOf(protocol, mutated, status))
      },
    ),
    fuzz('other_values', 20261121),
  )
  t.equal(Reflect.get({}, 'polluted'), undefined)
  for (const outcome of ['decoded', 'unknown_shape', 'stream_incomplete', 'error_status']) {
    t.ok((counted.get(outcome) ?? 0) > 25, `${outcome}: ${counted.get(outcome)}`)
  }
  t.notOk(counted.has('not_json'))
})

void t.test('random JSON of any shape never throws', async (t) => {
  const keys = fc.constantFrom(
    'messages',
    'input',
    'content',
    'role',
    'type',
    'tools',
    'system',
    'choices',
    'message',
    'output',
    'text',
    'name',
    'id',
    'error',
    'code',
    '__proto__',
    'constructor',
    'usage',
    'thread',
    'function',
    'tool_calls',
    'delta',
    'index',
  )
  const words = fc.constantFrom(
    'user',
    'assistant',
    'tool',
    'system',
    'text',
    'tool_use',
    'tool_result',
    'message',
    'function_call',
    'reasoning',
    'item_reference',
    'compaction',
    'mcp_call',
    'refusal',
    'function',
  )
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.oneof(words, fc.constantFrom(null, true, 0, -1, 1.5, 1e300, '')),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
    ),
  }))
  fc.assert(
    fc.property(
      value,
      value,
      fc.constantFrom(...decoders),
      fc.boolean(),
      (a, b, decoder, streamed) => {
        const response = streamed ? `data: ${JSON.stringify(b)}\n\n`.repeat(2) : b
        const bodies = { request: a ?? 'null', response: response ?? 'null' }
        checkShape(decodeBodies(decoder.protocol, bodies), JSON.stringify([a, b, b]).length)
        const ofRequest = { request: requests[decoder.protocol], response: bodies.response }
        checkShape(decodeBodies(decoder.protocol, ofRequest), 200 + JSON.stringify([b, b]).length)
      },
    ),
    fuzz('random_json', 20261121),
  )
  t.equal(Reflect.get({}, 'polluted'), undefined)
})
