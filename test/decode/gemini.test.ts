import t from 'tap'
import { gemini } from '../../src/decode/gemini.ts'
import { fixtureNamed } from '../fixtures/wire/second-tier.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'

const ok = {
  candidates: [{ content: { parts: [{ text: 'ja' }], role: 'model' }, finishReason: 'STOP' }],
}
const asked = (request: unknown, path?: string) =>
  exchangeOf(decodeBodies('gemini', { request, response: ok }, path === undefined ? {} : { path }))
const answered = (response: unknown) => decodeBodies('gemini', { response })

void t.test('the model is told by the path, under any base', async (t) => {
  const cases: [string, string | undefined][] = [
    ['/v1beta/models/gemini-3-flash:generateContent', 'gemini-3-flash'],
    ['/v1beta/models/gemini-3-flash%3AstreamGenerateContent', 'gemini-3-flash'],
    [
      '/base/v1/projects/p/locations/eu/publishers/google/models/gemini-3:streamGenerateContent',
      'gemini-3',
    ],
    ['/v1beta/tunedModels/mine%2Fown:generateContent', 'mine/own'],
    ['/v1beta/models/%zz:generateContent', '%zz'],
  ]
  for (const [path, model] of cases) {
    t.ok(gemini.matches('POST', path), path)
    t.equal(asked({ contents: [] }, path).requestedModel, model)
  }
  for (const path of [
    '/v1beta/models/gemini-3-flash:countTokens',
    '/v1beta/models/gemini-3-flash:embedContent',
    '/v1beta/models/gemini-3-flash',
    '/generateContent',
  ]) {
    t.notOk(gemini.matches('POST', path), path)
  }
  t.notOk(gemini.matches('GET', '/v1beta/models/m:generateContent'))
})

void t.test('a history in either spelling; function responses are turns of the tool', async (t) => {
  const camel = {
    systemInstruction: { parts: [{ text: 'Be brief.' }, { text: 'Be kind.' }] },
    contents: [
      { parts: [{ text: 'Wetter?' }, { inlineData: { mimeType: 'image/png', data: 'AA' } }] },
      {
        role: 'model',
        parts: [
          { text: 'Ich sehe nach.', thought: true },
          { functionCall: { id: 'f-1', name: 'get_weather', args: { city: 'Bern' } } },
          { functionCall: { name: 'now' } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'f-1', name: 'get_weather', response: { output: '4 °C' } } },
          { functionResponse: { name: 'now', response: { error: 'no clock' } } },
          { text: 'Und morgen?' },
        ],
      },
    ],
    tools: [
      { functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: { type: 'object' } }] },
      { functionDeclarations: [{ name: 'now', parameters: { type: 'OBJECT' } }], googleSearch: {} },
    ],
    generationConfig: { responseMimeType: 'application/json' },
  }
  const expected = {
    system: 'Be brief.\nBe kind.',
    turns: [
      {
        role: 'user',
        parts: [
          { kind: 'text', text: 'Wetter?' },
          { kind: 'media', media: 'image' },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { kind: 'reasoning', text: 'Ich sehe nach.' },
          { kind: 'tool_call', id: 'f-1', name: 'get_weather', arguments: '{"city":"Bern"}' },
          { kind: 'tool_call', id: undefined, name: 'now', arguments: '{}' },
        ],
      },
      {
        role: 'tool',
        parts: [
          { kind: 'tool_result', callId: 'f-1', text: '{"output":"4 °C"}', isError: false },
          { kind: 'tool_result', callId: undefined, text: '{"error":"no clock"}', isError: true },
        ],
      },
      { role: 'user', parts: [{ kind: 'text', text: 'Und morgen?' }] },
    ],
    tools: [
      { name: 'get_weather', serverSide: false, parameters: { type: 'object' } },
      { name: 'now', serverSide: false, parameters: undefined },
      { name: 'googleSearch', serverSide: true, parameters: undefined },
    ],
    structured: true,
    stateful: false,
  }
  const snake: unknown = JSON.parse(
    JSON.stringify(camel)
      .replaceAll('systemInstruction', 'system_instruction')
      .replaceAll('inlineData', 'inline_data')
      .replaceAll('mimeType', 'mime_type')
      .replaceAll('functionCall', 'function_call')
      .replaceAll('functionResponse', 'function_response')
      .replaceAll('functionDeclarations', 'function_declarations')
      .replaceAll('parametersJsonSchema', 'parameters_json_schema')
      .replaceAll('generationConfig', 'generation_config')
      .replaceAll('responseMimeType', 'response_mime_type'),
  )
  for (const request of [camel, snake]) {
    const { system, turns, tools, structured, stateful } = asked(request)
    t.same({ system, turns, tools, structured, stateful }, expected)
  }
})

void t.test('cached content is history that the request does not show', async (t) => {
  t.equal(asked({ contents: [], cachedContent: 'cachedContents/1' }).stateful, true)
})

