/**
 * An upstream made of a bare TCP server: a test scripts the exact bytes of each answer, and it keeps
 * every byte it was sent and the moment each connection closed. It understands just enough HTTP to
 * know where a request ends.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { reset } from './reset.ts'
import { readMessage, type WireMessage } from './wire-message.ts'

export interface OriginConnection {
  readonly socket: Socket
  /** Every byte received so far. */
  received(): Buffer
  readonly requests: WireMessage[]
  /** performance.now() of the peer's close; undefined while it is open. */
  closedAt: number | undefined
  /** Settles when the peer's end or reset was seen. */
  readonly closed: Promise<void>
}

export interface OriginExchange {
  readonly connection: OriginConnection
  /** Start line and headers; the body may still be on its way. */
  readonly head: WireMessage
  /** The whole request; never settles when the client stops before its end. */
  readonly request: Promise<WireMessage>
  write(bytes: string | Buffer): void
  end(bytes?: string | Buffer): void
  reset(): void
}

export type Answer = (exchange: OriginExchange) => void | Promise<void>

export interface RawOrigin {
  readonly port: number
  readonly url: string
  readonly connections: OriginConnection[]
  /** Replaces the script and forgets what was recorded. */
  script(answer: Answer): void
  /** All requests of all connections, in order of arrival. */
  requests(): WireMessage[]
  /** How many connections carried the requests of this script. */
  answering(): number
  /** Connections not yet closed. */
  open(): OriginConnection[]
  close(): Promise<void>
}

export async function startRawOrigin(initial: Answer = () => {}): Promise<RawOrigin> {
  const state = {
    answer: initial,
    connections: [] as OriginConnection[],
    requests: [] as WireMessage[],
    carriers: new Set<Socket>(),
  }
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    state.connections.push(follow(socket, state))
  })
  const port = await listen(server)
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    get connections() {
      return state.connections
    },
    script(answer) {
      state.answer = answer
      state.connections = state.connections.filter((c) => c.closedAt === undefined)
      state.requests = []
      state.carriers = new Set()
    },
    answering: () => state.carriers.size,
    requests: () => state.requests,
    open: () => state.connections.filter((c) => c.closedAt === undefined),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const { socket } of state.connections) socket.destroy()
      }),
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('no port')
      resolve(address.port)
    })
  })
}

interface State {
  answer: Answer
  requests: WireMessage[]
  carriers: Set<Socket>
}

function follow(socket: Socket, state: State): OriginConnection {
  const pieces: Buffer[] = []
  let pending: Buffer = Buffer.alloc(0)
  let current: { finish(request: WireMessage): void } | undefined
  let markClosed = () => {}
  const connection: OriginConnection = {
    socket,
    received: () => Buffer.concat(pieces),
    requests: [],
    closedAt: undefined,
    closed: new Promise<void>((resolve) => {
      markClosed = resolve
    }),
  }
  const close = () => {
    connection.closedAt ??= performance.now()
    markClosed()
  }

  const advance = () => {
    for (;;) {
      const read = readMessage(pending, { kind: 'request' })
      if (read === undefined) return
      if (current === undefined) {
        let finish: (request: WireMessage) => void = () => {}
        const request = new Promise<WireMessage>((resolve) => {
          finish = resolve
        })
        current = { finish }
        state.carriers.add(socket)
        void state.answer(exchangeOf(connection, read.message, request))
      }
      if (read.length < 0) return
      const copy = { ...read.message, body: Buffer.from(read.message.body) }
      pending = pending.subarray(read.length)
      connection.requests.push(copy)
      state.requests.push(copy)
      current.finish(copy)
      current = undefined
    }
  }

  socket.on('data', (bytes) => {
    pieces.push(bytes)
    pending = Buffer.concat([pending, bytes])
    advance()
  })
  socket.on('end', () => {
    close()
    socket.end()
  })
  socket.on('error', close)
  socket.on('close', close)
  return connection
}

function exchangeOf(
  connection: OriginConnection,
  head: WireMessage,
  request: Promise<WireMessage>,
): OriginExchange {
  const { socket } = connection
  return {
    connection,
    head,
    request,
    write: (bytes) => void socket.write(bytes),
    end: (bytes) => void (bytes === undefined ? socket.end() : socket.end(bytes)),
    reset: () => reset(socket),
  }
}
