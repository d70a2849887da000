/**
 * What node:http lets through, or announces before it refuses it, and no upstream may be sent: a request
 * with more or fewer than one Host, or whose Transfer-Encoding does not say one length to every reader.
 */
import type { IncomingMessage } from 'node:http'

/** The parts of a request that this reads; `rawHeaders` as node:http has it. */
export type RequestHead = Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>

/**
 * RFC 9112 section 3.2: exactly one Host, which HTTP/1.0 may leave out. Section 6.1: `chunked` once and as the
 * last coding. node:http reports a request before it complains of its encoding, so that one could be on its
 * way to the upstream already.
 */
export function isWellFormed({ rawHeaders, httpVersion }: RequestHead): boolean {
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? ''
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++
    else if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') {
      if (!chunkedOnceAtTheEnd.test(rawHeaders[i + 1] ?? '')) return false
    }
  }
  return hosts === 1 || (hosts === 0 && httpVersion === '1.0')
}

const chunkedOnceAtTheEnd =
  /^(?:(?:gzip|x-gzip|deflate|compress|x-compress)[ \t]*,[ \t]*)*chunked$/i
