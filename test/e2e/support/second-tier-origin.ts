/**
 * A model server that answers each format of the second tier with the wire bytes of the decoder's
 * fixtures, in small pieces, and speaks MCP through the official server.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { fixtureNamed } from '../../fixtures/wire/second-tier.ts'

export interface SecondTierOrigin {
  url: string
  /** Heads of the requests so far. */
  seen: { path: string; headers: IncomingMessage['headers'] }[]
  close(): Promise<void>
}

/** By what the model's name or the path asks for. */
const nameOf = (path: string, body: string): string => {
  const isStream = body.includes('"stream":true')
  if (path.includes('blocked')) {
    return path.includes('stream') ? 'gemini blocked, stream' : 'gemini blocked'
  }
  if (path.includes(':streamGenerateContent')) {
    return path.includes('alt=sse') ? 'gemini stream' : 'gemini stream as an array'
  }
  if (path.includes(':generateContent')) return 'gemini whole call'
  if (path === '/api/generate') return 'ollama generate stream'
  if (path === '/api/chat') {
    if (body.includes('"tools"')) return 'ollama call stream'
    return isStream ? 'ollama stream' : 'ollama whole'
  }
  if (path === '/v1/completions') return isStream ? 'completions stream' : 'completions whole'
  return path.endsWith('converse-stream') ? 'converse stream' : 'converse whole'
}

const pieceBytes = 11

const answer = (req: IncomingMessage, res: ServerResponse, body: string): void => {
  const { bytes, contentType } = fixtureNamed(nameOf(req.url ?? '', body))
  res.writeHead(200, { 'content-type': contentType, 'x-amzn-requestid': 'r-1' })
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    res.write(bytes.subarray(at, at + pieceBytes))
  }
  res.end()
}

const tools = [{ name: 'add', description: 'Adds.', inputSchema: { type: 'object' as const } }]

/** One session per handshake; a stateless transport serves one request each. */
const answerMcp = async (
  req: IncomingMessage,
  res: ServerResponse,
  body: unknown,
): Promise<void> => {
  const server = new Server({ name: 'sums', version: '1' }, { capabilities: { tools: {} } })
  server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const { a, b } = params.arguments ?? {}
    if (typeof a !== 'number' || typeof b !== 'number') {
      return { isError: true, content: [{ type: 'text', text: 'two numbers, please' }] }
    }
    return { content: [{ type: 'text', text: String(a + b) }] }
  })
  // Without a session id: none is made.
  const transport = new StreamableHTTPServerTransport({
    enableJsonResponse: (req.url ?? '').includes('json'),
  })
  await server.connect(transport)
  await transport.handleRequest(req, res, body)
}

export async function startSecondTierOrigin(): Promise<SecondTierOrigin> {
  const seen: SecondTierOrigin['seen'] = []
  const server = createServer((req, res) => {
    const pieces: Buffer[] = []
    req.on('data', (piece: Buffer) => pieces.push(piece))
    req.on('end', () => {
      const body = Buffer.concat(pieces).toString()
      const path = req.url ?? ''
      seen.push({ path, headers: req.headers })
      if (!path.startsWith('/mcp')) answer(req, res, body)
      else if (req.method === 'POST') void answerMcp(req, res, JSON.parse(body))
      else res.writeHead(405).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
