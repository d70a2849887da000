/** Real clients against the simulated model: well-formed answers, equal in both forms. */

import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import Anthropic from '@anthropic-ai/sdk'
import { generateObject, generateText, jsonSchema, streamText } from 'ai'
import OpenAI from 'openai'
import t from 'tap'
import { scenarios } from '../../src/simulator/scenarios.ts'
import { simulatorTexts } from '../../src/simulator/texts/texts.ts'
import { startModel } from './start.ts'

const { en, th } = simulatorTexts
const ask = en.benign[0] ?? ''
const answer = en.complied[0] ?? ''
const forbidden = th.shouldRefuse[2] ?? ''
const model = 'simulated-1'
const never = { ...scenarios.steady.phases[0], refusal: 1, overRefusal: 0, hedged: 0 }
const always = { summary: 'refuses all it should', phases: [never] } as const
/** The error a call ends in. */
const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no failure',
    (error: unknown) => error,
  )

const tools = [
  {
    name: 'search_docs',
    schema: {
      type: 'object' as const,
      properties: { query: { type: 'string' }, limit: { type: 'integer', minimum: 1, maximum: 5 } },
      required: ['query', 'limit'],
    },
  },
]

void t.test('openai chat completions: text, ids and usage equal in both forms', async (t) => {
  const { url } = await startModel(t, { scenario: always })
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'k', maxRetries: 0 })
  const body = { model, messages: [{ role: 'user' as const, content: ask }] }
  const whole = await client.chat.completions.create(body)
  const stream = client.chat.completions.stream({
    ...body,
    stream_options: { include_usage: true },
  })
  const streamed = await stream.finalChatCompletion()
  t.equal(whole.choices[0]?.message.content, answer)
  t.equal(streamed.choices[0]?.message.content, answer)
  t.equal(streamed.id, whole.id)
  t.equal(whole.model, 'simulated-1-2026-03-01')
  t.equal(whole.choices[0]?.finish_reason, 'stop')
  t.same(streamed.usage, whole.usage)
  t.ok((whole.usage?.completion_tokens ?? 0) > 20)
  const again = await client.chat.completions.create(body)
  t.same(again, whole, 'the same request gets the same answer')
})

void t.test(
  'openai responses: text equal in both forms, state by previous_response_id',
  async (t) => {
    const { url } = await startModel(t, { scenario: always })
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'k', maxRetries: 0 })
    const whole = await client.responses.create({ model, input: ask, instructions: 'Be kind.' })
    const streamed = await client.responses
      .stream({ model, input: ask, instructions: 'Be kind.' })
      .finalResponse()
    t.equal(whole.output_text, answer)
    t.equal(streamed.output_text, answer)
    t.equal(streamed.id, whole.id)
    t.equal(whole.status, 'completed')
    const next = await client.responses.create({
      model,
      input: forbidden,
      previous_response_id: whole.id,
    })
    t.equal(next.previous_response_id, whole.id)
    t.ok(th.refusals.includes(next.output_text))
    t.match(
      await failureOf(
        client.responses.create({ model, input: 'x', previous_response_id: 'resp_unknown' }),
      ),
      { status: 400, param: 'previous_response_id' },
    )
  },
)

void t.test('anthropic messages: text equal in both forms', async (t) => {
  const { url } = await startModel(t, { scenario: always })
  const client = new Anthropic({ baseURL: url, apiKey: 'k', maxRetries: 0 })
  const body = {
    model,
    max_tokens: 1000,
    messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: ask }] }],
  }
  const whole = await client.messages.create(body)
  const streamed = await client.messages.stream(body).finalMessage()
  t.same(whole.content, [{ type: 'text', text: answer }])
  t.match(streamed.content, [{ type: 'text', text: answer }])
  t.equal(streamed.id, whole.id)
  t.equal(streamed.stop_reason, 'end_turn')
  t.same(streamed.usage, whole.usage)
  const cut = await client.messages.create({ ...body, max_tokens: 3 })
  t.equal(cut.stop_reason, 'max_tokens')
  t.match(cut.content, [{ type: 'text', text: /^.{1,21}$/ }])
})

