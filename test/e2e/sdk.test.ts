/**
 * The official clients, as applications use them: what they return through holdfast is deep-equal to
 * what they return on a direct connection to the same simulated model.
 */
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import Anthropic from '@anthropic-ai/sdk'
import { generateText, jsonSchema, type LanguageModel, streamText, type ToolSet, tool } from 'ai'
import OpenAI from 'openai'
import t from 'tap'
import { startSimulatedModel } from '../../src/simulator/model-server.ts'
import { scenarios } from '../../src/simulator/scenarios.ts'
import { startHoldfast } from './support/holdfast-process.ts'

const model = 'sim-large'
const prompt = 'Explain in two sentences why the sky is blue. Почему небо голубое? 空はなぜ青い？🙂'
const toolPrompt = 'Use get_weather for Zürich.'
const toolName = 'get_weather'
const description = 'Current weather of a city'
const parameters = {
  type: 'object' as const,
  properties: { city: { type: 'string' as const } },
  required: ['city'],
}

/** Without retries, so that no fault is hidden by a second try. */
const openai = (url: string) =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey: 'sk-test', maxRetries: 0 })
const anthropic = (url: string) => new Anthropic({ baseURL: url, apiKey: 'sk-test', maxRetries: 0 })

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

const user = (content: string) => ({ role: 'user' as const, content })
const chatTool = {
  type: 'function' as const,
  function: { name: toolName, description, parameters },
}
const responsesTool = { ...chatTool.function, type: 'function' as const, strict: false }
const messagesTool = { name: toolName, description, input_schema: parameters }

const aiTools: ToolSet = { [toolName]: tool({ description, inputSchema: jsonSchema(parameters) }) }
const toolsFor = (text: string): ToolSet => (text === toolPrompt ? aiTools : {})

async function generated(languageModel: LanguageModel, text: string): Promise<unknown> {
  const result = await generateText({
    model: languageModel,
    prompt: text,
    maxRetries: 0,
    tools: toolsFor(text),
  })
  return {
    text: result.text,
    calls: result.toolCalls,
    usage: result.usage,
    why: result.finishReason,
  }
}

async function streamed(languageModel: LanguageModel, text: string): Promise<unknown> {
  const result = streamText({
    model: languageModel,
    prompt: text,
    maxRetries: 0,
    tools: toolsFor(text),
  })
  const pieces = await collect(result.textStream)
  return { pieces, calls: await result.toolCalls, usage: await result.usage }
}

const aiModels: Record<string, (url: string) => LanguageModel> = {
  '@ai-sdk/openai': (url) => createOpenAI({ baseURL: `${url}/v1`, apiKey: 'sk-test' })(model),
  '@ai-sdk/openai chat': (url) =>
    createOpenAI({ baseURL: `${url}/v1`, apiKey: 'sk-test' }).chat(model),
  '@ai-sdk/anthropic': (url) => createAnthropic({ baseURL: `${url}/v1`, apiKey: 'sk-test' })(model),
  '@ai-sdk/openai-compatible': (url) =>
    createOpenAICompatible({ name: 'sim', baseURL: `${url}/v1`, apiKey: 'sk-test' })(model),
}

type Use = (url: string) => Promise<unknown>

const uses: Record<string, Use> = {
  'openai chat': (url) => openai(url).chat.completions.create({ model, messages: [user(prompt)] }),
  'openai chat, stream': async (url) =>
    collect(
      await openai(url).chat.completions.create({ model, messages: [user(prompt)], stream: true }),
    ),
  'openai chat, tool call': (url) =>
    openai(url).chat.completions.create({ model, messages: [user(toolPrompt)], tools: [chatTool] }),
  'openai chat, tool call, stream': async (url) =>
    collect(
      await openai(url).chat.completions.create({
        model,
        messages: [user(toolPrompt)],
        tools: [chatTool],
        stream: true,
      }),
    ),
  'openai responses': (url) => openai(url).responses.create({ model, input: prompt }),
  'openai responses, stream': async (url) =>
    collect(await openai(url).responses.create({ model, input: prompt, stream: true })),
  'openai responses, tool call': (url) =>
    openai(url).responses.create({ model, input: toolPrompt, tools: [responsesTool] }),
  'openai models': async (url) => collect(await openai(url).models.list()),
  'anthropic messages': (url) =>
    anthropic(url).messages.create({ model, max_tokens: 200, messages: [user(prompt)] }),
  'anthropic messages, stream': async (url) =>
    collect(
      await anthropic(url).messages.create({
        model,
        max_tokens: 200,
        messages: [user(prompt)],
        stream: true,
      }),
    ),
  'anthropic messages, stream helper': (url) =>
    anthropic(url)
      .messages.stream({ model, max_tokens: 200, messages: [user(prompt)] })
      .finalMessage(),
  'anthropic messages, tool call': (url) =>
    anthropic(url).messages.create({
      model,
      max_tokens: 200,
      messages: [user(toolPrompt)],
      tools: [messagesTool],
    }),
  'openai, unknown model': (url) => failure(openai(url).models.retrieve('no-such-model')),
  'anthropic, invalid request': (url) =>
    failure(anthropic(url).messages.create({ model, max_tokens: -1, messages: [] })),
}

for (const [name, of] of Object.entries(aiModels)) {
  uses[`ai with ${name}`] = (url) => generated(of(url), prompt)
  uses[`ai with ${name}, stream`] = (url) => streamed(of(url), prompt)
  uses[`ai with ${name}, tool call`] = (url) => generated(of(url), toolPrompt)
  uses[`ai with ${name}, tool call, stream`] = (url) => streamed(of(url), toolPrompt)
}

/** What an application sees of an error answer. */
async function failure(asked: Promise<unknown>): Promise<unknown> {
  try {
    return { answered: await asked }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const status = 'status' in error ? error.status : undefined
    return { kind: error.constructor.name, message: error.message, status }
  }
}

/** Ids that a client makes up itself differ between any two runs. */
const comparable = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))

const gzips = [false, true] as const
const clock = { now: () => 1_700_000_000_000, monotonic: () => 1000 }
const upstreams = await Promise.all(
  gzips.map((gzip) => startSimulatedModel({ clock, seed: 7, scenario: scenarios.steady, gzip })),
)
const proxies = await Promise.all(upstreams.map(({ url }) => startHoldfast({ upstream: url })))
t.teardown(async () => {
  await Promise.all(proxies.map((holdfast) => holdfast.stop()))
  await Promise.all(upstreams.map((upstream) => upstream.close()))
})

for (const [i, gzip] of gzips.entries()) {
  const direct = upstreams[i]?.url ?? ''
  const through = `http://127.0.0.1:${proxies[i]?.port}`
  for (const [name, use] of Object.entries(uses)) {
    await t.test(
      `${name}${gzip ? ', gzip' : ''}: as on a direct connection`,
      {
        timeout: 20_000,
      },
      async (t) => {
        const expected = comparable(await use(direct))
        t.strictSame(comparable(await use(through)), expected)
        t.ok(JSON.stringify(expected).length > 20, 'something was returned')
      },
    )
  }
}
