/**
 * The official clients of the second tier of wire formats: what they return through holdfast is
 * deep-equal to what they return on a direct connection, and every exchange is read.
 */
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime'
import { GoogleGenAI } from '@google/genai'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import t from 'tap'
import { startHoldfast } from './support/holdfast-process.ts'
import { startSecondTierOrigin } from './support/second-tier-origin.ts'

/** The monitor of a busy machine takes seconds to start. */
const slow = 60_000
const prompt = 'Wie ist das Wetter in Zürich? 天気は？'

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

const gemini = (baseUrl: string) =>
  new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl } }).models
const ask = (model: string) => ({ model, contents: prompt })
const ollama = (host: string) => new Ollama({ host })
const messages = [{ role: 'user', content: prompt }]
const openai = (url: string) =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey: 'sk-test', maxRetries: 0 }).completions

/** Over HTTP/1.1, with a key of Bedrock: a signature would be one for the address of holdfast. */
const bedrock = (endpoint: string) =>
  new BedrockRuntimeClient({
    endpoint,
    region: 'eu-central-1',
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
    token: { token: 'bedrock-api-key' },
    authSchemePreference: ['httpBearerAuth'],
  })
const conversation = {
  modelId: 'eu.anthropic.claude-3-v1:0',
  messages: [{ role: 'user' as const, content: [{ text: prompt }] }],
}

/** A handshake, the tools, a call that works and one that fails. */
async function useMcp(url: string, path: string): Promise<unknown> {
  const client = new Client({ name: 'test', version: '1' })
  const transport = new StreamableHTTPClientTransport(new URL(path, url))
  await client.connect(transport)
  const results = [
    client.getServerVersion(),
    await client.listTools(),
    await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } }),
    await client.callTool({ name: 'add', arguments: {} }),
  ]
  await client.close()
  return results
}

