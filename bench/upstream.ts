/** The bench's model server: answers at once, streams one event per turn of its loop. */
import http from 'node:http'
import { jsonAnswer, sseEvent } from './workloads.ts'

const headers = {
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(jsonAnswer),
}

const server = http.createServer((req, res) => {
  let head = ''
  req.on('data', (chunk: Buffer) => {
    if (head.length < 64) head += chunk.toString('latin1', 0, 64)
  })
  req.on('end', () => {
    const events = head.includes('"stream":true') ? 200 : 0
    if (events === 0) {
      res.writeHead(200, headers)
      res.end(jsonAnswer)
      return
    }
    res.writeHead(200, { 'content-type': 'text/event-stream' })
    let sent = 0
    const next = (): void => {
      if (res.destroyed) return
      res.write(sseEvent('word ', ++sent === events))
      if (sent < events) setImmediate(next)
      else res.end('data: [DONE]\n\n')
    }
    next()
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  process.stdout.write(`listening ${address.port}\n`)
})
