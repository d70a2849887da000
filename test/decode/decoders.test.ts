import { readFileSync } from 'node:fs'
import zlib from 'node:zlib'
import t from 'tap'
import type { Decoded } from '../../src/decode/decoder.ts'
import { decodeCaptured, decoders, protocolOf } from '../../src/decode/decoders.ts'
import { protocols } from '../../src/exchange/protocol.ts'
import { tunnelProtocols } from '../../src/exchange/tunnel.ts'
import { capture, decodeBodies, exchangeOf, requests } from '../fixtures/wire/wire-exchange.ts'
import { wireFixtures } from '../fixtures/wire/wire-fixtures.ts'

void t.test('every known protocol has one decoder', async (t) => {
  t.same(
    decoders.map(({ protocol }) => protocol),
    protocols.filter((protocol) => protocol !== 'unknown'),
  )
})

void t.test('the docs name every format that is read and every tunnel, and no other', async (t) => {
  const page = readFileSync('docs/protocols.md', 'utf8')
  const rows = [...page.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, name]) => name)
  t.same(
    rows,
    decoders.map(({ protocol }) => protocol),
  )
  for (const tunnel of tunnelProtocols) t.ok(page.includes(`\`${tunnel}\``), tunnel)
})

void t.test('the protocol of a request is told by method and path', async (t) => {
  const cases: [string, string, string][] = [
    ['POST', '/v1/chat/completions', 'openai_chat'],
    ['POST', '/openai/deployments/x/chat/completions', 'openai_chat'],
    ['POST', '/v1/responses', 'openai_responses'],
    ['POST', '/v1/messages', 'anthropic_messages'],
    ['POST', '/v1/messages/count_tokens', 'unknown'],
    ['POST', '/v1/messages/batches', 'unknown'],
    ['GET', '/v1/responses/resp_1', 'unknown'],
    ['GET', '/v1/messages', 'unknown'],
    ['POST', '/v1/embeddings', 'unknown'],
    ['POST', '/', 'unknown'],
    ['POST', '', 'unknown'],
    ['POST', `/${'a/'.repeat(50_000)}messages/x`, 'unknown'],
  ]
  for (const [method, path, expected] of cases) {
    t.equal(protocolOf(method, path), expected, `${method} ${path.slice(0, 40)}`)
  }
  t.same(decodeCaptured({ ...capture('openai_chat', {}), protocol: 'unknown' }), {
    ok: false,
    reason: 'unknown_shape',
  })
})

void t.test('content encodings of both bodies are undone', async (t) => {
  const fixture = wireFixtures[0]
  const response = zlib.brotliCompressSync(fixture?.text ?? '')
  const request = zlib.gzipSync(JSON.stringify(requests.openai_chat))
  const requestHeaders = { 'content-encoding': 'gzip' }
  const responseHeaders = { 'content-encoding': 'br' }
  const both = decodeBodies(
    'openai_chat',
    { request, response },
    { requestHeaders, responseHeaders },
  )
  t.equal(exchangeOf(both).answer.text.slice(0, 4), '光合作用')
  const cases: [string, object, Decoded][] = [
    [
      'the request is not gzip',
      { requestHeaders: {}, responseHeaders },
      { ok: false, reason: 'not_json' },
    ],
    [
      'the response is cut',
      { requestHeaders, responseHeaders, responseBody: response.subarray(0, 50) },
      { ok: false, reason: 'undecodable_encoding' },
    ],
    [
      'the response is a bomb',
      {
        requestHeaders,
        responseHeaders: requestHeaders,
        responseBody: zlib.gzipSync(Buffer.alloc(8_000_000)),
      },
      { ok: false, reason: 'output_cap' },
    ],
  ]
  for (const [situation, over, expected] of cases) {
    t.same(decodeBodies('openai_chat', { request, response }, over), expected, situation)
  }
})

void t.test('a recorded stream cut anywhere is complete, or it is not decoded', async (t) => {
  let cuts = 0
  for (const { name, protocol, text, streamed } of wireFixtures) {
    if (!streamed) continue
    const bytes = Buffer.from(text)
    const whole = JSON.stringify(decodeBodies(protocol, { response: bytes }))
    // A finish reason ends the answer of chat completions; what may follow only counts.
    const answer = JSON.stringify(exchangeOf(decodeBodies(protocol, { response: bytes })).answer)
    for (let end = 0; end < bytes.byteLength; end += 3) {
      cuts++
      const decoded = decodeBodies(protocol, { response: bytes.subarray(0, end) })
      if (!decoded.ok) {
        if (!['stream_incomplete', 'not_json'].includes(decoded.reason)) {
          t.fail(`${name} cut at ${end}: ${decoded.reason}`)
        }
      } else if (protocol !== 'openai_chat') {
        if (JSON.stringify(decoded) !== whole) t.fail(`${name} cut at ${end} differs`)
      } else if (JSON.stringify(decoded.exchange.answer) !== answer) {
        t.fail(`${name} cut at ${end} differs`)
      }
    }
  }
  t.ok(cuts > 9_000, `${cuts} cuts were read`)
})

void t.test('64 KiB of history and 64 KiB of answer take a few milliseconds', async (t) => {
  const messages = Array.from({ length: 300 }, (_, n) => ({
    role: n % 2 === 0 ? 'user' : 'assistant',
    content: [{ type: 'text', text: 'wörter '.repeat(28) }],
  }))
  const request = JSON.stringify({ model: 'm', messages })
  const chunk = JSON.stringify({
    id: 'c',
    choices: [{ index: 0, delta: { content: 'wörter 你好' }, finish_reason: null }],
  })
  const response = `${`data: ${chunk}\n\n`.repeat(700)}data: [DONE]\n\n`
  t.ok(request.length > 65_536 && response.length > 65_536)
  for (let n = 0; n < 20; n++) decodeBodies('openai_chat', { request, response })
  const runs = 50
  const started = process.cpuUsage()
  for (let n = 0; n < runs; n++) decodeBodies('openai_chat', { request, response })
  const { user, system } = process.cpuUsage(started)
  const perExchange = (user + system) / 1000 / runs
  t.ok(perExchange < 25, `${perExchange.toFixed(2)} ms of CPU per exchange, n = ${runs}`)
})
