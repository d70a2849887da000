/** A client made of a bare TCP socket: it sends the bytes it is told and keeps the bytes it gets. */
import { connect, type Socket } from 'node:net'
import { readMessage, statusOf, type WireMessage } from './wire-message.ts'

export type Ending = 'end' | 'reset'

export interface RawClient {
  readonly socket: Socket
  write(bytes: string | Buffer): void
  received(): Buffer
  /** How the peer closed; undefined while it is open. */
  ending(): Ending | undefined
  readonly closed: Promise<Ending>
  /** Waits until `done` holds for the bytes so far, or the peer closed, or the time is over. */
  until(done: (bytes: Buffer) => boolean, timeoutMs?: number): Promise<Buffer>
  /** Final responses to these methods, each with the interim responses before it. */
  responses(methods: readonly string[], timeoutMs?: number): Promise<Answered[]>
  /** Lets go of the first bytes received. Returns 0, the new place to read from. */
  forget(length: number): number
  destroy(): void
}

export interface Answered {
  interim: WireMessage[]
  response: WireMessage
}

export async function openRawClient(port: number): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
  const pieces: Buffer[] = []
  let ending: Ending | undefined
  const watchers = new Set<() => void>()
  const wake = () => {
    for (const watcher of watchers) watcher()
  }
  const closed = new Promise<Ending>((resolve) => {
    const finish = (how: Ending) => {
      ending ??= how
      resolve(ending)
      wake()
    }
    socket.on('end', () => finish('end'))
    socket.on('error', () => finish('reset'))
    socket.on('close', () => finish('reset'))
  })
  socket.on('data', (bytes) => {
    pieces.push(bytes)
    wake()
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })

  const received = (): Buffer => {
    if (pieces.length > 1) pieces.splice(0, pieces.length, Buffer.concat(pieces))
    return pieces[0] ?? Buffer.alloc(0)
  }
  const until: RawClient['until'] = (done, timeoutMs = 5000) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        watchers.delete(check)
        const text = received().toString('latin1')
        reject(new Error(`nothing more within ${timeoutMs} ms after: ${text.slice(0, 600)}`))
      }, timeoutMs)
      const check = () => {
        if (ending === undefined && !done(received())) return
        clearTimeout(timer)
        watchers.delete(check)
        resolve(received())
      }
      watchers.add(check)
      check()
    })
  return {
    socket,
    write: (bytes) => void socket.write(bytes),
    received,
    ending: () => ending,
    closed,
    until,
    async responses(methods, timeoutMs) {
      const parsed = () => readResponses(received(), methods, ending !== undefined)
      const isDone = () => {
        const answered = parsed()
        return answered.length === methods.length && answered.every((a) => a.response.complete)
      }
      await until(isDone, timeoutMs)
      return parsed()
    },
    forget(length) {
      pieces.splice(0, pieces.length, received().subarray(length))
      return 0
    },
    destroy: () => void socket.destroy(),
  }
}

/** The responses in `bytes`, the last one possibly incomplete. */
export function readResponses(
  bytes: Buffer,
  methods: readonly string[],
  closed: boolean,
): Answered[] {
  const answered: Answered[] = []
  let rest = bytes
  let interim: WireMessage[] = []
  while (answered.length < methods.length) {
    const method = methods[answered.length] ?? 'GET'
    const read = readMessage(rest, { kind: 'response', method, closed })
    if (read === undefined) break
    const status = statusOf(read.message)
    if (status >= 100 && status < 200 && status !== 101) {
      interim.push(read.message)
    } else {
      answered.push({ interim, response: read.message })
      interim = []
    }
    if (read.length < 0) break
    rest = rest.subarray(read.length)
  }
  return answered
}

/** One connection, one write, the answers to it; then the connection is closed. */
export async function roundTrip(
  port: number,
  bytes: string | Buffer,
  methods: readonly string[] = ['GET'],
  timeoutMs = 5000,
): Promise<Answered[]> {
  const client = await openRawClient(port)
  client.write(bytes)
  try {
    return await client.responses(methods, timeoutMs)
  } finally {
    client.destroy()
  }
}
