import t from 'tap'
import { protocolOf } from '../../src/decode/decoders.ts'
import { decodeBodies } from '../fixtures/wire/wire-exchange.ts'

const call = (id: unknown, method = 'tools/call') => ({
  jsonrpc: '2.0',
  id,
  method,
  params: { name: 'search', arguments: { q: 'otters' } },
})
const result = (id: unknown, body: object = { content: [] }) => ({
  jsonrpc: '2.0',
  id,
  result: body,
})
const refusal = (id: unknown) => ({ jsonrpc: '2.0', id, error: { code: -32602, message: 'x' } })
const sse = (...messages: unknown[]): string =>
  messages.map((one) => `event: message\r\ndata: ${JSON.stringify(one)}\r\n\r\n`).join('')
const decoded = (request: unknown, response: unknown, status = 200) =>
  decodeBodies('mcp', { request, response }, { status })
const calls = (...pairs: [string, string][]) => ({
  ok: false,
  reason: 'no_answer',
  calls: pairs.map(([method, outcome]) => ({ method, outcome })),
})

void t.test('recognised by the path, or by a header of either generation', async (t) => {
  t.equal(protocolOf('POST', '/mcp'), 'mcp')
  t.equal(protocolOf('POST', '/tools/mcp/'), 'mcp')
  t.equal(protocolOf('POST', '/x', { 'mcp-protocol-version': '2025-11-25' }), 'mcp')
  t.equal(protocolOf('POST', '/x', { 'mcp-method': 'tools/call' }), 'mcp')
  t.equal(protocolOf('POST', '/x', { 'content-type': 'application/json' }), 'unknown')
  t.equal(protocolOf('GET', '/mcp'), 'unknown', 'the stream of the older one has no end')
  t.equal(protocolOf('POST', '/v1/messages', { 'mcp-method': 'x' }), 'anthropic_messages')
})

void t.test('whether a tool was executed, and whether it failed', async (t) => {
  const cases: [unknown, string][] = [
    [result(1), 'ok'],
    [result(1, { content: [], isError: false, resultType: 'complete' }), 'ok'],
    [result(1, { content: [], isError: true }), 'tool_error'],
    [result(1, { task: { taskId: 't', status: 'working' } }), 'pending'],
    [result(1, { resultType: 'input_required', inputRequests: {} }), 'pending'],
    [refusal(1), 'rejected'],
    [result('1'), 'unanswered'],
    [result(2), 'unanswered'],
    [{ jsonrpc: '2.0', id: 1 }, 'unanswered'],
  ]
  for (const [response, outcome] of cases) {
    t.same(decoded(call(1), response), calls(['tools_call', outcome]), JSON.stringify(response))
    t.same(decoded(call(1), sse(response)), calls(['tools_call', outcome]), 'as events')
  }
  t.same(decoded(call(1), ''), calls(['tools_call', 'unanswered']))
  t.same(decoded(call(1), 'Unauthorized', 401), calls(['tools_call', 'rejected']))
})

void t.test('messages of the server before the response pass by', async (t) => {
  const progress = { jsonrpc: '2.0', method: 'notifications/progress', params: { progress: 1 } }
  const asks = { jsonrpc: '2.0', id: 1, method: 'sampling/createMessage', params: {} }
  const stream = `: keep-alive\n\n${sse(progress, asks, result(1, { isError: true }))}`
  t.same(decoded(call(1), stream), calls(['tools_call', 'tool_error']))
  t.same(decoded(call(1), sse(progress, asks)), calls(['tools_call', 'unanswered']))
})

void t.test('methods of both generations by class', async (t) => {
  const cases: [string, string][] = [
    ['tools/call', 'tools_call'],
    ['tools/list', 'tools_list'],
    ['initialize', 'session'],
    ['ping', 'session'],
    ['server/discover', 'session'],
    ['subscriptions/listen', 'session'],
    ['resources/read', 'resources'],
    ['prompts/get', 'prompts'],
    ['tasks/get', 'other'],
    ['__proto__', 'other'],
  ]
  for (const [method, kind] of cases) {
    t.same(decoded(call('a', method), result('a')), calls([kind, 'ok']), method)
  }
  const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' }
  t.same(decoded(initialized, '', 202), calls(['notification', 'accepted']))
})

void t.test('an array of messages is as many calls; answers of the client are none', async (t) => {
  const request = [call(1), call(2), { jsonrpc: '2.0', id: 9, result: {} }]
  t.same(decoded(request, [result(2, { isError: true }), result(1)]), {
    ok: false,
    reason: 'no_answer',
    calls: [
      { method: 'tools_call', outcome: 'ok' },
      { method: 'tools_call', outcome: 'tool_error' },
    ],
  })
})

void t.test('what is no message of the protocol is said to be none', async (t) => {
  const unknown = { ok: false, reason: 'unknown_shape' }
  for (const request of [
    [],
    { id: 1, method: 'tools/call' },
    'null',
    Array.from({ length: 257 }, (_, id) => call(id)),
    [call(1), 7],
  ]) {
    t.same(decoded(request, result(1)), unknown, JSON.stringify(request).slice(0, 60))
  }
  t.same(decoded(call(1), { result: {} }), unknown)
  t.same(decoded(call(1), '{"jsonrpc":'), { ok: false, reason: 'not_json' })
  t.same(decoded('{', ''), { ok: false, reason: 'not_json' })
  t.same(decoded(call(1), 'data: {\n\n'), { ok: false, reason: 'not_json' })
})