void t.test(
  'a tool is called when it is offered and named, in all three APIs and both forms',
  async (t) => {
    const { url } = await startModel(t, { scenario: always })
    const content = `${ask} ${en.toolAsk.replace('{tool}', 'search_docs')}`
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'k', maxRetries: 0 })
    const anthropic = new Anthropic({ baseURL: url, apiKey: 'k', maxRetries: 0 })
    const chat = {
      model,
      messages: [{ role: 'user' as const, content }],
      tools: tools.map(({ name, schema }) => ({
        type: 'function' as const,
        function: { name, parameters: schema },
      })),
    }
    const whole = await openai.chat.completions.create(chat)
    const call = whole.choices[0]?.message.tool_calls?.[0]
    t.equal(whole.choices[0]?.finish_reason, 'tool_calls')
    if (call?.type !== 'function') return t.fail('no function call')
    t.equal(call.function.name, 'search_docs')
    const args: unknown = JSON.parse(call.function.arguments)
    t.match(args, { query: content, limit: Number })
    const streamed = await openai.chat.completions.stream(chat).finalChatCompletion()
    t.match(streamed.choices[0]?.message.tool_calls, [{ id: call.id, function: call.function }])

    const responses = {
      model,
      input: content,
      tools: tools.map(({ name, schema }) => ({
        type: 'function' as const,
        name,
        parameters: schema,
        strict: false,
      })),
    }
    const item = (await openai.responses.create(responses)).output[0]
    t.match(item, { type: 'function_call', name: 'search_docs', arguments: JSON.stringify(args) })
    const itemStreamed = (await openai.responses.stream(responses).finalResponse()).output[0]
    t.match(itemStreamed, { type: 'function_call', arguments: JSON.stringify(args) })

    const messages = {
      model,
      max_tokens: 500,
      messages: [{ role: 'user' as const, content }],
      tools: tools.map(({ name, schema }) => ({ name, input_schema: schema })),
    }
    const used = await anthropic.messages.create(messages)
    t.equal(used.stop_reason, 'tool_use')
    t.match(used.content, [{ type: 'tool_use', name: 'search_docs', input: args }])
    const usedStreamed = await anthropic.messages.stream(messages).finalMessage()
    t.match(usedStreamed.content, [{ type: 'tool_use', input: args }])

    const after = await anthropic.messages.create({
      ...messages,
      messages: [
        ...messages.messages,
        { role: 'assistant', content: used.content },
        {
          role: 'user',
          content: used.content.flatMap((block) =>
            block.type === 'tool_use'
              ? [{ type: 'tool_result' as const, tool_use_id: block.id, content: '3 hits' }]
              : [],
          ),
        },
      ],
    })
    t.match(after.content, [{ type: 'text', text: answer }], 'a result is answered by text')
  },
)

void t.test(
  'schema-bound output satisfies its schema; a refusal comes as the provider marks it',
  async (t) => {
    const { url } = await startModel(t, { scenario: always })
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'k', maxRetries: 0 })
    const schema = {
      type: 'object',
      properties: { title: { type: 'string' }, tone: { enum: ['warm', 'dry'] } },
      required: ['title', 'tone'],
      additionalProperties: false,
    }
    const chat = (content: string) => ({
      model,
      messages: [{ role: 'user' as const, content }],
      response_format: {
        type: 'json_schema' as const,
        json_schema: { name: 'note', schema, strict: true },
      },
    })
    const told = await openai.chat.completions.create(chat(ask))
    const made: unknown = JSON.parse(told.choices[0]?.message.content ?? '')
    t.match(made, { title: answer, tone: /^(warm|dry)$/ })
    const refused = await openai.chat.completions.create(chat(forbidden))
    t.equal(refused.choices[0]?.message.content, null)
    t.ok(th.refusals.includes(refused.choices[0]?.message.refusal ?? ''))
    const streamed = await openai.chat.completions.stream(chat(forbidden)).finalChatCompletion()
    t.equal(streamed.choices[0]?.message.refusal, refused.choices[0]?.message.refusal)
    const part = await openai.responses
      .stream({
        model,
        input: forbidden,
        text: { format: { type: 'json_schema', name: 'n', schema } },
      })
      .finalResponse()
    t.match(part.output, [{ type: 'message', content: [{ type: 'refusal', refusal: String }] }])

    const anthropic = new Anthropic({ baseURL: url, apiKey: 'k', maxRetries: 0 })
    const message = await anthropic.messages.create({
      model,
      max_tokens: 400,
      messages: [{ role: 'user', content: forbidden }],
      output_config: { format: { type: 'json_schema', schema } },
    })
    t.equal(message.stop_reason, 'refusal')
    t.match(message.stop_details, { type: 'refusal' })
  },
)

