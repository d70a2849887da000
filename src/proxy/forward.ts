/**
 * Moves one exchange: request bytes to the upstream, response bytes to the client, in order and as
 * they come, each side slowed only by the other. A broken stream stays broken, a client that leaves
 * frees the upstream at once, and nothing is ever sent twice.
 */
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { onClientGone } from './client-gone.ts'
import { type RawHeaders, requestHeaders, responseHeaders, trailerPairs } from './headers.ts'
import { answerOwn } from './own-answer.ts'
import { resetConnection } from './reset-connection.ts'
import type { Tap } from './tap.ts'
import { errorKind, ownErrorOf } from './upstream-error.ts'
import type { Upstream } from './upstreams.ts'

export interface ForwardOptions {
  connectTimeoutMs: number
  /** 0: an upstream may think as long as it likes before its first byte. */
  headersTimeoutMs: number
  isDraining(): boolean
}

/** node:http has sent informational responses of any kind through this since 0.x; there is no public way. */
interface WithRawWrite {
  _writeRaw(data: string, encoding: BufferEncoding): boolean
}

/** Forwards one request with its body. */
export function forward(
  req: IncomingMessage,
  res: ServerResponse,
  upstream: Upstream,
  target: string,
  tap: Tap,
  options: ForwardOptions,
): void {
  const chunked = req.headers['transfer-encoding'] !== undefined
  const hasBody = chunked || (req.headers['content-length'] ?? '0') !== '0'
  const headers = requestHeaders(req.rawHeaders, upstream.authority, { chunked })
  // Without a length node:http would frame the absent body of such a method in chunks.
  if (!hasBody && !bodylessMethods.has(req.method ?? '') && !hasLength(req)) {
    headers.push('Content-Length', '0')
  }
  const request = upstream.request(req.method ?? 'GET', target, headers, false)
  relayAnswer(req, res, request, tap, options)
  if (hasBody) relayRequest(req, request, tap)
  else request.end()
  tap.requestSent()
}

const bodylessMethods = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'])
const hasLength = (message: IncomingMessage): boolean =>
  message.headers['content-length'] !== undefined

export interface Relay {
  /** Ends the exchange, once; later calls do nothing. */
  end: Tap['end']
  /** The answer was a switch of protocols: from here on the caller watches both connections. */
  handOver(): void
}

/** Relays whatever answers a request that has been opened to the upstream; its body is the caller's. */
export function relayAnswer(
  req: IncomingMessage,
  res: ServerResponse,
  upstream: ClientRequest,
  tap: Tap,
  options: ForwardOptions,
): Relay {
  const timers = watchTimeouts(upstream, options)
  let state: 'waiting' | 'responding' | 'ended' = 'waiting'
  let failed = false

  let closed = false
  const stopWatching = onClientGone(req.socket, () => {
    end('client_aborted')
    upstream.destroy()
  })
  // Not before both: an upload may go on when its answer is already complete, and an answer may wait for
  // its client, or behind another one, when the upstream is long done.
  const stopIfOver = (): void => {
    if (closed && state === 'ended') stopWatching()
  }
  upstream.on('close', () => {
    closed = true
    stopIfOver()
  })
  const end: Tap['end'] = (outcome) => {
    if (state === 'ended') return
    state = 'ended'
    timers.clear()
    tap.end(outcome)
    stopIfOver()
  }

  upstream.on('information', (info) => {
    timers.answered()
    if (req.httpVersion === '1.0' || res.headersSent) return
    if (info.statusCode === 100) res.writeContinue()
    else writeInformational(res, info.statusCode, info.statusMessage, info.rawHeaders)
  })

  upstream.on('response', (response) => {
    timers.clear()
    state = 'responding'
    tap.responseHead(response.statusCode ?? 0, response.rawHeaders)
    const framing = startResponse(req, res, response, options.isDraining())
    if (framing === undefined) {
      upstream.destroy()
      tap.upstreamError('protocol')
      answerOwn(res, 'upstream_protocol', options.isDraining())
      return end('upstream_error')
    }
    tap.responseSent()
    relayResponse(
      res,
      response,
      framing,
      tap,
      () => failed,
      () => {
        tap.upstreamError('reset_mid_stream')
        end('upstream_reset')
      },
    )
  })

  upstream.on('error', (error: NodeJS.ErrnoException) => {
    // After the head the response reports its own end; before it, a client that has left caused this.
    failed = true
    if (state !== 'waiting' || res.destroyed) return
    const kind = timers.expired ? 'timeout' : errorKind(error)
    tap.upstreamError(kind)
    req.resume()
    answerOwn(res, ownErrorOf[kind], options.isDraining())
    end('upstream_error')
  })

  res.on('finish', () => {
    end('complete')
  })
  return {
    end,
    handOver() {
      state = 'responding'
      timers.clear()
      stopWatching()
    },
  }
}