/** As the revision of 2026-07-28 has it: one request by itself. The official client of it is another package. */
const useStatelessMcp = async (url: string): Promise<unknown> => {
  const response = await fetch(`${url}/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-method': 'tools/list',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 'only', method: 'tools/list', params: {} }),
  })
  return [response.status, response.headers.get('content-type'), await response.text()]
}

interface Use {
  protocol: string
  exchanges: number
  /** Empty where nothing is judged. */
  verdict: boolean
  run(url: string): Promise<unknown>
}
const use = (protocol: string, run: Use['run'], exchanges = 1): Use => ({
  protocol,
  exchanges,
  verdict: protocol !== 'mcp',
  run,
})

const uses: Record<string, Use> = {
  '@google/genai': use('gemini', (url) => gemini(url).generateContent(ask('gemini-3-flash'))),
  '@google/genai, stream': use('gemini', async (url) =>
    collect(await gemini(url).generateContentStream(ask('gemini-3-flash'))),
  ),
  '@google/genai, blocked prompt': use('gemini', (url) =>
    gemini(url).generateContent(ask('blocked')),
  ),
  '@google/genai, blocked prompt, stream': use('gemini', async (url) =>
    collect(await gemini(url).generateContentStream(ask('blocked'))),
  ),
  'Gemini as an array': use('gemini', async (url) => {
    const path = '/v1beta/models/gemini-3-flash:streamGenerateContent'
    const body = JSON.stringify({ contents: [{ parts: [{ text: prompt }] }] })
    return (await fetch(url + path, { method: 'POST', body })).json()
  }),
  'ollama chat': use('ollama', (url) => ollama(url).chat({ model: 'llama3.2', messages })),
  'ollama chat, stream': use('ollama', async (url) =>
    collect(await ollama(url).chat({ model: 'llama3.2', messages, stream: true })),
  ),
  'ollama chat, tool call, stream': use('ollama', async (url) =>
    collect(await ollama(url).chat({ model: 'llama3.2', messages, stream: true, tools: [] })),
  ),
  'ollama generate, stream': use('ollama', async (url) =>
    collect(await ollama(url).generate({ model: 'llama3.2', prompt, stream: true })),
  ),
  'openai completions': use('openai_completions', (url) =>
    openai(url).create({ model: 'davinci-3', prompt }),
  ),
  'openai completions, stream': use('openai_completions', async (url) =>
    collect(await openai(url).create({ model: 'davinci-3', prompt, stream: true })),
  ),
  '@aws-sdk/client-bedrock-runtime': use('bedrock_converse', (url) =>
    bedrock(url).send(new ConverseCommand(conversation)),
  ),
  '@aws-sdk/client-bedrock-runtime, stream': use('bedrock_converse', async (url) => {
    const { stream } = await bedrock(url).send(new ConverseStreamCommand(conversation))
    return stream === undefined ? [] : collect(stream)
  }),
  '@modelcontextprotocol/sdk': use('mcp', (url) => useMcp(url, '/mcp'), 5),
  '@modelcontextprotocol/sdk, JSON': use('mcp', (url) => useMcp(url, '/mcp?json'), 5),
  'MCP of 2026-07-28': use('mcp', useStatelessMcp),
}

/** Without what belongs to one connection or one attempt. */
const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null, (key, item: unknown) =>
      ['totalRetryDelay', 'date', 'keep-alive'].includes(key) ? undefined : item,
    ),
  )

const origin = await startSecondTierOrigin()
const holdfast = await startHoldfast({ upstream: origin.url })
const through = `http://127.0.0.1:${holdfast.port}`
t.teardown(async () => {
  await holdfast.stop()
  await origin.close()
})

for (const [name, { run }] of Object.entries(uses)) {
  await t.test(`${name}: as on a direct connection`, { timeout: 20_000 }, async (t) => {
    const expected = comparable(await run(origin.url))
    t.strictSame(comparable(await run(through)), expected)
    t.ok(JSON.stringify(expected).length > 20, 'something was returned')
  })
}

await t.test(
  'every one of these exchanges was read, and judged where a model answered',
  async (t) => {
    const all = Object.values(uses)
    const sumOf = (picked: readonly Use[]): number =>
      picked.reduce((sum, { exchanges }) => sum + exchanges, 0)
    for (const protocol of new Set(all.map((one) => one.protocol))) {
      const count = sumOf(all.filter((one) => one.protocol === protocol))
      t.equal(await holdfast.metric('holdfast_sampled_total', { protocol }), count, protocol)
    }
    await holdfast.settles(
      'holdfast_judged_total',
      sumOf(all.filter(({ verdict }) => verdict)),
      slow,
    )
    await holdfast.settles('holdfast_in_flight', 0, slow)
    t.equal(await holdfast.metric('holdfast_dropped_total', { stage: 'decode' }), 0)
    t.equal(
      await holdfast.metric('holdfast_dropped_total', { stage: 'sample', reason: 'no_answer' }),
      sumOf(all.filter(({ verdict }) => !verdict)),
    )
    const refusals = { protocol: 'gemini', reason: 'prompt_blocked' }
    t.equal(await holdfast.metric('holdfast_provider_refusals_total', refusals), 2)
    const calls = async (method: string, outcome: string) =>
      holdfast.metric('holdfast_mcp_calls_total', { method, outcome })
    t.equal(await calls('tools_call', 'ok'), 2)
    t.equal(await calls('tools_call', 'tool_error'), 2)
    t.equal(await calls('tools_list', 'ok'), 3)
    t.equal(await calls('session', 'ok'), 2)
    t.equal(await calls('notification', 'accepted'), 2)
  },
)

await t.test('a signed request of AWS arrives with a signature for another host', async (t) => {
  const signed = new BedrockRuntimeClient({
    endpoint: through,
    region: 'eu-central-1',
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    authSchemePreference: ['sigv4'],
  })
  await signed.send(new ConverseCommand(conversation))
  const last = origin.seen.at(-1)
  t.match(last?.headers.authorization, /SignedHeaders=[a-z0-9;-]*\bhost\b/)
  t.equal(
    `http://${last?.headers.host}`,
    origin.url,
    'the host that was signed is that of holdfast',
  )
})
