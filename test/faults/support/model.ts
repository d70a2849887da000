/**
 * The model of the fault runs: answers from the seed, keeps a digest of every body it was sent, and does
 * what a request's `x-fault` asks for.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { reset } from '../../e2e/support/reset.ts'
import { kindOf, seededAnswer } from './seeded.ts'

export interface Model {
  readonly port: number
  /** Requests whose head arrived. */
  hits(): number
  /** Digest of the body of request `id`; undefined while it is not whole. Forgotten when read. */
  takeRequestSha(id: string): string | undefined
  /** Whether the head of request `id` arrived: a client may leave before that. */
  began(id: string): boolean
  /** performance.now() at which the exchange `id` was broken off by the other side. */
  abortedAt(id: string): number | undefined
  openExchanges(): number
  /** Stops and starts to listen, on the same port. */
  stopListening(): Promise<void>
  listen(): Promise<void>
  close(): Promise<void>
}

export interface FaultOrder {
  /** status: an answer of that status and size; cut: a body that breaks off; the others speak for themselves. */
  kind: 'status' | 'cut' | 'reset' | 'stall_head' | 'stall_mid' | 'endless' | 'sized'
  status?: number
  bytes?: number
  /** Of the end of a cut body. */
  by?: 'fin' | 'rst'
  ms?: number
}

const bodyOfStatus = (status: number, bytes: number): Buffer =>
  Buffer.from(JSON.stringify({ error: { code: status, pad: 'x'.repeat(bytes) } }))

export async function startModel(seed: number): Promise<Model> {
  let hits = 0
  const shas = new Map<string, string>()
  const aborted = new Map<string, number>()
  const begun = new Set<string>()
  const open = new Set<ServerResponse>()
  const timers = new Set<NodeJS.Timeout>()
  const later = (ms: number, then: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      then()
    }, ms)
    timers.add(timer)
  }
  const server = createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
    hits++
    open.add(res)
    const id = String(req.headers['x-id'] ?? '')
    if (req.headers['x-fault'] !== undefined || id.startsWith('upload')) begun.add(id)
    res.on('close', () => {
      open.delete(res)
      if (!res.writableFinished) aborted.set(id, performance.now())
    })
    const hash = createHash('sha256')
    req.on('data', (chunk: Buffer) => hash.update(chunk))
    req.on('error', () => {})
    req.on('end', () => {
      if (id !== '') shas.set(id, hash.digest('hex'))
      const order = req.headers['x-fault']
      if (typeof order === 'string') misbehave(req, res, JSON.parse(order) as FaultOrder, later)
      else answer(seed, Number(id), res, later)
    })
  })
  let port = 0
  const listen = async (): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    port = (server.address() as AddressInfo).port
  }
  const stopListening = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listen()
  return {
    port,
    hits: () => hits,
    takeRequestSha(id) {
      const sha = shas.get(id)
      shas.delete(id)
      return sha
    },
    began: (id) => begun.has(id),
    abortedAt: (id) => aborted.get(id),
    openExchanges: () => open.size,
    stopListening,
    listen,
    close() {
      for (const timer of timers) clearTimeout(timer)
      return stopListening()
    },
  }
}

type Later = (ms: number, then: () => void) => void

function answer(seed: number, number: number, res: ServerResponse, later: Later): void {
  const { headers, parts } = seededAnswer(seed, number, kindOf(seed, number))
  const [only] = parts
  if (parts.length === 1 && only !== undefined) {
    later(only.pauseMs, () => {
      res.writeHead(200, [...headers, 'Content-Length', String(only.bytes.length)])
      res.end(only.bytes)
    })
    return
  }
  res.writeHead(200, [...headers])
  const step = (at: number): void => {
    const part = parts[at]
    if (res.destroyed) return
    if (part === undefined) res.end()
    else {
      later(part.pauseMs, () => {
        res.write(part.bytes)
        step(at + 1)
      })
    }
  }
  step(0)
}

const eventMs = 20

function misbehave(
  req: IncomingMessage,
  res: ServerResponse,
  order: FaultOrder,
  later: Later,
): void {
  const { bytes = 0, ms = 0 } = order
  switch (order.kind) {
    case 'status': {
      const body = bodyOfStatus(order.status ?? 500, bytes)
      res.writeHead(order.status ?? 500, { 'content-length': body.length, 'retry-after': '7' })
      res.end(body)
      return
    }
    case 'reset':
      reset(req.socket)
      return
    case 'cut':
      // Longer than what is sent: the end comes too early, however it comes.
      res.writeHead(200, { 'content-length': 16_384 })
      res.write(cutBody.subarray(0, bytes))
      later(order.by === 'rst' ? 100 : 0, () => {
        if (order.by === 'rst') reset(req.socket)
        else res.socket?.end()
      })
      return
    case 'stall_head':
      later(ms, () => res.end('{"late":true}'))
      return
    case 'stall_mid':
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      res.write('data: {"first":true}\n\n')
      later(ms, () => res.end('data: [DONE]\n\n'))
      return
    case 'endless': {
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      const step = (): void => {
        if (res.destroyed) return
        res.write('data: {"more":true}\n\n')
        later(eventMs, step)
      }
      step()
      return
    }
    case 'sized':
      sendPattern(res, bytes)
  }
}

export const cutBody = Buffer.from(
  Array.from({ length: 16_384 }, (_, at) => 33 + ((at * 7 + (at >>> 5)) % 90)),
)

const block = Buffer.alloc(1 << 20, 'holdfast moves bytes and knows no meaning. ')

/** A body as large as asked for, made of one block over and over. */
function sendPattern(res: ServerResponse, bytes: number): void {
  res.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes })
  let left = bytes
  const more = (): void => {
    while (left > 0 && !res.destroyed) {
      const part = block.subarray(0, Math.min(left, block.length))
      left -= part.length
      if (!res.write(part)) {
        res.once('drain', more)
        return
      }
    }
    if (!res.destroyed) res.end()
  }
  more()
}

/** Digest of what `sized` sends. */
export function sizedSha(bytes: number): string {
  const hash = createHash('sha256')
  for (let left = bytes; left > 0; left -= block.length) {
    hash.update(block.subarray(0, Math.min(left, block.length)))
  }
  return hash.digest('hex')
}
