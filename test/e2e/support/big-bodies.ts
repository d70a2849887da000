/** Bodies too large to hold, made from a counter and digested on both sides as they pass. */
import { createHash, type Hash } from 'node:crypto'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { requestBody } from './sse-stream.ts'

export interface BigTransfer {
  requestDigest: string
  requestDigestAtOrigin: string
  responseDigest: string
  responseDigestAtOrigin: string
  responseBytes: number
}

const blockBytes = 100_000

/** Blocks that all differ, so that none can be lost, repeated or moved unnoticed. */
function* blocks(megabytes: number, hash: Hash): Generator<Buffer> {
  for (let i = 0; i < (megabytes * 1_000_000) / blockBytes; i++) {
    const block = Buffer.alloc(blockBytes, i & 0xff)
    block.writeUInt32BE(i)
    hash.update(block)
    yield block
  }
}

const completion = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'sim',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Paris.' }, finish_reason: 'stop' }],
})

/** One exchange that the monitor thread reads, which it can only do once it has loaded everything. */
export async function warmUp(port: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: requestBody('chat', false),
  })
  await answer.text()
}

const bodyOf = (megabytes: number, hash: Hash): Readable =>
  Readable.from(blocks(megabytes, hash), { objectMode: false, highWaterMark: 4 * blockBytes })

export interface BigOrigin {
  readonly url: string
  /** Waits until so many responses can send no more because nobody reads them. */
  stalled(count: number): Promise<void>
  close(): Promise<void>
}

/** Answers JSON with a completion, and anything else with X-Megabytes of body and, in trailers, both digests as it saw them. */
export async function startBigOrigin(defaultMegabytes: number): Promise<BigOrigin> {
  const open = new Set<ServerResponse>()
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    if (req.headers['content-type'] === 'application/json') {
      res.writeHead(200, { 'content-type': 'application/json' }).end(completion)
      req.resume()
      return
    }
    const received = createHash('sha256')
    req.on('data', (bytes: Buffer) => received.update(bytes))
    req.on('end', () => {
      const sent = createHash('sha256')
      const body = bodyOf(Number(req.headers['x-megabytes'] ?? defaultMegabytes), sent)
      open.add(res)
      res.on('close', () => open.delete(res))
      res.writeHead(200, { trailer: 'x-received, x-sent' })
      body.on('end', () => {
        res.addTrailers({ 'x-received': received.digest('hex'), 'x-sent': sent.digest('hex') })
        res.end()
      })
      body.pipe(res, { end: false })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stalled(count) {
      let lastBytes = -1
      for (;;) {
        const bytes = [...open].reduce((sum, { socket }) => sum + (socket?.bytesWritten ?? 0), 0)
        if (open.size >= count && bytes === lastBytes) return
        lastBytes = bytes
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Sends and gets so many megabytes in one exchange. */
export function transfer(port: number, megabytes: number): Promise<BigTransfer> {
  return new Promise((resolve, reject) => {
    const sent = createHash('sha256')
    const received = createHash('sha256')
    let responseBytes = 0
    const headers = { 'content-length': megabytes * 1_000_000, 'x-megabytes': megabytes }
    const req = request({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: '/v1/chat/completions',
      headers,
      agent: false,
    })
    req.on('response', (res) => {
      res.on('data', (bytes: Buffer) => {
        received.update(bytes)
        responseBytes += bytes.length
      })
      res.on('error', reject)
      res.on('end', () => {
        resolve({
          requestDigest: sent.digest('hex'),
          requestDigestAtOrigin: res.trailers['x-received'] ?? '',
          responseDigest: received.digest('hex'),
          responseDigestAtOrigin: res.trailers['x-sent'] ?? '',
          responseBytes,
        })
      })
    })
    req.on('error', reject)
    bodyOf(megabytes, sent).pipe(req)
  })
}
