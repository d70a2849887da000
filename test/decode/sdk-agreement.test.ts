/**
 * The providers' own clients read the same bytes from a local server; what they give to an
 * application and what the decoders give must be the same.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import t from 'tap'
import type { Exchange } from '../../src/exchange/exchange.ts'
import { decodeBodies, exchangeOf } from '../fixtures/wire/wire-exchange.ts'
import { type WireFixture, wireFixtures } from '../fixtures/wire/wire-fixtures.ts'

/** What an application sees of an answer, by either way. */
interface Seen {
  text: string
  refusal: string
  calls: { id: string | undefined; name: string; arguments: string }[]
  stop: string | undefined
  inputTokens: number | undefined
  outputTokens: number | undefined
  model: string | undefined
  id: string | undefined
}

const seenByDecoder = (exchange: Exchange): Seen => ({
  text: exchange.answer.text,
  refusal: exchange.answer.refusal,
  calls: exchange.answer.toolCalls,
  stop: exchange.answer.stop,
  inputTokens: exchange.usage.inputTokens,
  outputTokens: exchange.usage.outputTokens,
  model: exchange.servedModel,
  id: exchange.responseId,
})

/** Serves one fixture in pieces of a few bytes, so that characters and events arrive cut. */
const serve = async (fixture: WireFixture): Promise<{ server: Server; origin: string }> => {
  const bytes = Buffer.from(fixture.text)
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(200, {
      'content-type': fixture.streamed ? 'text/event-stream' : 'application/json',
    })
    for (let at = 0; at < bytes.byteLength; at += 7) response.write(bytes.subarray(at, at + 7))
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { server, origin: `http://127.0.0.1:${port}` }
}

const messages = [{ role: 'user' as const, content: 'hi' }]

const chatSeen = async (origin: string, streamed: boolean): Promise<Seen> => {
  const client = new OpenAI({ apiKey: 'test', baseURL: `${origin}/v1`, maxRetries: 0 })
  const completion = streamed
    ? await client.chat.completions.stream({ model: 'm', messages }).finalChatCompletion()
    : await client.chat.completions.create({ model: 'm', messages })
  const choice = completion.choices[0]
  const calls = (choice?.message.tool_calls ?? []).map((call) =>
    call.type === 'function'
      ? { id: call.id, name: call.function.name, arguments: call.function.arguments }
      : { id: call.id, name: call.custom.name, arguments: call.custom.input },
  )
  return {
    text: choice?.message.content ?? '',
    refusal: choice?.message.refusal ?? '',
    calls,
    stop: choice?.finish_reason,
    inputTokens: completion.usage?.prompt_tokens,
    outputTokens: completion.usage?.completion_tokens,
    model: completion.model,
    id: completion.id,
  }
}

const responsesSeen = async (origin: string, streamed: boolean): Promise<Seen> => {
  const client = new OpenAI({ apiKey: 'test', baseURL: `${origin}/v1`, maxRetries: 0 })
  const response = streamed
    ? await client.responses.stream({ model: 'm', input: 'hi' }).finalResponse()
    : await client.responses.create({ model: 'm', input: 'hi' })
  const calls = response.output.flatMap((item) => {
    if (item.type === 'function_call' || item.type === 'custom_tool_call') {
      const input = item.type === 'function_call' ? item.arguments : item.input
      return [{ id: item.call_id, name: item.name, arguments: input }]
    }
    return item.type === 'mcp_call'
      ? [{ id: item.id, name: item.name, arguments: item.arguments }]
      : []
  })
  const refusal = response.output
    .flatMap((item) => (item.type === 'message' ? item.content : []))
    .flatMap((part) => (part.type === 'refusal' ? part.refusal : []))
    .join('')
  const isCall = calls.some(({ id }) => id.startsWith('call_'))
  const stops: Record<string, string> = {
    completed: isCall ? 'tool_calls' : 'stop',
    failed: 'error',
    incomplete: 'length',
  }
  return {
    text: response.output_text,
    refusal,
    calls,
    stop: stops[response.status ?? ''],
    inputTokens: response.usage?.input_tokens,
    outputTokens: response.usage?.output_tokens,
    model: response.model,
    id: response.id,
  }
}

const messagesSeen = async (origin: string, streamed: boolean): Promise<Seen> => {
  const client = new Anthropic({ apiKey: 'test', baseURL: origin, maxRetries: 0 })
  const asked = { model: 'm', max_tokens: 9, messages }
  const message = streamed
    ? await client.messages.stream(asked).finalMessage()
    : await client.messages.create(asked)
  const stops: Record<string, string> = {
    end_turn: 'stop',
    max_tokens: 'length',
    tool_use: 'tool_calls',
    refusal: 'refusal',
  }
  return {
    text: message.content.flatMap((block) => (block.type === 'text' ? block.text : [])).join(''),
    refusal: '',
    calls: message.content.flatMap((block) =>
      block.type === 'tool_use' || block.type === 'server_tool_use'
        ? [{ id: block.id, name: block.name, arguments: JSON.stringify(block.input) }]
        : [],
    ),
    stop: stops[message.stop_reason ?? ''],
    inputTokens: message.usage.input_tokens,
    outputTokens: message.usage.output_tokens,
    model: message.model,
    id: message.id,
  }
}

const clients = {
  openai_chat: chatSeen,
  openai_responses: responsesSeen,
  anthropic_messages: messagesSeen,
} as const

/** The client parses a tool's input, the decoder keeps it as sent: compared as values. */
const compact = (seen: Seen): Seen => ({
  ...seen,
  calls: seen.calls.map((call) => ({ ...call, arguments: compactJson(call.arguments) })),
})

const compactJson = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return text
  }
}

/** finalChatCompletion() throws on a length or content_filter finish; these are read by hand below. */
const unfinished = new Set(['chat-reasoning-emoji.sse', 'chat-azure-filter.sse'])

void t.test('a client of the provider and the decoder see the same answer', async (t) => {
  let compared = 0
  for (const fixture of wireFixtures) {
    if (unfinished.has(fixture.name)) continue
    const { server, origin } = await serve(fixture)
    try {
      const byClient = await clients[fixture.protocol](origin, fixture.streamed)
      const decoded = decodeBodies(fixture.protocol, { response: fixture.text })
      t.same(compact(seenByDecoder(exchangeOf(decoded))), compact(byClient), fixture.name)
      compared++
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
  t.equal(compared, wireFixtures.length - unfinished.size, 'every fixture was compared')
})

void t.test('a stream that the client helper refuses is compared delta by delta', async (t) => {
  for (const fixture of wireFixtures.filter(({ name }) => unfinished.has(name))) {
    const { server, origin } = await serve(fixture)
    try {
      const client = new OpenAI({ apiKey: 'test', baseURL: `${origin}/v1`, maxRetries: 0 })
      let text = ''
      let finish: string | null = null
      for await (const chunk of await client.chat.completions.create({
        model: 'm',
        messages,
        stream: true,
      })) {
        text += chunk.choices[0]?.delta.content ?? ''
        finish = chunk.choices[0]?.finish_reason ?? finish
      }
      const { answer } = exchangeOf(decodeBodies('openai_chat', { response: fixture.text }))
      t.equal(answer.text, text, fixture.name)
      t.equal(answer.stop, finish)
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
})