void t.test('a stream, as events or as one array, is one answer', async (t) => {
  for (const name of ['gemini stream', 'gemini stream as an array']) {
    const { bytes, path } = fixtureNamed(name)
    const exchange = exchangeOf(decodeBodies('gemini', { response: bytes }, { path }))
    t.same(
      [exchange.streamed, exchange.requestedModel, exchange.servedModel, exchange.responseId],
      [true, 'gemini-3-flash', 'gemini-3-flash', 'r-1'],
    )
    t.same(exchange.answer, {
      text: 'Grüße aus 東京 🙂',
      refusal: '',
      reasoning: 'Denke nach. ',
      toolCalls: [],
      stop: 'stop',
      choices: 1,
    })
    t.same(exchange.usage, { inputTokens: 7, outputTokens: 5 })
    t.same(exchange.providerRefusals, [])
  }
})

void t.test('an answer with a call for the client stops for it', async (t) => {
  const { answer, streamed } = exchangeOf(answered(fixtureNamed('gemini whole call').bytes))
  t.equal(streamed, false)
  t.equal(answer.text, 'Moment.')
  t.equal(answer.stop, 'tool_calls')
  t.same(answer.toolCalls, [{ id: undefined, name: 'get_weather', arguments: '{"city":"Zürich"}' }])
})

void t.test('code that the provider runs is no call for the client', async (t) => {
  const parts = [
    { executableCode: { language: 'PYTHON', code: 'print(6*7)' } },
    { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '42' } },
    { text: '42.' },
  ]
  const { answer } = exchangeOf(
    answered({ candidates: [{ content: { parts }, finishReason: 'STOP' }] }),
  )
  t.same([answer.text, answer.stop, answer.toolCalls.length], ['42.', 'stop', 1])
})

void t.test('a blocked prompt has no candidates and is a refusal of the provider', async (t) => {
  for (const name of ['gemini blocked', 'gemini blocked, stream']) {
    const { bytes } = fixtureNamed(name)
    const { answer, providerRefusals } = exchangeOf(answered(bytes))
    t.same([answer.text, answer.stop, answer.choices], ['', 'content_filter', 0], name)
    t.same(providerRefusals, ['prompt_blocked'])
  }
})

void t.test('finish reasons: what is a refusal, what is not', async (t) => {
  const cases: [string, string, string[]][] = [
    ['STOP', 'stop', []],
    ['MAX_TOKENS', 'length', []],
    ['SAFETY', 'content_filter', ['content_filter']],
    ['PROHIBITED_CONTENT', 'content_filter', ['content_filter']],
    ['BLOCKLIST', 'content_filter', ['content_filter']],
    ['SPII', 'content_filter', ['content_filter']],
    ['RECITATION', 'other', []],
    ['LANGUAGE', 'other', []],
    ['MALFORMED_FUNCTION_CALL', 'other', []],
    ['A_REASON_OF_TOMORROW', 'other', []],
  ]
  for (const [finishReason, stop, refusals] of cases) {
    const exchange = exchangeOf(answered({ candidates: [{ finishReason }] }))
    t.same([exchange.answer.stop, exchange.providerRefusals], [stop, refusals], finishReason)
  }
})

void t.test('of several candidates the first is read, wherever it stands', async (t) => {
  const candidate = (index: number, text: string) => ({
    index,
    content: { parts: [{ text }] },
    finishReason: 'STOP',
  })
  const { answer } = exchangeOf(answered({ candidates: [candidate(1, 'b'), candidate(0, 'a')] }))
  t.same([answer.text, answer.choices], ['a', 2])
})

void t.test('what is no answer is said to be none', async (t) => {
  const partial = { functionCall: { name: 'f', partialArgs: [{ jsonPath: '$.a' }] } }
  const cases: [string, unknown, string][] = [
    ['an error inside of 200', { error: { code: 503, status: 'UNAVAILABLE' } }, 'error_status'],
    ['nothing in it', {}, 'unknown_shape'],
    ['candidates that are none', { candidates: 'no' }, 'unknown_shape'],
    ['arguments in pieces', { candidates: [{ content: { parts: [partial] } }] }, 'unknown_shape'],
    ['an index out of bounds', { candidates: [{ index: 1e9 }] }, 'unknown_shape'],
    ['a cut array', '[{"candidates":[{"content":{"parts":[{"text":"a"}', 'not_json'],
    [
      'an array without an end',
      [{ candidates: [{ content: { parts: [] } }] }],
      'stream_incomplete',
    ],
    ['events without an end', 'data: {"candidates":[{}]}\r\n\r\n', 'stream_incomplete'],
  ]
  for (const [situation, response, reason] of cases) {
    t.same(answered(response), { ok: false, reason }, situation)
  }
  for (const request of [
    { contents: 'hi' },
    { contents: [{ role: 'robot', parts: [] }] },
    { contents: [{ parts: [{ text: 1 }] }] },
    { contents: [], tools: [{ functionDeclarations: [{}] }] },
  ]) {
    t.same(decodeBodies('gemini', { request, response: ok }), {
      ok: false,
      reason: 'unknown_shape',
    })
  }
})

void t.test('an error after the first piece keeps what came before', async (t) => {
  const piece = { candidates: [{ content: { parts: [{ text: 'Es war' }] } }] }
  const error = { error: { code: 500, status: 'INTERNAL', message: 'x' } }
  const { answer } = exchangeOf(answered([piece, error]))
  t.same([answer.text, answer.stop], ['Es war', 'error'])
})
