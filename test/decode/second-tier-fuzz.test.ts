/** The second tier of wire formats: bodies cut and damaged anywhere, and values put anywhere in them. */
import * as fc from 'fast-check'
import t from 'tap'
import { type Decoded, decodeFailures } from '../../src/decode/decoder.ts'
import { mcpMethods, mcpOutcomes } from '../../src/exchange/mcp-call.ts'
import { event } from '../fixtures/wire/event-stream.ts'
import { secondTierFixtures } from '../fixtures/wire/second-tier.ts'
import { decodeBodies, exchangeOf, requests } from '../fixtures/wire/wire-exchange.ts'
import { fuzz } from '../fuzz-runs.ts'

const seed = 20261128

const known: readonly string[] = [...decodeFailures, 'no_answer']

const outcomeOf = (decoded: Decoded, bytes: number): string => {
  const size = JSON.stringify(decoded).length
  if (size > 1_500 + 8 * bytes) throw new Error(`${size} characters out of ${bytes} bytes`)
  if (decoded.ok) return 'decoded'
  if (!known.includes(decoded.reason)) throw new Error(`reason ${decoded.reason}`)
  return decoded.reason
}

const count = (counted: Map<string, number>, outcome: string): void => {
  counted.set(outcome, (counted.get(outcome) ?? 0) + 1)
}

void t.test('a stream cut anywhere is complete, or it is not decoded', async (t) => {
  let cuts = 0
  for (const { name, protocol, path, streamed, request, bytes } of secondTierFixtures) {
    if (!streamed) continue
    const { answer } = exchangeOf(decodeBodies(protocol, { request, response: bytes }, { path }))
    for (let end = 0; end < bytes.byteLength; end++) {
      cuts++
      const decoded = decodeBodies(
        protocol,
        { request, response: bytes.subarray(0, end) },
        { path },
      )
      if (decoded.ok) {
        t.strictSame(decoded.exchange.answer, answer, `${name} cut at ${end}`)
      } else if (!['stream_incomplete', 'not_json', 'unknown_shape'].includes(decoded.reason)) {
        t.fail(`${name} cut at ${end}: ${decoded.reason}`)
      }
    }
  }
  t.ok(cuts > 4_000, `${cuts} cuts were read`)
})

void t.test('bytes changed, put in and taken out never throw', async (t) => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 8 }), fc.uint8Array({ maxLength: 5 })), {
    minLength: 1,
    maxLength: 5,
  })
  const counted = new Map<string, number>()
  fc.assert(
    fc.property(
      fc.constantFrom(...secondTierFixtures),
      edits,
      fc.constantFrom(200, 200, 200, 500),
      ({ protocol, path, request, bytes }, made, status) => {
        let response: Buffer = bytes
        for (const [at, cut, put] of made) {
          const place = at % (response.length + 1)
          response = Buffer.concat([
            response.subarray(0, place),
            put,
            response.subarray(place + cut),
          ])
        }
        const decoded = decodeBodies(protocol, { request, response }, { path, status })
        count(counted, outcomeOf(decoded, response.length))
      },
    ),
    fuzz('second_tier_edited', seed),
  )
  for (const outcome of ['decoded', 'not_json', 'unknown_shape', 'error_status']) {
    t.ok((counted.get(outcome) ?? 0) > 50, `${outcome}: ${counted.get(outcome)}`)
  }
})

const words = fc.constantFrom(
  'contents',
  'parts',
  'text',
  'functionCall',
  'function_response',
  'role',
  'user',
  'model',
  'candidates',
  'finishReason',
  'STOP',
  'promptFeedback',
  'blockReason',
  'index',
  'content',
  'tools',
  'functionDeclarations',
  'name',
  'args',
  'messages',
  'message',
  'done',
  'done_reason',
  'tool_calls',
  'function',
  'arguments',
  'prompt',
  'response',
  'choices',
  'finish_reason',
  'output',
  'stopReason',
  'toolUse',
  'toolUseId',
  'input',
  'toolResult',
  'delta',
  'start',
  'contentBlockIndex',
  'usage',
  'inputTokens',
  'error',
  'jsonrpc',
  '2.0',
  'id',
  'method',
  'result',
  'isError',
  'tools/call',
  '__proto__',
  'constructor',
  'images',
  'context',
  'system',
  'toolConfig',
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.oneof(words, fc.constantFrom(null, true, 0, -1, 1.5, 1e300, '')),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(words, tie('value'), { maxKeys: 4 }),
  ),
}))
const eventTypes = fc.constantFrom(
  'messageStart',
  'contentBlockStart',
  'contentBlockDelta',
  'messageStop',
  'metadata',
  'other',
)

void t.test('random JSON in every framing never throws and leaves no trace', async (t) => {
  const framings = fc.constantFrom('whole', 'array', 'sse', 'lines', 'binary')
  const protocols = fc.constantFrom(
    'gemini',
    'ollama',
    'openai_completions',
    'bedrock_converse',
    'mcp',
  )
  fc.assert(
    fc.property(
      value,
      fc.array(fc.tuple(eventTypes, value), { minLength: 1, maxLength: 3 }),
      framings,
      protocols,
      fc.boolean(),
      (asked, items, framing, protocol, generate) => {
        const texts = items.map(([, item]) => JSON.stringify(item))
        const framed = {
          whole: texts[0],
          array: `[${texts}]`,
          sse: texts.map((text) => `data: ${text}\r\n\r\n`).join(''),
          lines: texts.map((text) => `${text}\n`).join(''),
          binary: Buffer.concat(items.map(([type, item]) => event(type, item))),
        }[framing]
        const over = protocol === 'ollama' && generate ? { path: '/api/generate' } : {}
        const size = Buffer.byteLength(framed ?? '') + JSON.stringify(asked).length
        outcomeOf(
          decodeBodies(protocol, { request: asked ?? 'null', response: framed }, over),
          size,
        )
        const request = requests[protocol]
        outcomeOf(decodeBodies(protocol, { request, response: framed }, over), size + 200)
      },
    ),
    fuzz('second_tier_random', seed),
  )
  t.equal(Reflect.get({}, 'polluted'), undefined)
  t.same(Object.getOwnPropertyNames(Object.prototype).includes('contents'), false)
})

void t.test('calls of MCP are of the closed sets, whatever was asked', async (t) => {
  const methods = fc.oneof(fc.constantFrom('tools/call', 'resources/', 'constructor'), fc.string())
  const id = fc.oneof(fc.integer(), fc.string({ maxLength: 4 }), fc.constant(null))
  const message = fc.record(
    { jsonrpc: fc.constant('2.0'), id, method: methods },
    { requiredKeys: ['jsonrpc'] },
  )
  const reply = fc.record(
    { jsonrpc: fc.constant('2.0'), id, result: value, error: value },
    { requiredKeys: ['jsonrpc'] },
  )
  let seen = 0
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1 }),
      fc.array(reply, { minLength: 1 }),
      (asked, replies) => {
        const decoded = decodeBodies('mcp', { request: asked, response: replies })
        if (decoded.ok || decoded.reason !== 'no_answer') throw new Error('not read')
        for (const { method, outcome } of decoded.calls) {
          seen++
          if (!mcpMethods.includes(method) || !mcpOutcomes.includes(outcome))
            throw new Error(outcome)
        }
      },
    ),
    fuzz('mcp_calls', seed),
  )
  t.ok(seen > 2_000, `${seen} calls`)
})
