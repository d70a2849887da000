/**
 * A chat API whose answers a test writes, on a real socket. It keeps every request body it got, and
 * answers in the shape of OpenAI chat completions unless told to do something else with the socket.
 */
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  path: string
  headers: http.IncomingHttpHeaders
  body: string
  /** The content of the message of the role `user`. */
  user: string
}

export type Script = (received: Received, response: http.ServerResponse) => void

export interface ScriptedEndpoint {
  url: URL
  received: Received[]
  /** Takes effect with the next request. */
  script(next: Script): void
  close(): Promise<void>
}

export const completion = (content: string, extra: Record<string, unknown> = {}): string =>
  JSON.stringify({
    id: 'c',
    object: 'chat.completion',
    choices: [
      { index: 0, finish_reason: 'stop', message: { role: 'assistant', content }, ...extra },
    ],
    usage: { prompt_tokens: 900, completion_tokens: 8, total_tokens: 908 },
  })

export const says =
  (content: string): Script =>
  (_received, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(completion(content))
  }

export const status =
  (code: number, headers: Record<string, string> = {}): Script =>
  (_received, response) => {
    response.writeHead(code, headers).end('{"error":{"message":"scripted"}}')
  }

export async function startScriptedEndpoint(first: Script): Promise<ScriptedEndpoint> {
  let current = first
  const received: Received[] = []
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    response.on('error', () => response.destroy())
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const path = request.url ?? ''
      const one = { path, headers: request.headers, body, user: userOf(body) }
      received.push(one)
      current(one, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`http://127.0.0.1:${port}/v1`),
    received,
    script(next) {
      current = next
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function userOf(body: string): string {
  const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] }
  return messages.find(({ role }) => role === 'user')?.content ?? ''
}
