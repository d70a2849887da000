/**
 * Writes an answer to a client: JSON at once, a stream piece by piece at its pace, gzip where the
 * client takes it. Never faster than the client reads, and nothing runs on when it has gone.
 */

import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { constants, createGzip, type Gzip, gzipSync } from 'node:zlib'

export interface DeliveryOptions {
  paceMs: number
  gzip: boolean
}

const takesGzip = (request: IncomingMessage): boolean =>
  /(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))|,|$)/i.test(
    request.headers['accept-encoding'] ?? '',
  )

export function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  value: object,
  options: Pick<DeliveryOptions, 'gzip'> & { headers?: Record<string, string> },
): void {
  const plain = Buffer.from(JSON.stringify(value))
  const packed = options.gzip && takesGzip(request)
  const bytes = packed ? gzipSync(plain) : plain
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(bytes.length),
    ...(packed ? { 'content-encoding': 'gzip' } : {}),
    ...options.headers,
  })
  response.end(bytes)
}

/** Resolves when the last byte is handed over or the client has gone; true: all of it was sent. */
export async function sendEvents(
  request: IncomingMessage,
  response: ServerResponse,
  events: readonly string[],
  options: DeliveryOptions & { headers?: Record<string, string> },
): Promise<boolean> {
  const packed = options.gzip && takesGzip(request)
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    ...(packed ? { 'content-encoding': 'gzip' } : {}),
    ...options.headers,
  })
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const packer = packed ? createGzip() : undefined
  packer?.pipe(response)
  try {
    for (const [index, event] of events.entries()) {
      if (index > 0 && options.paceMs > 0) {
        await pause(options.paceMs, undefined, { signal: gone.signal })
      }
      await write(packer, response, event, gone.signal)
    }
    const ended = once(response, 'finish', { signal: gone.signal })
    const out = packer ?? response
    out.end()
    await ended
    return true
  } catch {
    packer?.destroy()
    return false
  }
}

async function write(
  packer: Gzip | undefined,
  response: ServerResponse,
  event: string,
  gone: AbortSignal,
): Promise<void> {
  gone.throwIfAborted()
  if (packer !== undefined) {
    packer.write(event)
    await new Promise<void>((resolve) => packer.flush(constants.Z_SYNC_FLUSH, resolve))
  } else {
    response.write(event)
  }
  if (response.writableNeedDrain) await once(response, 'drain', { signal: gone })
}
