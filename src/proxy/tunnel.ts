/**
 * Upgraded connections (WebSocket and the like), passed one to one: the client sees the upstream's
 * own 101, or its refusal with every header and byte, and after a 101 both directions are plain bytes.
 * The exchange is counted; its content is not looked at.
 *
 * An offer to upgrade to h2c is declined, as RFC 9110 section 7.8 allows: the request is served over
 * HTTP/1.1 by the ordinary path.
 */
import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ForwardOptions, relayAnswer } from './forward.ts'
import type { RawHeaders } from './headers.ts'
import type { Tap } from './tap.ts'
import type { Upstream } from './upstreams.ts'

export const offersH2c = (req: IncomingMessage): boolean =>
  /(?:^|,)\s*h2c\s*(?:,|$)/i.test(req.headers.upgrade ?? '')

/** The head of a request whose upgrade is declined, so that it can be parsed again as an ordinary one. */
export function headWithoutUpgrade(req: IncomingMessage): string {
  const dropped = new Set(['upgrade', 'http2-settings', 'connection'])
  let head = `${req.method} ${req.url} HTTP/${req.httpVersion}\r\n`
  for (let i = 0; i < req.rawHeaders.length; i += 2) {
    const name = req.rawHeaders[i] ?? ''
    if (!dropped.has(name.toLowerCase())) head += `${name}: ${req.rawHeaders[i + 1]}\r\n`
  }
  return `${head}\r\n`
}

/** @param head the first bytes after the request's head, already read from the client */
export function tunnel(
  req: IncomingMessage,
  client: Duplex,
  head: Buffer,
  upstream: Upstream,
  target: string,
  tap: Tap,
  options: ForwardOptions,
): void {
  const res = new ServerResponse(req)
  res.shouldKeepAlive = false
  // A Duplex here is always the net.Socket that the server accepted.
  res.assignSocket(client as Parameters<ServerResponse['assignSocket']>[0])
  client.on('error', () => client.destroy())
  res.on('finish', () => client.end())

  const headers = upgradeHeaders(req.rawHeaders, upstream.authority)
  const request = upstream.request(req.method ?? 'GET', target, headers, true)
  const stopReading = noticeEnd(client)
  const relay = relayAnswer(req, res, request, tap, options)
  request.on('upgrade', (response, socket, upstreamHead) => {
    res.detachSocket(client as Parameters<ServerResponse['detachSocket']>[0])
    relay.handOver()
    stopReading()
    tap.responseHead(101, [])
    let ended = false
    const end = (): void => {
      if (ended) return
      ended = true
      socket.destroy()
      client.destroy()
      relay.end('complete')
    }
    client.write(switchingHead(response), 'latin1')
    if (upstreamHead.length > 0) client.write(upstreamHead)
    if (head.length > 0) socket.write(head)
    for (const side of [socket, client]) {
      side.on('error', end)
      side.on('close', end)
    }
    socket.pipe(client)
    client.pipe(socket)
  })
  request.end()
}

/**
 * Nobody reads the client's connection until the upstream agrees, so nobody would see it end. This
 * keeps what comes early in the stream's own buffer, bounded by its high-water mark.
 */
function noticeEnd(client: Duplex): () => void {
  const look = (): void => {
    client.read(0)
  }
  const gone = (): void => {
    client.destroy()
  }
  client.on('readable', look)
  client.on('end', gone)
  return () => {
    client.off('readable', look)
    client.off('end', gone)
  }
}

/** Everything as sent, Connection and Upgrade too: this connection carries nothing else. */
function upgradeHeaders(raw: RawHeaders, host: string): string[] {
  const headers: string[] = []
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] ?? ''
    headers.push(name, name.toLowerCase() === 'host' ? host : (raw[i + 1] ?? ''))
  }
  return headers
}

function switchingHead(response: IncomingMessage): string {
  let text = `HTTP/1.1 101 ${response.statusMessage ?? ''}\r\n`
  const raw = response.rawHeaders
  for (let i = 0; i < raw.length; i += 2) text += `${raw[i]}: ${raw[i + 1]}\r\n`
  return `${text}\r\n`
}
