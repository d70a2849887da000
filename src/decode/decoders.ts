/** All wire formats holdfast reads, and the way from a captured exchange to a decoded one. */
import type { CapturedExchange } from '../exchange/captured.ts'
import type { Protocol } from '../exchange/protocol.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { bedrockConverse } from './bedrock-converse.ts'
import type { Decoded, Decoder, RequestHead } from './decoder.ts'
import { decodeBody } from './encoding.ts'
import { gemini } from './gemini.ts'
import { mcp } from './mcp.ts'
import { ollama } from './ollama.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiCompletions } from './openai-completions.ts'
import { openaiResponses } from './openai-responses.ts'

export const decoders: readonly Decoder[] = [
  openaiChat,
  openaiResponses,
  anthropicMessages,
  gemini,
  ollama,
  openaiCompletions,
  bedrockConverse,
  mcp,
]

/** Reads no body; every path that no decoder claims is `unknown`. */
export const protocolOf = (method: string, path: string, headers?: RequestHead): Protocol =>
  decoders.find((decoder) => decoder.matches(method, path, headers))?.protocol ?? 'unknown'

const headerOf = (headers: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(headers, name) ? headers[name] : undefined

export const decodeCaptured = (captured: CapturedExchange): Decoded => {
  const decoder = decoders.find(({ protocol }) => protocol === captured.protocol)
  if (decoder === undefined) return { ok: false, reason: 'unknown_shape' }
  const request = decodeBody(
    captured.requestBody,
    headerOf(captured.requestHeaders, 'content-encoding'),
  )
  if (!request.ok) return request
  const response = decodeBody(
    captured.responseBody,
    headerOf(captured.responseHeaders, 'content-encoding'),
  )
  if (!response.ok) return response
  return decoder.decode({ captured, request: request.bytes, response: response.bytes })
}