void t.test('the ai SDK reads all three, streamed with gzip and at a pace', async (t) => {
  const { url } = await startModel(t, { scenario: always, gzip: true, paceMs: 1 })
  const openai = createOpenAI({ baseURL: `${url}/v1`, apiKey: 'k' })
  const anthropic = createAnthropic({ baseURL: `${url}/v1`, apiKey: 'k' })
  for (const [name, of] of [
    ['chat', openai.chat(model)],
    ['responses', openai.responses(model)],
    ['messages', anthropic(model)],
  ] as const) {
    const whole = await generateText({ model: of, prompt: ask, maxRetries: 0 })
    t.equal(whole.text, answer, `${name} at once`)
    const streamed = streamText({ model: of, prompt: ask, maxRetries: 0 })
    let text = ''
    for await (const piece of streamed.textStream) text += piece
    t.equal(text, answer, `${name} streamed`)
    const object = await generateObject({
      model: of,
      prompt: ask,
      maxRetries: 0,
      schema: jsonSchema<{ note: string }>({
        type: 'object',
        properties: { note: { type: 'string' } },
        required: ['note'],
        additionalProperties: false,
      }),
    })
    t.type(object.object.note, 'string', `${name} object`)
  }
})

void t.test('models are listed as each client expects', async (t) => {
  const { url } = await startModel(t, { scenario: scenarios['version-swap'] })
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'k', maxRetries: 0 })
  const anthropic = new Anthropic({ baseURL: url, apiKey: 'k', maxRetries: 0 })
  const names = ['simulated-1', 'simulated-1-2026-03-01', 'simulated-1-2026-09-15']
  const listed: string[] = []
  for await (const { id } of openai.models.list()) listed.push(id)
  t.same(listed, names)
  const theirs: string[] = []
  for await (const { id } of anthropic.models.list()) theirs.push(id)
  t.same(theirs, names)
  t.match(await openai.models.retrieve('simulated-1'), { object: 'model', owned_by: 'holdfast' })
})

void t.test('faults of a request get the error body of its API', async (t) => {
  const { url, stats } = await startModel(t)
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'k', maxRetries: 0 })
  const anthropic = new Anthropic({ baseURL: url, apiKey: 'k', maxRetries: 0 })
  t.match(await failureOf(openai.chat.completions.create({ model, messages: [] })), {
    status: 400,
    type: 'invalid_request_error',
    param: 'messages',
  })
  t.match(await failureOf(anthropic.messages.create({ model, max_tokens: 9, messages: [] })), {
    status: 400,
    error: { type: 'error', error: { type: 'invalid_request_error' } },
  })
  const broken = await fetch(`${url}/v1/messages`, { method: 'POST', body: '{' })
  t.equal(broken.status, 400)
  t.match(await broken.json(), { type: 'error', request_id: /^req_[0-9a-f]{24}$/ })
  t.equal((await fetch(`${url}/v1/nothing`)).status, 404)
  t.equal((await fetch(`${url}/v1/responses`)).status, 405)
  t.same(stats().failed, { 400: 3, 404: 1, 405: 1 })
})

void t.test('an overloaded model answers as its API does', async (t) => {
  const scenario = { summary: 'down', phases: [{ ...never, overload: 1 }] } as const
  const { url } = await startModel(t, { scenario })
  const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'k', maxRetries: 0 })
  const anthropic = new Anthropic({ baseURL: url, apiKey: 'k', maxRetries: 0 })
  t.match(await failureOf(openai.responses.create({ model, input: ask })), { status: 503 })
  t.match(
    await failureOf(
      anthropic.messages.create({
        model,
        max_tokens: 9,
        messages: [{ role: 'user', content: ask }],
      }),
    ),
    { status: 529, error: { error: { type: 'overloaded_error' } } },
  )
})

void t.test('closing cuts open streams and leaves nothing open', async (t) => {
  const { url, close, stats } = await startModel(t, { paceMs: 20 })
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: ask }] }),
  })
  const reader = response.body?.getReader()
  await reader?.read()
  await close()
  await t.rejects(async () => {
    for (;;) if ((await reader?.read())?.done !== false) break
  })
  t.equal(stats().aborted, 1)
  const open = process.getActiveResourcesInfo().filter((kind) => kind.includes('TCPServer'))
  t.same(open, [])
})
