/** An upstream behind TLS that counts every byte of a request it was sent. */
import { createServer as createPlainServer, type Socket } from 'node:net'
import { createServer, type SecureVersion } from 'node:tls'
import type { Certificate } from './certificates.ts'

export interface TlsOrigin {
  readonly url: string
  /** Application bytes received over all connections. */
  receivedBytes(): number
  handshakes(): number
  close(): Promise<void>
}

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecure'

export async function startTlsOrigin(
  certificate: Certificate,
  options: { maxVersion?: SecureVersion } = {},
): Promise<TlsOrigin> {
  let received = 0
  let handshakes = 0
  const sockets = new Set<Socket>()
  const oldVersions = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
  const server = createServer({
    ...certificate,
    ...(options.maxVersion === undefined ? {} : { ...oldVersions, maxVersion: options.maxVersion }),
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
  })
  server.on('secureConnection', (socket) => {
    handshakes++
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => {
      received += bytes.length
      socket.write(answer)
    })
  })
  server.on('tlsClientError', () => {})
  const port = await listening(server)
  return {
    url: `https://127.0.0.1:${port}`,
    receivedBytes: () => received,
    handshakes: () => handshakes,
    close: () => closing(server, sockets),
  }
}

/** Accepts connections and never says a word: a handshake that stalls. */
export async function startSilentOrigin(): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createPlainServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
  })
  const port = await listening(server)
  return { port, close: () => closing(server, sockets) }
}

type Listening = ReturnType<typeof createPlainServer>

function listening(server: Listening): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('no port'))
      else resolve(address.port)
    })
  })
}

function closing(server: Listening, sockets: Set<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
}
