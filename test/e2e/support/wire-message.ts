/**
 * HTTP/1.1 messages read from raw bytes, for tests only: nothing is normalised, so that header case,
 * order, duplicates, chunk sizes, chunk extensions and trailers can be compared byte for byte.
 */

export type Framing = 'none' | 'content-length' | 'chunked' | 'close'

export interface WireMessage {
  startLine: string
  /** Names and values as sent; bytes kept one to one as latin1. */
  headers: [name: string, value: string][]
  framing: Framing
  body: Buffer
  chunks: { size: number; extension: string }[]
  trailers: [name: string, value: string][]
  /** False when the bytes ended before the message did. */
  complete: boolean
}

export interface ReadOptions {
  kind: 'request' | 'response'
  /** Method of the request this response answers; HEAD has no body. */
  method?: string
  /** The peer has closed: a body without a length is then complete. */
  closed?: boolean
}

export interface Read {
  message: WireMessage
  /** Bytes consumed, or -1 when more are needed. */
  length: number
}

/** The first message in `bytes`; undefined until its head is complete. */
export function readMessage(bytes: Buffer, options: ReadOptions): Read | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const [startLine = '', ...lines] = bytes.subarray(0, headEnd).toString('latin1').split('\r\n')
  const headers = lines.map(splitHeader)
  const message: WireMessage = {
    startLine,
    headers,
    framing: framingOf(startLine, headers, options),
    body: Buffer.alloc(0),
    chunks: [],
    trailers: [],
    complete: false,
  }
  return { message, length: readBody(bytes, headEnd + 4, message, options) }
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')]
}

export function headerValues(message: WireMessage, name: string): string[] {
  return message.headers.filter(([n]) => n.toLowerCase() === name).map(([, value]) => value)
}

export function statusOf(message: WireMessage): number {
  return Number(message.startLine.split(' ')[1])
}

function framingOf(
  startLine: string,
  headers: readonly [string, string][],
  options: ReadOptions,
): Framing {
  const status = options.kind === 'response' ? Number(startLine.split(' ')[1]) : 0
  const bodyless = status === 204 || status === 304 || (status >= 100 && status < 200)
  if (options.kind === 'response' && (bodyless || options.method === 'HEAD')) return 'none'
  const has = (name: string) => headers.find(([n]) => n.toLowerCase() === name)?.[1]
  if (has('transfer-encoding')?.toLowerCase().endsWith('chunked')) return 'chunked'
  if (has('content-length') !== undefined) return 'content-length'
  return options.kind === 'response' ? 'close' : 'none'
}

/** Returns where the message ends, or -1 while it has not. */
function readBody(bytes: Buffer, from: number, message: WireMessage, options: ReadOptions): number {
  if (message.framing === 'chunked') return readChunks(bytes, from, message)
  let length = 0
  if (message.framing === 'content-length')
    length = Number(headerValues(message, 'content-length')[0])
  if (message.framing === 'close')
    length = options.closed === true ? bytes.length - from : Number.POSITIVE_INFINITY
  message.body = bytes.subarray(from, from + length)
  message.complete = bytes.length >= from + length
  return message.complete ? from + length : -1
}

function readChunks(bytes: Buffer, from: number, message: WireMessage): number {
  const parts: Buffer[] = []
  let at = from
  const stop = (end: number): number => {
    message.body = Buffer.concat(parts)
    message.complete = end >= 0
    return end
  }
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return stop(-1)
    const [digits = '', ...extension] = bytes.toString('latin1', at, lineEnd).split(';')
    const size = Number.parseInt(digits, 16)
    if (!/^[0-9a-fA-F]+\s*$/.test(digits)) return stop(-1)
    message.chunks.push({ size, extension: extension.join(';') })
    at = lineEnd + 2
    if (size === 0) return stop(readTrailers(bytes, at, message))
    parts.push(bytes.subarray(at, at + size))
    if (bytes.length < at + size + 2) return stop(-1)
    at += size + 2
  }
}

function readTrailers(bytes: Buffer, from: number, message: WireMessage): number {
  let at = from
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return -1
    if (lineEnd === at) return at + 2
    message.trailers.push(splitHeader(bytes.toString('latin1', at, lineEnd)))
    at = lineEnd + 2
  }
}
