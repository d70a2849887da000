/**
 * What the official clients of the second tier make of the wire bytes, and what the decoders make of
 * them: the same text, the same calls, the same counts.
 */
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime'
import { GoogleGenAI } from '@google/genai'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import t from 'tap'
import { startSecondTierOrigin } from '../e2e/support/second-tier-origin.ts'
import { fixtureNamed } from '../fixtures/wire/second-tier.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'

interface Seen {
  text: string
  calls: [string | undefined, unknown][]
  outputTokens: number | undefined
}

const byDecoder = (name: string): Seen => {
  const { protocol, path, request, bytes } = fixtureNamed(name)
  const { answer, usage } = exchangeOf(
    decodeBodies(protocol, { request, response: bytes }, { path }),
  )
  return {
    text: answer.text,
    calls: answer.toolCalls.map((call) => [call.name, JSON.parse(call.arguments)]),
    outputTokens: usage.outputTokens,
  }
}

const origin = await startSecondTierOrigin()
t.teardown(() => origin.close())

const messages = [{ role: 'user', content: 'hi' }]

t.test('@google/genai', async (t) => {
  const { models } = new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: origin.url } })
  const asked = { model: 'gemini-3-flash', contents: 'hi' }
  const whole = await models.generateContent(asked)
  t.same(byDecoder('gemini whole call'), {
    text: whole.text,
    calls: (whole.functionCalls ?? []).map(({ name, args }) => [name, args]),
    outputTokens: whole.usageMetadata?.candidatesTokenCount,
  })
  const streamed: Seen = { text: '', calls: [], outputTokens: undefined }
  for await (const piece of await models.generateContentStream(asked)) {
    streamed.text += piece.text ?? ''
    streamed.outputTokens = piece.usageMetadata?.candidatesTokenCount ?? streamed.outputTokens
  }
  t.same(byDecoder('gemini stream'), streamed)
  t.ok(streamed.text.length > 10)
})

t.test('ollama', async (t) => {
  const client = new Ollama({ host: origin.url })
  const seen = async (tools: boolean): Promise<Seen> => {
    const stream = await client.chat({
      model: 'm',
      messages,
      stream: true,
      ...(tools ? { tools: [] } : {}),
    })
    const got: Seen = { text: '', calls: [], outputTokens: undefined }
    for await (const { message, done, eval_count } of stream) {
      got.text += message.content
      for (const call of message.tool_calls ?? []) {
        got.calls.push([call.function.name, call.function.arguments])
      }
      if (done) got.outputTokens = eval_count
    }
    return got
  }
  t.same(byDecoder('ollama stream'), await seen(false))
  t.same(byDecoder('ollama call stream'), await seen(true))
  const generated: Seen = { text: '', calls: [], outputTokens: undefined }
  for await (const piece of await client.generate({ model: 'm', prompt: 'hi', stream: true })) {
    generated.text += piece.response ?? ''
    if (piece.done) generated.outputTokens = piece.eval_count
  }
  t.same(byDecoder('ollama generate stream'), generated)
})

t.test('openai completions', async (t) => {
  const { completions } = new OpenAI({ baseURL: `${origin.url}/v1`, apiKey: 'k', maxRetries: 0 })
  const seen: Seen = { text: '', calls: [], outputTokens: undefined }
  const asked = { model: 'm', prompt: 'hi' }
  for await (const { choices, usage } of await completions.create({ ...asked, stream: true })) {
    for (const { index, text } of choices) if (index === 0) seen.text += text
    seen.outputTokens = usage?.completion_tokens ?? seen.outputTokens
  }
  t.same(byDecoder('completions stream'), seen)
  t.equal(byDecoder('completions whole').text, (await completions.create(asked)).choices[0]?.text)
})

t.test('@aws-sdk/client-bedrock-runtime', async (t) => {
  const client = new BedrockRuntimeClient({
    endpoint: origin.url,
    region: 'eu-central-1',
    requestHandler: new NodeHttpHandler(),
    token: { token: 'k' },
    authSchemePreference: ['httpBearerAuth'],
  })
  const asked = { modelId: 'm', messages: [{ role: 'user' as const, content: [{ text: 'hi' }] }] }
  const whole = await client.send(new ConverseCommand(asked))
  const blocks = whole.output?.message?.content ?? []
  t.same(byDecoder('converse whole'), {
    text: blocks.map(({ text }) => text ?? '').join(''),
    calls: blocks.flatMap(({ toolUse }) =>
      toolUse === undefined ? [] : [[toolUse.name, toolUse.input]],
    ),
    outputTokens: whole.usage?.outputTokens,
  })
  const seen: Seen = { text: '', calls: [], outputTokens: undefined }
  let [name, input] = ['', '']
  const { stream } = await client.send(new ConverseStreamCommand(asked))
  if (stream === undefined) throw new Error('no stream')
  for await (const event of stream) {
    seen.text += event.contentBlockDelta?.delta?.text ?? ''
    name = event.contentBlockStart?.start?.toolUse?.name ?? name
    input += event.contentBlockDelta?.delta?.toolUse?.input ?? ''
    seen.outputTokens = event.metadata?.usage?.outputTokens ?? seen.outputTokens
  }
  seen.calls.push([name, JSON.parse(input)])
  t.same(byDecoder('converse stream'), seen)
})