function relayRequest(req: IncomingMessage, upstream: ClientRequest, tap: Tap): void {
  let started = false
  let gone = false
  req.on('data', (chunk: Buffer) => {
    started = true
    tap.requestChunk(chunk)
    if (!gone && !upstream.write(chunk)) req.pause()
  })
  upstream.on('drain', () => {
    req.resume()
  })
  req.on('end', () => {
    if (req.rawTrailers.length > 0) upstream.addTrailers(trailerPairs(req.rawTrailers))
    upstream.end()
  })
  // An upstream that answered and closed takes no more: let the rest of the upload run out.
  upstream.on('close', () => {
    gone = true
    req.resume()
  })
  // A head whose body is late must not wait for it: the upstream may want to answer the head alone.
  // What came along with the head has been written by then.
  process.nextTick(() => {
    if (!started && !upstream.destroyed) upstream.flushHeaders()
  })
}

/** How the client knows where the body ends: by its length or chunks, or by the end of the connection. */
type ResponseFraming = 'framed' | 'until_close'

/** Writes the response's head. Undefined when the upstream's head is one that HTTP does not allow. */
function startResponse(
  req: IncomingMessage,
  res: ServerResponse,
  response: IncomingMessage,
  draining: boolean,
): ResponseFraming | undefined {
  const status = response.statusCode ?? 0
  const isChunked = /\bchunked\b/i.test(response.headers['transfer-encoding'] ?? '')
  const bodyless = req.method === 'HEAD' || status === 204 || status === 304
  const chunked = isChunked && req.httpVersion !== '1.0'
  const closeDelimited = !bodyless && !chunked && !hasLength(response)
  const headers = responseHeaders(response.rawHeaders, { chunked })
  if (closeDelimited) res.useChunkedEncodingByDefault = false
  if (draining || closeDelimited) headers.push('Connection', 'close')
  res.sendDate = false
  try {
    res.writeHead(status, response.statusMessage ?? '', headers)
  } catch {
    return undefined
  }
  return closeDelimited ? 'until_close' : 'framed'
}

function relayResponse(
  res: ServerResponse,
  response: IncomingMessage,
  framing: ResponseFraming,
  tap: Tap,
  upstreamFailed: () => boolean,
  broken: () => void,
): void {
  let started = false
  response.on('data', (chunk: Buffer) => {
    started = true
    tap.responseChunk(chunk)
    if (!res.write(chunk)) response.pause()
  })
  res.on('drain', () => {
    response.resume()
  })
  response.on('end', () => {
    // node:http takes a reset for the end of a body that ends with the connection.
    if (framing === 'until_close' && upstreamFailed()) return
    if (response.rawTrailers.length > 0) res.addTrailers(trailerPairs(response.rawTrailers))
    res.end()
  })
  // 'close' without a whole body: the upstream broke off. What it did send goes out first.
  response.on('close', () => {
    if (res.writableEnded || res.destroyed) return
    broken()
    breakAfterFlush(res, framing)
  })
  response.on('error', () => {
    // Reported by 'close'.
  })
  // A head without a body yet (a stream that thinks) goes out now; with one, both go in one write.
  process.nextTick(() => {
    if (!started && !res.writableEnded && !res.destroyed) res.flushHeaders()
  })
}

/**
 * Ends the client's connection so that it sees an unfinished body, after every byte before it. A body
 * with a length or chunks is plainly unfinished, and an orderly end is the only one that never costs
 * the client bytes it has not read yet. A body that ends with the connection needs a reset.
 */
function breakAfterFlush(res: ServerResponse, framing: ResponseFraming): void {
  const socket = res.socket
  if (socket === null) {
    res.destroy()
    return
  }
  if (framing === 'framed') socket.destroySoon()
  else if (socket.writableLength === 0) resetConnection(socket)
  else socket.write('', () => resetConnection(socket))
}

function writeInformational(
  res: ServerResponse,
  status: number,
  message: string,
  rawHeaders: RawHeaders,
): void {
  let head = `HTTP/1.1 ${status} ${message}\r\n`
  for (let i = 0; i < rawHeaders.length; i += 2)
    head += `${rawHeaders[i]}: ${rawHeaders[i + 1]}\r\n`
  ;(res as unknown as WithRawWrite)._writeRaw(`${head}\r\n`, 'latin1')
}

interface Timeouts {
  readonly expired: boolean
  /** The upstream has said something: only the final head is awaited now, without a limit of ours. */
  answered(): void
  clear(): void
}

function watchTimeouts(upstream: ClientRequest, options: ForwardOptions): Timeouts {
  let expired = false
  let connecting: NodeJS.Timeout | undefined
  const expire = (): void => {
    expired = true
    upstream.destroy(new Error('upstream timeout'))
  }
  const headers =
    options.headersTimeoutMs > 0 ? setTimeout(expire, options.headersTimeoutMs) : undefined
  upstream.on('socket', (socket: Socket) => {
    if (!socket.connecting) return
    connecting = setTimeout(expire, options.connectTimeoutMs)
    const connected = 'encrypted' in socket ? 'secureConnect' : 'connect'
    socket.once(connected, () => clearTimeout(connecting))
  })
  return {
    get expired() {
      return expired
    },
    answered() {
      clearTimeout(headers)
    },
    clear() {
      clearTimeout(headers)
      clearTimeout(connecting)
    },
  }
}
